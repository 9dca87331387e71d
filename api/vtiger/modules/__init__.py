"""The modules: one small file each, all alike."""

from collections.abc import Iterator

from api.vtiger.errors import no_such_name
from api.vtiger.modules.accounts import ACCOUNTS
from api.vtiger.modules.activities import CALENDAR_MODULE, EVENTS_MODULE
from api.vtiger.modules.comments import COMMENTS
from api.vtiger.modules.contacts import CONTACTS
from api.vtiger.modules.documents import DOCUMENTS, FOLDERS
from api.vtiger.modules.help_desk import HELP_DESK_MODULE
from api.vtiger.modules.leads import LEADS
from api.vtiger.modules.potentials import POTENTIALS
from api.vtiger.modules.projects import PROJECTS
from api.vtiger.modules.small import CURRENCIES, GROUPS
from api.vtiger.modules.table import Module
from api.vtiger.modules.users import USERS
from contacts.access import Actor

MODULES: dict[str, Module] = {
    module.name: module
    for module in (
        CONTACTS,
        ACCOUNTS,
        LEADS,
        POTENTIALS,
        CALENDAR_MODULE,
        EVENTS_MODULE,
        HELP_DESK_MODULE,
        COMMENTS,
        DOCUMENTS,
        PROJECTS,
        USERS,
        GROUPS,
        CURRENCIES,
        FOLDERS,
    )
}
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
