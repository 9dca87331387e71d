"""Put tags on contacts; a tag is made when it is first used."""

import hashlib
from collections.abc import Iterable, Sequence

from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.models import Contact, ContactTag, Tag

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
    ids: dict[int, None] = {}
    for name in names:
        if isinstance(name, int):
            if name in reference.tags().by_id:
                ids[name] = None
            continue
        key = key_of(name)
        found = reference.tags().id_of(key)
        if found is None:
            tag, created = Tag.objects.get_or_create(
                name_key=key, defaults={"name": name, "color": color_of(key)}
            )
            found = tag.pk
            if created:
                reference.bump("tags")
        ids[found] = None
    return list(ids)


def replace_tags(contact: Contact, tag_ids: Sequence[int]) -> None:
    """Give a contact exactly these tags; links that stay keep their order."""
    present = set(contact.tag_links.values_list("tag_id", flat=True))
    gone = present - set(tag_ids)
    if gone:
        contact.tag_links.filter(tag_id__in=gone).delete()
    ContactTag.objects.bulk_create(
        [
            ContactTag(contact=contact, tag_id=pk, sort_name=contact.sort_name)
            for pk in tag_ids
            if pk not in present
        ]
    )
