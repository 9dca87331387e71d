"""Values of a contact's document in words that people read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from contacts.admin.numbers import written_decimal
from contacts.fields import Field, catalogue, reference
from contacts.fields.types import read_moment

Document = Mapping[str, Any]

CHANNELS = frozenset({"emails", "phones", "addresses", "websites", "messengers"})
ADDRESS_PARTS = ("street1", "street2", "street3", "po_box", "postcode", "city", "region")

# Tables in memory by the ending of a document's key.
NAMES: dict[str, Callable[[], reference.NamedTable]] = {
    "owner_id": reference.users,
    "author_id": reference.users,
    "editor_id": reference.users,
    "owner_group_id": reference.user_groups,
}
LISTS: dict[str, Callable[[], reference.NamedTable]] = {
    "tags": reference.tags,
    "groups": reference.groups,
    "projects": reference.projects,
}


def label_of(key: str) -> str:
    """Return what a key of a contact's document is called."""
    field = field_of(key)
    return str(field.label) if field else key


def field_of(key: str) -> Field | None:
    """Return the field that a key of a document belongs to, or None."""
    fields = catalogue("contact")
    return fields.find(key) or fields.find(key.removesuffix("_id"))


def words_for(key: str, value: Any) -> str:  # noqa: ANN401  # any value of a document
    """Return a value of a document as text; "" for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if key in NAMES:
        return NAMES[key]().name_of(value) or f"#{value}"
    if key in LISTS:
        table = LISTS[key]()
        return ", ".join(table.name_of(pk) or f"#{pk}" for pk in value)
    if key in CHANNELS:
        return "; ".join(channel_text(key, item) for item in value)
    if key == "preferred_language":
        return language_name(value)
    field = field_of(key)
    return plain_words(field, value) if field else str(value)


def plain_words(field: Field, value: Any) -> str:  # noqa: ANN401  # any value of a document
    """Return a value of a field as text: labels for choices, dates and numbers as people write."""
    if isinstance(value, list):
        return ", ".join(plain_words(field, item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choice = field.choice_of(value)
    if choice is not None:
        return str(choice.label)
    name = field.type.name
    if name in WRITERS:
        return WRITERS[name](value)
    return str(value)


def _day(value: Any) -> str:  # noqa: ANN401  # a day of a document
    try:
        return date_format(date.fromisoformat(str(value)[:10]), "DATE_FORMAT")
    except ValueError:
        return str(value)


def _moment(value: Any) -> str:  # noqa: ANN401  # a moment of a document
    try:
        return date_format(read_moment(str(value)), "DATETIME_FORMAT")
    except ValueError:
        return str(value)


def _reference(value: Any) -> str:  # noqa: ANN401  # an id of a document
    return f"#{value}"


WRITERS: dict[str, Callable[[Any], str]] = {
    "date": _day,
    "datetime": _moment,
    "user": lambda value: reference.users().name_of(value) or f"#{value}",
    "user_group": lambda value: reference.user_groups().name_of(value) or f"#{value}",
    "integer": lambda value: str(localize(value)),
    "decimal": written_decimal,
    "contact": _reference,
    "company": _reference,
    "attachment": _reference,
}


def language_name(code: str) -> str:
    """Return the name of a language in the reader's own, or the code where it is not known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def channel_text(key: str, item: Mapping[str, Any]) -> str:
    """Return one e-mail, phone, address, website or messenger as one line."""
    if key == "addresses":
        return ", ".join(address_lines(item))
    main = {"emails": "address", "phones": "number", "websites": "url", "messengers": "handle"}
    text = str(item.get(main[key], ""))
    extension = item.get("extension")
    # Apart from the f-string, where the sentence would not be found for translation.
    dialled = _("ext. %s") % extension
    return f"{text} ({dialled})" if extension else text


def address_lines(item: Mapping[str, Any]) -> list[str]:
    """Return the lines of a postal address, the country last."""
    streets = [str(item[key]) for key in ("street1", "street2", "street3") if item.get(key)]
    if item.get("po_box"):
        streets.append(_("PO box %s") % item["po_box"])
    town = " ".join(str(item[key]) for key in ("postcode", "city") if item.get(key))
    rest = [town, str(item.get("region", "")), country_of(item)]
    return [line for line in (*streets, *rest) if line]


def country_of(item: Mapping[str, Any]) -> str:
    """Return the country of an address as it was given, or by its name."""
    return str(
        item.get("country_text") or reference.countries().name_of(item.get("country_id")) or ""
    )


def kind_of_channel(item: Mapping[str, Any]) -> str:
    """Return the type and the place of a channel, such as "Mobile, Home"."""
    options = reference.options().by_id
    keys = ("type_id", "service_id", "location_id")
    labels = [options[item[key]].label for key in keys if item.get(key) in options]
    return ", ".join(dict.fromkeys(labels))


def marks_of_channel(item: Mapping[str, Any], items: Sequence[object]) -> list[str]:
    """Return what is special about a channel; "main" says something only among several."""
    marks = []
    if item.get("is_primary") and len(items) > 1:
        marks.append(_("main"))
    if item.get("is_on_hold"):
        marks.append(_("on hold"))
    if item.get("is_billing"):
        marks.append(_("for billing"))
    return marks
