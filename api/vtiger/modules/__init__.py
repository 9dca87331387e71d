"""The modules: one small file each, all alike."""

from collections.abc import Iterator

from api.vtiger.errors import no_such_name
from api.vtiger.modules.accounts import ACCOUNTS
from api.vtiger.modules.contacts import CONTACTS
from api.vtiger.modules.table import Module
from contacts.access import Actor

MODULES: dict[str, Module] = {module.name: module for module in (CONTACTS, ACCOUNTS)}
__all__ = ["BY_NUMBER", "MODULES", "Module", "get_module", "open_modules"]

BY_NUMBER: dict[int, Module] = {module.number: module for module in MODULES.values()}


def get_module(actor: Actor, name: str) -> Module:
    """Return a module that the actor may use; raises VtigerError. Case matters."""
    module = MODULES.get(name)
    if module is None or not module.is_open_to(actor):
        raise no_such_name(name)
    return module


def open_modules(actor: Actor) -> Iterator[Module]:
    """Yield the modules that the actor may use."""
    yield from (module for module in MODULES.values() if module.is_open_to(actor))
