"""Read a condition as this dialect's views do, for the table of meanings."""

from api.vtiger.grammar import read_query
from api.vtiger.modules import MODULES
from api.vtiger.modules.table import fields_by_name
from api.vtiger.querying import resolved
from contacts.access import Actor
from contacts.query import Condition


def condition_of(actor: Actor, spelling: str) -> Condition | None:
    """Return the condition that a WHERE of the query language means."""
    select = read_query(f"SELECT * FROM Contacts WHERE {spelling};")
    fields = fields_by_name(MODULES["Contacts"].fields_for(actor))
    return resolved(actor, fields, select.condition)
