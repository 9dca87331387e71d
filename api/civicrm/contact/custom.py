"""The custom fields of contacts as ``custom_N``."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from api.civicrm.contact.documents import sort_name
from api.civicrm.contact.formats import among, several
from api.civicrm.contact.places import PLACES
from api.civicrm.errors import bad_option, bad_value
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping import formats, moments
from api.civicrm.mapping.conditions import each_operand
from api.civicrm.mapping.fields import Offer, WireField
from api.civicrm.mapping.offering import labels
from api.civicrm.mapping.options import OPPOSITES, meets
from api.civicrm.option_lists import list_number
from contacts.access import Actor, readable_custom_fields
from contacts.fields import Choice, Field, catalogue
from contacts.fields.types import read_moment
from contacts.query import Condition, find_contacts

# Type of the domain: what this protocol calls it, and the way people choose it.
TYPES: Mapping[str, tuple[str, str]] = {
    "text": ("String", "Text"),
    "long_text": ("Memo", "TextArea"),
    "integer": ("Int", "Text"),
    "decimal": ("Float", "Text"),
    "date": ("Date", "Select Date"),
    "datetime": ("Date", "Select Date"),
    "boolean": ("Boolean", "Radio"),
    "option": ("String", "Select"),
    "link": ("Link", "Link"),
    "user": ("Int", "Text"),
    "contact": ("ContactReference", "Autocomplete-Select"),
    "company": ("ContactReference", "Autocomplete-Select"),
    "attachment": ("File", "File"),
}


class CustomOption(formats.Format):
    """One choice of a custom field, or several; on the wire the value of a choice."""

    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the value of the choice; a list where the field has several."""
        defined = _definition(field)
        if defined is None or value in (None, ""):
            return ""
        if isinstance(value, list):
            return [_value(defined, item) for item in value]
        shown = _value(defined, value)
        return [shown] if defined.is_multiple else shown

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the id of the choice, or those of several."""
        defined = _definition(field)
        if defined is None:
            raise bad_option(field.name, value)
        if defined.is_multiple:
            return [_choice(defined, item, field.name).value for item in several(value)]
        return _choice(defined, value, field.name).value

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the choices it takes."""
        defined = _definition(field)
        if defined is None or asked.operator in ("IS NULL", "IS NOT NULL"):
            return super().condition(actor, kind, field, asked)
        operand = asked.operand
        if "LIKE" not in asked.operator:
            operand = each_operand(asked, lambda item: _choice(defined, item, field.name).name)
        positive = Filter(asked.name, OPPOSITES.get(asked.operator, asked.operator), operand)
        taken = [each.value for each in defined.choices if meets(positive, each.name)]
        return among(actor, kind, field.key, taken, asked)


class CustomDay(formats.Day):
    """A day; shown with a time of nothing but zeros."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return ``YYYY-MM-DD 00:00:00``."""
        return f"{value} 00:00:00" if value else ""


class CustomMoment(formats.Moment):
    """A date with a time."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return ``YYYY-MM-DD HH:MM:SS``."""
        return moments.written(read_moment(str(value))) if value else ""


class CustomYesNo(formats.YesNo):
    """Yes, no, or not said."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return "1", "0" or nothing."""
        return "" if value in (None, "") else super().written(value, field)


class CustomList(formats.Format):
    """Several values that come from no list; ``one`` writes, reads and compares each."""

    is_list: ClassVar[bool] = True
    html: ClassVar[str] = "Select"

    def __init__(self, one: formats.Format) -> None:
        self.one = one

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return a list of what each is on the wire; nothing is an empty text."""
        items = value if isinstance(value, list) else [] if value in (None, "") else [value]
        return [self.one.written(item, field) for item in items] or ""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return each value; a text is one of them, commas and all, unless the mark is in it."""
        items: Sequence[object] = [value]
        if isinstance(value, str) and MARK in value:
            items = [item for item in value.split(MARK) if item]
        elif not isinstance(value, str):
            items = several(value)
        return [self.one.read(item, field, actor) for item in items]

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: one of the values is such."""
        return self.one.condition(actor, kind, field, asked)


# Stands around each of several values where the original keeps them in one text.
MARK = "\x01"

FORMATS: Mapping[str, formats.Format] = {
    "text": formats.TEXT,
    "long_text": formats.LONG_TEXT,
    "integer": formats.INTEGER,
    "decimal": formats.NUMBER,
    "date": CustomDay(),
    "datetime": CustomMoment(),
    "boolean": CustomYesNo(),
    "option": CustomOption(),
    "link": formats.TEXT,
    "user": formats.INTEGER,
    "contact": formats.INTEGER,
    "company": formats.INTEGER,
    "attachment": formats.INTEGER,
}

# How several of each are done; made once, as a format stands in descriptions that are kept.
LISTS: Mapping[formats.Format, CustomList] = {
    form: CustomList(form)
    for form in (*FORMATS.values(), *(place for place, _offers in PLACES.values()))
}


def custom_fields(actor: Actor, kind: str = "contact") -> Sequence[WireField]:
    """Return the custom fields that an actor may read."""
    return [_field(field) for field in readable_custom_fields(actor, kind)]


def is_reference(field: WireField) -> bool:
    """Say whether a field is a custom one that holds a contact."""
    return field.custom is not None and field.target == "Contact"


def name_references(actor: Actor, records: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    """Put the names of contacts where their ids are, and the ids beside; one statement.

    The names are those that lists are ordered by. Contacts that are not seen have neither.
    """
    ids = {
        int(str(each))
        for record in records
        for name in names
        for each in several(record.get(name, ""))
        if str(each).isdecimal()
    }
    called = {pk: sort_name(each) for pk, each in find_contacts(actor, ids).items()} if ids else {}
    for record in records:
        for name in filter(record.__contains__, names):
            seen = [each for each in several(record.get(name, "")) if int(str(each or 0)) in called]
            is_list = isinstance(record.get(name), list)
            shown = [called[int(str(each))] for each in seen]
            record[f"{name}_id"] = seen if is_list else next(iter(seen), "")
            record[name] = shown if is_list else next(iter(shown), "")


def with_references(
    actor: Actor, fields: Sequence[WireField], records: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return records in which the contacts of custom fields are named, their ids beside."""
    name_references(actor, records, [each.name for each in fields if is_reference(each)])
    return records


def with_custom(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document with its custom values beside the others, as ``custom_N``."""
    custom = document.get("custom") or {}
    return {**document, **{f"custom_{number}": value for number, value in custom.items()}}


def _field(field: Field) -> WireField:
    data_type, html_type = TYPES.get(field.type.name, ("String", "Text"))
    form, offers = FORMATS.get(field.type.name, formats.TEXT), _offer(field)
    place, _blank, chosen = field.appearance.partition(" ")
    if field.type.name == "text" and place in PLACES:
        form, offers = PLACES[place]
        data_type, html_type = place, chosen or "Select"
    if field.is_multiple and not isinstance(form, CustomOption):
        form = LISTS[form]
    return WireField(
        name=field.key,
        title=str(field.label),
        format=form,
        key=field.key,
        path=field.key,
        is_default=False,
        offers=offers,
        target="Contact" if data_type == "ContactReference" else "",
        custom=_described(field, data_type, html_type),
    )


def _described(field: Field, data_type: str, html_type: str) -> Mapping[str, Any]:
    """Return what getfields says of a custom field beside what it says of all."""
    found = {
        "label": str(field.label),
        "groupTitle": field.group,
        "data_type": data_type,
        "html_type": "Multi-Select" if field.is_multiple else html_type,
        "custom_field_id": str(field.custom_id),
        "custom_group_id": "" if field.group_id is None else str(field.group_id),
    }
    if not field.choices or field.custom_id is None:
        return found
    return {**found, "option_group_id": str(list_number(field.custom_id))}


def _offer(field: Field) -> Offer | None:
    if not field.choices:
        return None
    return labels({each.name: str(each.label) for each in field.choices if each.is_active})


def _definition(field: WireField) -> Field | None:
    kinds = ("contact", "activity", "address", "relationship")
    return next((found for kind in kinds if (found := catalogue(kind).find(field.key))), None)


def _value(defined: Field, stored: object) -> str:
    choice = defined.choice_of(stored)
    return choice.name if choice else ""


def _choice(defined: Field, value: object, name: str) -> Choice:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise bad_value(name, "option")
    text = str(value).strip().casefold()
    for wanted in (lambda each: each.name, lambda each: str(each.label)):
        for each in defined.choices:
            if wanted(each).casefold() == text:
                return each
    raise bad_option(name, value)
