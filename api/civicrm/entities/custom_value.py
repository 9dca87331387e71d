"""CustomValue: the values of custom fields of one contact or activity."""

from collections.abc import Collection, Mapping
from typing import Any

from api.civicrm.actions.writing import is_given, read
from api.civicrm.calls import Call, Operation, Record, Records, Result, success
from api.civicrm.contact.custom import custom_fields
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_reference, missing_params
from api.civicrm.mapping.declaring import integer, points_to, text
from api.civicrm.mapping.formats import whole
from api.civicrm.mapping.tables_named import of_table
from api.civicrm.permissions import OPEN
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query import find_contacts, find_record
from contacts.services.activities import update_activity
from contacts.services.contacts import update_contact


def _entity_id(call: Call) -> int:
    given = call.params.get("entity_id")
    if not is_given(given):
        raise missing_params("entity_id")
    return whole(given, "entity_id")


def _kind(call: Call, names: Collection[str]) -> str:
    """Return whose values are meant: as the table says, else those that have the fields."""
    table = str(call.params.get("entity_table") or "").lower().removeprefix("civicrm_")
    if table:
        return "activity" if table == "activity" else "contact"
    own = {field.name for field in custom_fields(call.actor, "activity")}
    return "activity" if own.intersection(names) else "contact"


def get(call: Call) -> Records:
    """Return the values of one contact or activity, by field."""
    record_id = _entity_id(call)
    wanted = {name for name in call.options.returned or () if name.startswith("custom_")}
    kind = _kind(call, wanted)
    document = _document(call.actor, kind, record_id)
    if document is None:
        return Records({})
    values = document.get("custom", {})
    found: dict[str, Record] = {}
    for field in custom_fields(call.actor, kind):
        number = field.name.removeprefix("custom_")
        if wanted and field.name not in wanted:
            continue
        value = field.format.written(values.get(number), field)
        if value != "" or wanted:
            found[number] = {
                "entity_id": str(record_id),
                "entity_table": kind.capitalize(),
                "latest": value,
                "id": number,
                "0": value,
            }
    return Records(found)


def _document(actor: Actor, kind: str, record_id: int) -> Mapping[str, Any] | None:
    if kind == "activity":
        return find_record(actor, kind, record_id)
    return find_contacts(actor, [record_id]).get(record_id)


def create(call: Call) -> Result:
    """Store values of one contact or activity."""
    record_id, kind = _entity_id(call), _kind(call, call.params)
    values: dict[str, object] = {}
    for field in custom_fields(call.actor, kind):
        # The original also writes ``custom_3:1``: the first row of values.
        given = call.params.get(field.name)
        if given is not None:
            values[field.key] = read(field, given, call.actor)
    change = update_activity if kind == "activity" else update_contact
    try:
        change(call.actor, record_id, values)
    except NotFoundError:
        raise bad_reference("entity_id", record_id) from None
    return success(True)


def _no_rows(actor: Actor) -> list[Record]:
    return []


ENTITIES = (
    Entity(
        name="CustomValue",
        source=TableSource(_no_rows),
        fields=fixed(
            integer("id", "Custom Field ID", is_writable=False),
            points_to("Contact", "entity_id", "Entity ID", is_required=True),
            of_table(),
            text("latest", "Latest Value", is_writable=False),
        ),
        permissions=OPEN,
        actions={
            "create": Operation(create),
            "get": Operation(get, is_reading=True),
        },
        hidden_actions=frozenset(
            {"delete", "replace", "setvalue", "update", "getlist", "getsingle", "getvalue"}
        ),
    ),
)
