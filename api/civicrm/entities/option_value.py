"""OptionValue: the options of the lists, those of custom fields included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from api.civicrm.calls import Asked, Record
from api.civicrm.custom_definitions import fields_with_options
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import each_operand
from api.civicrm.mapping.declaring import integer, record_id, text, yes_no
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Integer
from api.civicrm.mapping.offering import records
from api.civicrm.option_lists import (
    CUSTOM_OPTIONS_FROM,
    find_list,
    list_number,
    machine_name,
    plain_name,
)
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.fields import reference
from contacts.services.options import create_option, delete_option, update_option

Values = Mapping[str, Any]


class ListNumber(Integer):
    """A list of options by its number or by its name."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return our name of the list."""
        found = find_list(value)
        if found is None:
            raise bad_option(field.name, value)
        return found


@dataclass(frozen=True)
class OptionSource(TableSource):
    """The options; a filter may name their list by its name."""

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return the options that match."""
        return TableSource.find(self, actor, entity, _numbered(asked))

    def count(self, actor: Actor, entity: Entity, asked: Asked) -> int:
        """Return how many match."""
        return TableSource.count(self, actor, entity, _numbered(asked))


def _numbered(asked: Asked) -> Asked:
    filters = tuple(
        Filter("option_group_id", each.operator, each_operand(each, _list_number))
        if each.name in ("option_group_id", "option_group_name")
        else each
        for each in asked.filters
    )
    return replace(asked, filters=filters)


def _list_number(value: object) -> object:
    if str(value).strip().isdecimal():
        return value
    found = find_list(value)
    if found is None:
        raise bad_option("option_group_id", value)
    return reference.option_lists().id_of(found)


def _rows(actor: Actor) -> Iterable[Record]:
    lists = reference.option_lists()
    for name, options in reference.options().by_list.items():
        number = lists.id_of(name)
        for option in options:
            yield {
                "id": str(option.pk),
                "option_group_id": str(number or ""),
                "label": option.label,
                "value": _value(name, option.name, option.number),
                "name": machine_name(option.name, option.label),
                "filter": "0",
                "is_default": "1" if option.is_default else "0",
                "weight": str(option.position),
                "description": option.description,
                "is_optgroup": "0",
                "is_reserved": "0",
                "is_active": "1" if option.is_active else "0",
                "color": option.color,
            }
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


def _value(list_name: str, name: str, number: int) -> str:
    # Languages are known by the two letters before the country.
    return name.partition("_")[0] if list_name == "language" else str(number)


def _create(actor: Actor, values: Values) -> Mapping[str, Any]:
    given = dict(values)
    if not str(given.get("number") or "").strip().isdecimal():
        # Values that are words are not kept: options are known by numbers here.
        given.pop("number", None)
    given["label"] = given.get("label") or given.get("name")
    if given.get("name") == given["label"]:
        # The domain's own name for the label is shown as the label again.
        given.pop("name")
    if given.get("name"):
        given["name"] = plain_name(str(given["name"]))
    return create_option(actor, given)


def _update(actor: Actor, option_id: int, values: Values) -> Mapping[str, Any]:
    # Its list, number and machine name stay (see the domain's options).
    stays = ("list_name", "name", "number")
    kept = {key: value for key, value in values.items() if key not in stays}
    return update_option(actor, option_id, kept)


ENTITIES = (
    Entity(
        name="OptionValue",
        source=OptionSource(_rows),
        fields=fixed(
            record_id("Option Value ID"),
            WireField(
                name="option_group_id",
                title="Option Group ID",
                format=ListNumber(),
                key="list_name",
                path="option_group_id",
                aliases=("option_group_name",),
                target="OptionGroup",
                offers=records(reference.option_lists),
                is_required=True,
            ),
            text("label", "Option Label", "label", max_length=255),
            text("value", "Option Value", "number", path="value"),
            text("name", "Option Name", "name", max_length=100),
            integer("filter", "Filter"),
            yes_no("is_default", "Option is Default?", "is_default"),
            integer("weight", "Order", "position"),
            text("description", "Option Description", "description", max_length=500),
            yes_no("is_optgroup", "Option is Header?"),
            yes_no("is_reserved", "Option Is Reserved?"),
            yes_no("is_active", "Enabled", "is_active", default=1),
            text("color", "Color", "color", max_length=7),
        ),
        permissions=SETUP,
        create=_create,
        update=_update,
        delete=delete_option,
        label="label",
    ),
)
