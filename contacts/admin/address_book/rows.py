"""A contact's document as a row of a list shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.fields import reference

KIND_ICONS = {"person": "person", "organization": "company", "household": "household"}
MOST_TAGS = 2


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of a list of contacts."""

    id: int
    name: str
    kind: str
    kind_icon: str
    url: str
    picture_url: str
    subtitle: str
    email: str
    phone: str
    tags: tuple[reference.Named, ...]
    more_tags: int
    owner: str
    updated_at: str
    archived_at: str


def contact_url(contact_id: object) -> str:
    """Return the address of a contact's page."""
    return reverse("admin:contacts_contact_page", args=[contact_id])


def picture_url(document: Mapping[str, Any]) -> str:
    """Return the address of a contact's picture, or ""."""
    if not document.get("avatar_id"):
        return ""
    # The id makes the address change with the picture, so browsers may keep it.
    return (
        reverse("admin:contacts_contact_picture", args=[document["id"]])
        + f"?v={document['avatar_id']}"
    )


def name_of(document: Mapping[str, Any]) -> str:
    """Return a name to click on, whatever a contact has."""
    return str(document.get("display_name") or _("Contact %s") % document["id"])


def tags_of(document: Mapping[str, Any]) -> list[reference.Named]:
    """Return the tags of a contact."""
    return named_in(reference.tags(), document.get("tags", ()))


def named_in(table: reference.NamedTable, ids: Iterable[int]) -> list[reference.Named]:
    """Return the records of a small table that a document names."""
    return [table.by_id[pk] for pk in ids if pk in table.by_id]


def row_of(document: Mapping[str, Any]) -> ContactRow:
    """Return the row of a document."""
    kind = document["kind"]
    tags = tags_of(document)
    emails, phones = document.get("emails", ()), document.get("phones", ())
    work = [document.get("job_title") or document.get("department"), document.get("company")]
    subtitle = ", ".join(part for part in work if part)
    return ContactRow(
        id=document["id"],
        name=name_of(document),
        kind=kind,
        kind_icon=KIND_ICONS.get(kind, "person"),
        url=contact_url(document["id"]),
        picture_url=picture_url(document),
        subtitle=subtitle if kind == "person" else _kind_label(kind),
        email=_main(emails, "address"),
        phone=_main(phones, "number"),
        tags=tuple(tags[:MOST_TAGS]),
        more_tags=max(0, len(tags) - MOST_TAGS),
        owner=reference.users().name_of(document.get("owner_id")),
        updated_at=document.get("updated_at", ""),
        archived_at=document.get("archived_at", ""),
    )


def _kind_label(kind: str) -> str:
    return {"organization": _("Organization"), "household": _("Household")}.get(kind, "")


def _main(items: Sequence[Mapping[str, Any]], key: str) -> str:
    primary = next((item for item in items if item.get("is_primary")), None)
    chosen = primary or (items[0] if items else {})
    return str(chosen.get(key, ""))
