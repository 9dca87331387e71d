"""LocationType: where a phone rings or a letter arrives."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import record_id, text, yes_no
from api.civicrm.option_lists import machine_name, named, option_id
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.fields import reference
from contacts.services.options import create_option, delete_option, update_option

Values = Mapping[str, Any]

LIST = "location_type"
# As address cards write them.
CARD_NAMES = {"home": "HOME", "work": "WORK"}


def _rows(actor: Actor) -> Iterable[Record]:
    for option in reference.options().of(LIST):
        yield {
            "id": str(option.number),
            "name": machine_name(option),
            "display_name": option.label,
            "vcard_name": option.traits.get("card_name", CARD_NAMES.get(option.name, "")),
            "description": option.description,
            "is_reserved": "0",
            "is_active": "1" if option.is_active else "0",
            "is_default": "1" if option.is_default else "0",
        }


def _stored(values: Values) -> dict[str, object]:
    """Return the values as those of an option: what people read is its label."""
    label = values.get("label") or values.get("name")
    return named({**values, "label": label} if label else values)


def _create(actor: Actor, values: Values) -> Mapping[str, Any]:
    made = create_option(actor, {"list_name": LIST, **_stored(values)})
    return {**made, "id": made["number"]}


def _update(actor: Actor, number: int, values: Values) -> Mapping[str, Any]:
    kept = {key: value for key, value in values.items() if key != "name"}
    if values.get("name"):
        kept["given_name"] = values["name"]
    update_option(actor, option_id(LIST, number), kept)
    return {"id": number}


ENTITIES = (
    Entity(
        name="LocationType",
        source=TableSource(_rows),
        fields=fixed(
            record_id("Location Type ID"),
            text("name", "Location Type", "name", is_required=True, max_length=64),
            text("display_name", "Display Name", "label", max_length=64),
            text("vcard_name", "vCard Location Type", "card_name", max_length=64),
            text("description", "Description", "description", max_length=255),
            yes_no("is_reserved", "Location Type is Reserved?", is_writable=False),
            yes_no("is_active", "Location Type is Active?", "is_active", default=1),
            yes_no("is_default", "Default Location Type?", "is_default"),
        ),
        permissions=SETUP,
        create=_create,
        update=_update,
        delete=lambda actor, number: delete_option(actor, option_id(LIST, number)),
        label="display_name",
    ),
)
