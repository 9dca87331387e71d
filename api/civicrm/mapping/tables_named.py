"""Records named by a table and an id: notes, tags and chained calls say "civicrm_contact"."""

from collections.abc import Mapping
from typing import Any

from api.civicrm.errors import bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import EVERYTHING, NOTHING
from api.civicrm.mapping.declaring import text
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.offering import labels
from api.civicrm.mapping.options import meets
from contacts.access import Actor
from contacts.query import Condition

CONTACT_TABLE = "civicrm_contact"


def of_contacts() -> WireField:
    """Return the field of the table: here all such records are of contacts."""
    return text(
        "entity_table",
        "Entity Table",
        path="entity_table",
        is_writable=False,
        default=CONTACT_TABLE,
        offers=labels({CONTACT_TABLE: "Contacts"}),
        ask=_is_contact_table,
    )


def require_contacts(params: Mapping[str, Any]) -> None:
    """Raise CiviApiError for a table of other records: nothing hangs on those here."""
    table = params.get("entity_table")
    if table not in (None, "", CONTACT_TABLE):
        raise bad_option("entity_table", table)


def _is_contact_table(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    return EVERYTHING if meets(asked, CONTACT_TABLE) else NOTHING
