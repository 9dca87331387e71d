"""Replace the e-mails, phones, addresses, websites and messengers of a contact.

An item with the id of a stored channel changes only what it names; an item without one is new; what
is not in the list is removed. The first of a kind becomes primary, and removing the primary
promotes the next.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from contacts.errors import Fault, InvalidError
from contacts.fields import catalogue, reference
from contacts.fields.text import digits_of, e164_of, fold, key_of
from contacts.fields.types import ValueFaultError
from contacts.fields.types.choices import BooleanType
from contacts.models import (
    Contact,
    EmailAddress,
    Messenger,
    Option,
    Phone,
    PostalAddress,
    Website,
)

MODELS: dict[str, type[Model]] = {
    "emails": EmailAddress,
    "phones": Phone,
    "addresses": PostalAddress,
    "websites": Website,
    "messengers": Messenger,
}

# What a stored channel must have: an item without any of these is removed.
MAIN_TEXTS = {
    "emails": ("address",),
    "phones": ("number",),
    "addresses": (
        "street1",
        "street2",
        "street3",
        "city",
        "region",
        "postcode",
        "po_box",
        "country_id",
        "country_text",
    ),
    "websites": ("url",),
    "messengers": ("handle",),
}

_yes_no = BooleanType()

Item = Mapping[str, Any]  # a channel as `ChannelsType` cleans it: its keys differ per kind


def replace_channels(contact: Contact, key: str, items: Sequence[Item]) -> None:
    """Store the list of one kind of channel; raises InvalidError for an unknown id or choice."""
    model = MODELS[key]
    stored = {row.pk: row for row in getattr(contact, key).all()}
    rows = [_row(contact, key, item, stored) for item in items]
    rows = [row for row in rows if any(getattr(row, name) for name in MAIN_TEXTS[key])]
    kept = {row.pk for row in rows if row.pk}
    gone = [pk for pk in stored if pk not in kept]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    was_primary = [pk for pk, row in stored.items() if getattr(row, "is_primary", False)]
    _number(key, rows, items)
    if was_primary:
        # Two rows must never be primary at once, not even between two statements.
        model._default_manager.filter(pk__in=was_primary).update(is_primary=False)
    for row in rows:
        if row.pk:
            row.save()
    model._default_manager.bulk_create([row for row in rows if not row.pk])


def _row(
    contact: Contact, key: str, item: Item, stored: Mapping[int, Any]
) -> Any:  # a row of MODELS
    given_id = item.get("id")
    if given_id in (None, ""):
        row = MODELS[key](contact=contact)
    else:
        row = stored.get(int(given_id)) if str(given_id).isdigit() else None
        if row is None:
            raise InvalidError([Fault(key, "unknown", {"value": given_id})])
    _assign(key, row, item)
    return row


def _assign(key: str, row: Any, item: Item) -> None:  # a row of MODELS
    field = catalogue("contact").by_key[key]
    traits: Any = field.traits  # the declaration in `contact_fields`
    for name in traits["texts"]:
        if name in item and name not in ("country", "country_text"):
            setattr(row, name, item[name])
    for name, list_name in traits["lists"].items():
        _assign_option(key, row, item, name, list_name)
    for name in traits["flags"]:
        if name in item:
            setattr(row, name, _flag(key, item[name]))
    for name in traits.get("numbers", ()):
        if name in item:
            setattr(row, name, _number_of(key, item[name]))
    _derive(row, item)


def _derive(row: Any, item: Item) -> None:  # a row of MODELS
    if isinstance(row, EmailAddress):
        row.address_key = key_of(row.address)[:254]
    elif isinstance(row, Phone):
        row.digits = digits_of(row.number)[:100]
        row.e164 = e164_of(row.number)
    elif isinstance(row, PostalAddress):
        _assign_country(row, item)


def _assign_option(
    key: str, row: Any, item: Item, name: str, list_name: str
) -> None:  # a row of MODELS
    value = item.get(name, item.get(f"{name}_id", row))
    if value is row:
        return
    option = find_option(list_name, value) if value not in (None, "") else None
    if option is None and value not in (None, ""):
        raise InvalidError([Fault(key, "not_in_list", {"value": value})])
    setattr(row, f"{name}_id", option.pk if option else None)


def find_option(list_name: str, value: object) -> Option | None:
    """Return an option of a list by its id, machine name or label, or None."""
    options = reference.options()
    if isinstance(value, int):
        found = options.by_id.get(value)
        return found if found is not None and found.list_name == list_name else None
    wanted = fold(str(value))
    return next(
        (each for each in options.of(list_name) if wanted in (each.name, fold(each.label))), None
    )


def _flag(key: str, value: object) -> bool:
    try:
        return bool(_yes_no.clean(value, catalogue("contact").by_key[key]))
    except ValueFaultError as fault:
        raise InvalidError([Fault(key, fault.code, fault.params)]) from None


def _number_of(key: str, value: object) -> float | None:
    if value in (None, ""):
        return None
    try:
        return float(str(value))
    except ValueError:
        raise InvalidError([Fault(key, "not_a_number", {"value": value})]) from None


def _assign_country(row: PostalAddress, item: Item) -> None:
    """Link the country by id, code or name; text that is no country is kept as it came."""
    if "country_id" in item:
        row.country_id = item["country_id"] or None
        row.country_text = ""
        if row.country_id is not None and row.country_id not in reference.countries().by_id:
            raise InvalidError([Fault("addresses", "unknown", {"value": row.country_id})])
        return
    if "country" not in item and "country_text" not in item:
        return
    text = str(item.get("country") or item.get("country_text") or "").strip()
    row.country_id = find_country(text)
    row.country_text = text if text and (row.country_id is None or "country_text" in item) else ""


def find_country(text: str) -> int | None:
    """Return the id of the country with this two-letter code or English name, or None."""
    countries = reference.countries()
    if len(text) == 2:
        found = countries.id_of(text.upper())
        if found is not None:
            return found
    wanted = fold(text)
    return next(
        (row.id for row in countries.by_id.values() if wanted and fold(row.name) == wanted), None
    )


def _number(key: str, rows: list[Any], items: Sequence[Item]) -> None:  # rows of MODELS
    """Give the rows their positions, and exactly one of them the primary mark."""
    for position, row in enumerate(rows):
        row.position = position
    if not rows or not hasattr(rows[0], "is_primary"):
        return
    asked = {item.get("id") or id(item) for item in items if item.get("is_primary")}
    marked = [row for row in rows if row.is_primary]
    newly = [row for row in marked if not row.pk or row.pk in asked]
    primary = (newly or marked or rows)[0]
    for row in rows:
        row.is_primary = row is primary
