"""Replace the e-mails, phones, addresses, websites and messengers of a contact.

An item with the id of a stored channel changes only what it names; an item without one is new; what
is not in the list is removed. The first of a kind becomes primary, and removing the primary
promotes the next.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from itertools import chain
from typing import Any

from django.db.models import Model

from contacts.errors import Fault
from contacts.fields import BUILT_IN, reference
from contacts.fields.text import digits_of, e164_of, fold, key_of
from contacts.index.making import new_row
from contacts.models import (
    Contact,
    EmailAddress,
    Messenger,
    Phone,
    PostalAddress,
    Website,
)

Channel = EmailAddress | Phone | PostalAddress | Website | Messenger
Item = Mapping[str, object]  # a channel as `ChannelsType` cleans it: its keys differ per kind

MODELS: dict[str, type[Channel]] = {
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


def items_of(cleaned: Mapping[str, object], key: str) -> list[Item]:
    """Return the cleaned items of one kind of channel; none where the change names none."""
    items = cleaned.get(key)
    if not isinstance(items, tuple):
        return []
    return [item for item in items if isinstance(item, dict)]


def channel_faults(contact: Contact, cleaned: Mapping[str, object]) -> list[Fault]:
    """Return a fault for each id that is no channel of the contact."""
    faults = []
    for key in MODELS:
        if key not in cleaned:
            continue
        asked = [item["id"] for item in items_of(cleaned, key) if "id" in item]
        if asked:
            known = set(_stored(contact, key)) if contact.pk else set()
            faults += [
                Fault(key, "unknown", {"value": value}) for value in asked if value not in known
            ]
    return faults


def will_have(contact: Contact, key: str, cleaned: Mapping[str, object]) -> bool:
    """Tell whether a contact has a channel of this kind once the change is stored."""
    stored = set(_stored(contact, key)) if contact.pk else set()
    if key not in cleaned:
        return bool(stored)
    (main,) = MAIN_TEXTS[key]
    return any(
        bool(item[main]) if main in item else item.get("id") in stored
        for item in items_of(cleaned, key)
    )


def new_channels(contact: Contact, key: str, items: Sequence[Item]) -> list[Channel]:
    """Return the rows of one kind of channel of a new contact; nothing is stored."""
    return _arranged(contact, key, items, {}) if items else []


def replace_channels(
    contact: Contact, key: str, items: Sequence[Item], stored: Mapping[int, Channel]
) -> list[Channel]:
    """Store the list of one kind of channel and return its rows.

    The ids were checked by `channel_faults`; `stored` are the rows of the contact so far.
    """
    was_primary = [pk for pk, row in stored.items() if getattr(row, "is_primary", False)]
    rows = _arranged(contact, key, items, {pk: copy(row) for pk, row in stored.items()})
    model: type[Model] = MODELS[key]
    manager = model._default_manager
    gone = stored.keys() - {row.pk for row in rows}
    if gone:
        manager.filter(pk__in=gone).delete()
    primary = next((row.pk for row in rows if getattr(row, "is_primary", False)), None)
    if [pk for pk in was_primary if pk not in gone] not in ([], [primary]):
        # Two rows must never be primary at once, not even between two statements.
        manager.filter(pk__in=was_primary).update(is_primary=False)
    for row in rows:
        if row.pk and _differs(row, stored[row.pk]):
            row.save()
    manager.bulk_create([row for row in rows if not row.pk])
    return rows


def _differs(row: Channel, stored: Channel) -> bool:
    names = [field.attname for field in row._meta.concrete_fields]
    return any(getattr(row, name) != getattr(stored, name) for name in names)


def _arranged(
    contact: Contact, key: str, items: Sequence[Item], stored: Mapping[int, Channel]
) -> list[Channel]:
    """Return the rows that there will be, in their order, one of them primary."""
    given = [(item, _row(contact, key, item, stored)) for item in items]
    given = [(item, row) for item, row in given if _is_filled(key, row)]
    rows = [row for _item, row in given]
    for position, row in enumerate(rows):
        row.position = position
    if key != "websites":
        _choose_primary(given, rows)
    return rows


def _stored(contact: Contact, key: str) -> dict[int, Channel]:
    return {row.pk: row for row in getattr(contact, key).all()}


def _is_filled(key: str, row: Channel) -> bool:
    return any(getattr(row, name) for name in MAIN_TEXTS[key])


def _row(contact: Contact, key: str, item: Item, stored: Mapping[int, Channel]) -> Channel:
    given = item.get("id")
    known = stored.get(given) if isinstance(given, int) else None
    row = known if known is not None else new_row(MODELS[key], contact_id=contact.id)
    _assign(key, row, item)
    return row


def _assign(key: str, row: Channel, item: Item) -> None:
    columns, others = _names_of(key)
    extras = {}
    for name, value in item.items():
        if name in columns:
            setattr(row, name, value)
        elif name in others:
            extras[name] = value
    if extras and not isinstance(row, (Website, Messenger)):
        kept = {**row.traits, **extras}
        row.traits = {name: value for name, value in kept.items() if value != ""}
    if isinstance(row, EmailAddress):
        row.address_key = key_of(row.address)[:254]
    elif isinstance(row, Phone):
        row.digits = digits_of(row.number)[:191]
        row.e164 = e164_of(row.number)
    elif isinstance(row, PostalAddress):
        _assign_country(row, item)


@cache
def _names_of(key: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the columns that the items of one kind of channel name, and what is no column."""
    (traits,) = (field.traits for field in BUILT_IN["contact"] if field.key == key)
    columns = {*traits["texts"], *traits["flags"], *traits.get("numbers", ())}
    columns |= {f"{name}_id" for name in traits["lists"]}
    return frozenset(columns - {"country", "country_text"}), frozenset(traits.get("extras", ()))


def _assign_country(row: PostalAddress, item: Item) -> None:
    """Link the country by id, code or name; text that is no country is kept as it came."""
    given = item.get("country_id")
    if "country_id" in item:
        row.country_id = given if isinstance(given, int) else None
        row.country_text = str(item.get("country_text") or "")
    elif "country" in item or "country_text" in item:
        text = str(item.get("country") or item.get("country_text") or "")
        row.country_id = find_country(text)
        is_kept = row.country_id is None or "country_text" in item
        row.country_text = text if is_kept else ""


def find_country(text: str) -> int | None:
    """Return the id of the country with this two-letter code or English name, or None."""
    countries = reference.countries()
    if len(text) == 2:
        found = countries.id_of(text.upper())
        if found is not None:
            return found
    return reference.countries_by_name().get(fold(text))


def _choose_primary(given: Sequence[tuple[Item, Any]], rows: Sequence[Any]) -> None:
    """Mark exactly one row as primary: one that the change marks, else the old one, else the first.

    Of several that are marked the first counts.
    """
    newly = (row for item, row in given if item.get("is_primary"))
    marked = (row for row in rows if row.is_primary)
    primary = next(chain(newly, marked, rows), None)
    for row in rows:
        row.is_primary = row is primary
