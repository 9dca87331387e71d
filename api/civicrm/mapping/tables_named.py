"""Records named by a table and an id: notes, tags and chained calls say "civicrm_contact"."""

from collections.abc import Mapping
from typing import Any

from api.civicrm.errors import bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import EVERYTHING, NOTHING
from api.civicrm.mapping.declaring import text
from api.civicrm.mapping.fields import Ask, WireField
from api.civicrm.mapping.offering import labels
from api.civicrm.mapping.options import meets
from contacts.access import Actor
from contacts.query import Condition

CONTACT_TABLE = "civicrm_contact"
ACTIVITY_TABLE = "civicrm_activity"
NOTE_TABLE = "civicrm_note"
TITLES = {CONTACT_TABLE: "Contacts", ACTIVITY_TABLE: "Activities", NOTE_TABLE: "Notes"}


def of_table(*others: str, key: str = "", ask: Ask | None = None) -> WireField:
    """Return the field of the table: that of contacts, and of which others such records are."""
    return text(
        "entity_table",
        "Entity Table",
        key,
        path="entity_table",
        is_writable=bool(key),
        default=CONTACT_TABLE,
        offers=labels({table: TITLES[table] for table in (CONTACT_TABLE, *others)}),
        ask=ask or _is_contact_table,
    )


def table_of(params: Mapping[str, Any], *others: str) -> str:
    """Return the table that parameters name; raises CiviApiError for one of other records."""
    table = params.get("entity_table") or CONTACT_TABLE
    if table not in (CONTACT_TABLE, *others):
        raise bad_option("entity_table", table)
    return str(table)


def _is_contact_table(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    return EVERYTHING if meets(asked, CONTACT_TABLE) else NOTHING
