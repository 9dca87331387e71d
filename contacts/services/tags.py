"""Put tags on contacts; a tag is made when it is first used."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.index.inserting import write_tuples
from contacts.models import Activity, Attachment, Contact, ContactTag, Deal, Tag, Ticket

# Readable on white and on black; a tag keeps the colour that follows from its name.
COLORS = (
    "#766970",
    "#1565c0",
    "#2e7d32",
    "#c62828",
    "#6a1b9a",
    "#00838f",
    "#ad5a00",
    "#4e342e",
    "#37474f",
    "#9e1b5a",
)


def color_of(name_key: str) -> str:
    """Return the colour of a new tag."""
    number = int.from_bytes(hashlib.sha256(name_key.encode()).digest()[:2], "big")
    return COLORS[number % len(COLORS)]


def tag_ids_of(names: Iterable[str | int]) -> list[int]:
    """Return the ids of tags by name or id, each once; unknown names become new tags."""
    asked = list(names)
    known = reference.tags()
    # Mostly all of them are there.
    all_known = [known.id_of(key_of(name)) for name in asked if isinstance(name, str)]
    if None not in all_known and len(all_known) == len(asked):
        return [*dict.fromkeys(pk for pk in all_known if pk is not None)]
    by_key: dict[str, str] = {}
    for name in asked:
        if isinstance(name, str):
            by_key.setdefault(key_of(name), name)
    found = {key: known.id_of(key) for key in by_key}
    made = _made({key: name for key, name in by_key.items() if found[key] is None})
    ids = (
        (name if name in known.by_id else None)
        if isinstance(name, int)
        else found[key_of(name)] or made[key_of(name)]
        for name in asked
    )
    return list(dict.fromkeys(pk for pk in ids if pk is not None))


def _made(missing: Mapping[str, str]) -> dict[str, int]:
    """Make tags by key and name, or find those that somebody else has made meanwhile."""
    made = {}
    # In one order for everybody: two who make the same tags must not wait for each other.
    for key in sorted(missing):
        tag, _created = Tag.objects.get_or_create(
            name_key=key, defaults={"name": missing[key], "color": color_of(key)}
        )
        made[key] = tag.pk
    if made:
        reference.bump("tags")
    return made


def tag_record(row: Deal | Ticket | Activity | Attachment, cleaned: Mapping[str, object]) -> None:
    """Give a stored row exactly the tags that a change names, if it names any."""
    named = cleaned.get("tags")
    if isinstance(named, tuple):
        row.tags.set(tag_ids_of(named))


def replace_tags(contact: Contact, tag_ids: Sequence[int], present: Sequence[int]) -> list[int]:
    """Give a contact that has the `present` tags exactly these; returns them in their order.

    Links that stay keep their order.
    """
    gone = set(present) - set(tag_ids)
    if gone:
        contact.tag_links.filter(tag_id__in=gone).delete()
    new = [pk for pk in tag_ids if pk not in present]
    columns = ("contact_id", "tag_id", "sort_name")
    write_tuples(ContactTag, columns, [(contact.pk, pk, contact.sort_name) for pk in new])
    return [*(pk for pk in present if pk not in gone), *new]
