"""Add, change and remove one e-mail, phone, address, website or messenger of a contact.

Each is a change of its contact: the same right, the same checks, the same entry in the history.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.db import transaction

from contacts import history
from contacts.access import Actor
from contacts.errors import Fault, InvalidError, NotFoundError
from contacts.fields import catalogue
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.fields.channel_fields import LISTS
from contacts.index import Document
from contacts.query import find_record
from contacts.services.contacts import update_contact
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.values import clean_values, id_of

Values = Mapping[str, object]
Items = list[dict[str, Any]]


def add_channel(actor: Actor, kind: str, values: Values) -> Document:
    """Give a contact (`contact`, an id) one more channel; raises InvalidError, ForbiddenError."""
    contact_id = id_of(values.get("contact"))
    if contact_id is None:
        raise InvalidError([Fault("contact", "blank")])
    own, custom = _parted(actor, kind, values)
    item = _item(kind, own)
    before: set[int] = set()

    def change(document: Document) -> Values:
        items = _items(document, kind)
        before.update(each["id"] for each in items)
        return {LISTS[kind]: [*_kept(items), item]}

    with transaction.atomic():
        after = update_contact(actor, contact_id, change)
        made = next((each for each in _items(after, kind) if each["id"] not in before), None)
        if made is None:
            # The only channel that is not stored is one that says nothing.
            raise InvalidError([Fault(_main(kind), "blank")])
        filled = with_defaults(kind, custom) if kind in CUSTOM_ROWS else {}
        _keep_custom(actor, kind, made["id"], contact_id, filled)
        return _document(actor, kind, made["id"])


def update_channel(actor: Actor, kind: str, channel_id: int, values: Values) -> Document:
    """Change what `values` name of a channel; it stays with its contact.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    contact_id = _owner(actor, kind, channel_id)
    if values.get("contact", contact_id) != contact_id:
        raise InvalidError([Fault("contact", "read_only")])
    own, custom = _parted(actor, kind, values)
    item = {"id": channel_id, **_item(kind, own)}

    def change(document: Document) -> Values:
        kept = _kept(_items(document, kind))
        return {LISTS[kind]: [item if each["id"] == channel_id else each for each in kept]}

    with transaction.atomic():
        after = update_contact(actor, contact_id, change)
        if all(each["id"] != channel_id for each in _items(after, kind)):
            raise InvalidError([Fault(_main(kind), "blank")])
        _keep_custom(actor, kind, channel_id, contact_id, custom)
    return _document(actor, kind, channel_id)


def remove_channel(actor: Actor, kind: str, channel_id: int) -> None:
    """Take a channel from its contact; raises NotFoundError, ForbiddenError."""
    contact_id = _owner(actor, kind, channel_id)

    def change(document: Document) -> Values:
        kept = _items(document, kind)
        return {LISTS[kind]: [each for each in kept if each["id"] != channel_id]}

    update_contact(actor, contact_id, change)


def _keep_custom(actor: Actor, kind: str, channel_id: int, contact_id: int, values: Values) -> None:
    """Store the values of custom fields, of which the document of the contact knows nothing."""
    if not values:
        return
    before = _document(actor, kind, channel_id)["custom"]
    replace_custom_values(kind, channel_id, values)
    after = _document(actor, kind, channel_id)["custom"]
    if after != before:
        told = {"before": {"custom": before}, "after": {"custom": after}}
        history.record(actor, kind, channel_id, "updated", contact_id=contact_id, **told)


def _parted(actor: Actor, kind: str, values: Values) -> tuple[Values, Values]:
    """Return what the contact keeps of a channel, and the cleaned values of custom fields.

    Raises InvalidError.
    """
    keys = {field.key for field in catalogue(kind).custom()}
    own = {key: value for key, value in values.items() if key not in keys}
    given = {key: value for key, value in values.items() if key in keys}
    return own, clean_values(actor, kind, given, creating=False) if given else {}


def _items(document: Document, kind: str) -> Items:
    return cast(Items, document.get(LISTS[kind], []))  # the list that the index wrote


def _kept(items: Items) -> Items:
    """Return channels that stay as they are; which one counts first is said by the one at hand."""
    return [{"id": each["id"]} for each in items]


def _item(kind: str, values: Values) -> dict[str, object]:
    """Return a channel as the list of its contact takes it: everything but the contact."""
    known = catalogue(kind)
    faults = [Fault(key, "unknown") for key in values if known.find(key) is None]
    if faults:
        raise InvalidError(faults)
    return {_part(kind, key): value for key, value in values.items() if key != "contact"}


def _part(kind: str, key: str) -> str:
    field = catalogue(kind).by_key[key]
    return f"{key}_id" if field.list_name == "country" else key


def _main(kind: str) -> str:
    return str(catalogue("contact").by_key[LISTS[kind]].traits["main"])


def _owner(actor: Actor, kind: str, channel_id: int) -> int:
    found = find_record(actor, kind, channel_id)
    contact_id = id_of(found["contact_id"]) if found else None
    if contact_id is None:
        raise NotFoundError(kind, channel_id)
    return contact_id


def _document(actor: Actor, kind: str, channel_id: int) -> Document:
    found = find_record(actor, kind, channel_id)
    if found is None:
        raise NotFoundError(kind, channel_id)
    return found
