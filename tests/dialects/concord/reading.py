"""Read a condition as this dialect's lists do."""

from dataclasses import replace

from api.concord.filters import asked_of
from api.concord.resources import RESOURCES
from api.concord.resources.table import everything
from api.wire.nested_params import php_params
from api.wire.urlencoded import read_fields
from contacts.access import Actor
from contacts.query import Condition


def condition_of(actor: Actor, spelling: str) -> Condition | None:
    """Return the condition of the parameters of a list, without that contacts are people."""
    contacts = replace(RESOURCES["contacts"], scope=everything)
    return asked_of(actor, contacts, php_params(read_fields(spelling.encode()))).query.condition
