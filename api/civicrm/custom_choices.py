"""The options of custom fields as records of lists of their own.

Each such list belongs to one field: what is made, changed or deleted here changes that field.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.civicrm.calls import Record
from api.civicrm.custom_definitions import Definition, fields_with_options
from api.civicrm.errors import CiviApiError
from api.civicrm.option_lists import CUSTOM_OPTIONS_FROM, list_number
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields.text import fold
from contacts.services.custom_fields import update_custom_field

Values = Mapping[str, Any]


def list_of(actor: Actor, value: object) -> int | None:
    """Return the number of the list of a custom field that a number or a name names, or None."""
    wanted = fold(str(value).strip())
    for field in fields_with_options(actor):
        number = list_number(field["id"])
        if wanted in (str(number), fold(list_name(field))):
            return number
    return None


def list_name(field: Definition) -> str:
    """Return the name of the list of a field's options."""
    return f"{field['slug']}_{field['id']}".lower()


def rows(actor: Actor) -> Iterable[Record]:
    """Yield the options of all custom fields that an actor sees."""
    for field in fields_with_options(actor):
        for place, option in enumerate(field["options"], start=1):
            yield {
                "id": str(CUSTOM_OPTIONS_FROM + option["id"]),
                "option_group_id": str(list_number(field["id"])),
                "label": option["label"],
                "value": option["value"] or option["label"],
                "name": option["label"],
                "filter": "0",
                "is_default": "0",
                "weight": str(place),
                "description": "",
                "is_optgroup": "0",
                "is_reserved": "0",
                "is_active": "1" if option["is_active"] else "0",
                "color": option.get("color") or "",
            }


def create(actor: Actor, number: int, values: Values) -> Mapping[str, Any]:
    """Give the field of a list one more option; its value is the next number unless given.

    Raises CiviApiError for one that is there already, and what `update_custom_field` raises.
    """
    field = next(each for each in fields_with_options(actor) if list_number(each["id"]) == number)
    options = list(field["options"])
    value = str(values.get("number") or values.get("name") or _next_value(options))
    label = str(values.get("label") or values.get("name") or value)
    taken = {fold(str(each[key])) for each in options for key in ("label", "value")}
    if {fold(label), fold(value)} & taken:
        raise CiviApiError("DB Error: already exists", -5)
    made = {**_said(values), "label": label, "value": value}
    place = values.get("position")
    before = {each["id"] for each in options}
    options.insert(len(options) if place is None else max(0, int(place) - 1), made)
    after: Definition = update_custom_field(actor, field["id"], {}, options=options)
    (option_id,) = (each["id"] for each in after["options"] if each["id"] not in before)
    return {"id": CUSTOM_OPTIONS_FROM + option_id}


def update(actor: Actor, option_id: int, values: Values) -> Mapping[str, Any]:
    """Change an option of a custom field.

    Raises NotFoundError, and what `update_custom_field` raises.
    """
    field, place = _found(actor, option_id)
    options = list(field["options"])
    changed = {**options.pop(place), **_said(values)}
    if values.get("number"):
        changed["value"] = values["number"]
    wanted = values.get("position")
    options.insert(place if wanted is None else max(0, int(wanted) - 1), changed)
    update_custom_field(actor, field["id"], {}, options=options)
    return {"id": option_id}


def delete(actor: Actor, option_id: int) -> None:
    """Take an option from its field; one that records have is switched off.

    Raises NotFoundError, and what `update_custom_field` raises.
    """
    field, place = _found(actor, option_id)
    options = list(field["options"])
    del options[place]
    update_custom_field(actor, field["id"], {}, options=options)


def _found(actor: Actor, option_id: int) -> tuple[Definition, int]:
    """Return the field that has an option, and the option's place among those of the field."""
    for field in fields_with_options(actor):
        for place, option in enumerate(field["options"]):
            if CUSTOM_OPTIONS_FROM + option["id"] == option_id:
                return field, place
    raise NotFoundError("option", option_id)


def _said(values: Values) -> dict[str, Any]:
    return {key: values[key] for key in ("label", "color", "is_active") if key in values}


def _next_value(options: Sequence[Mapping[str, Any]]) -> int:
    numbers = [int(each["value"]) for each in options if str(each["value"]).isdecimal()]
    return max(numbers, default=0) + 1
