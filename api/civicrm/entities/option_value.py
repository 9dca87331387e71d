"""OptionValue: the options of the lists, those of custom fields included."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from api.civicrm import custom_choices
from api.civicrm.calls import Asked, Record
from api.civicrm.custom_definitions import MOST
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
    machine_name,
    named,
    plain_name,
    value_of,
)
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Query, search
from contacts.services.options import create_option, delete_option, update_option

Values = Mapping[str, Any]


class ListNumber(Integer):
    """A list of options by its number or by its name."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return our name of the list, or the number of that of a custom field."""
        found = find_list(value) or custom_choices.list_of(actor, value)
        if found is None:
            raise bad_option(field.name, value)
        return found


@dataclass(frozen=True)
class OptionSource(TableSource):
    """The options; a filter may name their list by its name."""

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return the options that match."""
        return TableSource.find(self, actor, entity, _numbered(actor, asked))

    def count(self, actor: Actor, entity: Entity, asked: Asked) -> int:
        """Return how many match."""
        return TableSource.count(self, actor, entity, _numbered(actor, asked))


def _numbered(actor: Actor, asked: Asked) -> Asked:
    filters = tuple(
        Filter("option_group_id", each.operator, each_operand(each, partial(_list_number, actor)))
        if each.name in ("option_group_id", "option_group_name")
        else each
        for each in asked.filters
    )
    return replace(asked, filters=filters)


def _list_number(actor: Actor, value: object) -> object:
    if str(value).strip().isdecimal():
        return value
    found = find_list(value)
    number = (
        reference.option_lists().id_of(found) if found else custom_choices.list_of(actor, value)
    )
    if number is None:
        raise bad_option("option_group_id", value)
    return number


def _rows(actor: Actor) -> Iterable[Record]:
    lists = reference.option_lists()
    for name, options in reference.options().by_list.items():
        number = lists.id_of(name)
        for option in options:
            yield {
                "id": str(option.pk),
                "option_group_id": str(number or ""),
                "label": option.label,
                "value": value_of(option),
                "name": machine_name(option),
                "filter": "0",
                "is_default": "1" if option.is_default else "0",
                "weight": str(option.position),
                "description": option.description,
                "is_optgroup": "0",
                "is_reserved": "0",
                "is_active": "1" if option.is_active else "0",
                "color": option.color,
            }
    yield from custom_choices.rows(actor)


def _create(actor: Actor, values: Values) -> Mapping[str, Any]:
    if isinstance(values["list_name"], int):
        return custom_choices.create(actor, values["list_name"], values)
    given = dict(values)
    value = str(given.pop("number", None) or "").strip()
    if value.isdecimal():
        given["number"] = value
    elif value and _keeps_words(actor, str(given["list_name"])):
        given["code"] = value
    elif value:
        # Records of the CRM itself have its options by number: the word is found as a name.
        given["name"] = given.get("name") or value
    given["label"] = given.get("label") or given.get("name") or value
    if not given.get("name") and plain_name(given["label"]):
        given["name"] = re.sub(r"\W", "_", given["label"], flags=re.ASCII)
    return create_option(actor, named(given))


def _keeps_words(actor: Actor, list_name: str) -> bool:
    """Say whether the values of a list may be words: custom fields alone copy such lists."""
    lists = search(actor, Query("option_list", limit=MOST, total=False)).documents
    return any(each["name"] == list_name and not each["is_reserved"] for each in lists)


def _update(actor: Actor, option_id: int, values: Values) -> Mapping[str, Any]:
    if option_id > CUSTOM_OPTIONS_FROM:
        return custom_choices.update(actor, option_id, values)
    # Its list and number stay (see the domain's options), and so does how the domain names it.
    kept = {k: v for k, v in values.items() if k not in ("list_name", "name", "number")}
    option = reference.options().by_id.get(option_id)
    if option is not None:
        kept["given_name"] = values.get("name") or machine_name(option)
        if "number" in values and option.traits.get("code"):
            kept["code"] = values["number"]
    return update_option(actor, option_id, kept)


def _delete(actor: Actor, option_id: int) -> None:
    if option_id > CUSTOM_OPTIONS_FROM:
        custom_choices.delete(actor, option_id)
    else:
        delete_option(actor, option_id)


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
        delete=_delete,
        label="label",
    ),
)
