"""What happened with a contact, newest first: changes with old and new, by whom, through what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

import nh3
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import history
from contacts.access import NEEDED, Actor, readable_custom_fields, readable_fields
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.standing import (
    Standing,
    may_undo,
    standing_of,
    visible_changes,
)
from contacts.admin.address_book.words import label_of, words_for
from contacts.admin.work import trail
from contacts.fields import catalogue
from contacts.models import Change
from contacts.services.duplicates import KIND as LIKE
from contacts.services.taking_in import KIND as IMPORT

Document = Mapping[str, Any]

SHOWN = 20
REVIEWING = NEEDED["submission", "review"]

HEADINGS: dict[tuple[str, str], str | Promise] = {
    ("contact", "created"): gettext_lazy("Created"),
    ("contact", "updated"): gettext_lazy("Changed"),
    ("contact", "archived"): gettext_lazy("Archived"),
    ("contact", "restored"): gettext_lazy("Restored"),
    ("contact", "merged"): gettext_lazy("Merged with another contact"),
    ("contact", "unmerged"): gettext_lazy("Separated again"),
    ("duplicate", "refused"): gettext_lazy("Told apart from a contact that looks alike"),
    ("duplicate", "suspected"): gettext_lazy("Possible duplicate again"),
    ("import", "imported"): gettext_lazy("Taken in from a file"),
    ("note", "created"): gettext_lazy("Note written"),
    ("note", "updated"): gettext_lazy("Note changed"),
    ("note", "deleted"): gettext_lazy("Note deleted"),
    ("note", "restored"): gettext_lazy("Note brought back"),
    ("deal", "created"): gettext_lazy("Deal opened"),
    ("deal", "updated"): gettext_lazy("Deal changed"),
    ("deal", "archived"): gettext_lazy("Deal deleted"),
    ("deal", "restored"): gettext_lazy("Deal brought back"),
    ("activity", "created"): gettext_lazy("Activity planned"),
    ("activity", "updated"): gettext_lazy("Activity changed"),
    ("activity", "archived"): gettext_lazy("Activity deleted"),
    ("activity", "restored"): gettext_lazy("Activity brought back"),
    ("ticket", "created"): gettext_lazy("Ticket opened"),
    ("ticket", "updated"): gettext_lazy("Ticket changed"),
    ("ticket", "archived"): gettext_lazy("Ticket deleted"),
    ("ticket", "restored"): gettext_lazy("Ticket brought back"),
    ("attachment", "created"): gettext_lazy("File attached"),
    ("attachment", "deleted"): gettext_lazy("File deleted"),
    ("attachment", "restored"): gettext_lazy("File brought back"),
    ("relationship", "created"): gettext_lazy("Relationship added"),
    ("relationship", "deleted"): gettext_lazy("Relationship ended"),
    ("relationship", "restored"): gettext_lazy("Relationship brought back"),
    ("submission", "received"): gettext_lazy("Web form sent"),
    ("submission", "accepted"): gettext_lazy("Web form accepted"),
    ("submission", "replayed"): gettext_lazy("Web form taken once more"),
}

# What the timeline can be narrowed to, by the name in the address.
NARROWED: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "notes": (gettext_lazy("Notes"), ("note",)),
    "work": (gettext_lazy("Deals, activities, tickets"), ("deal", "activity", "ticket")),
    "files": (gettext_lazy("Files"), ("attachment",)),
    "forms": (gettext_lazy("Web forms"), ("submission",)),
    "changes": (gettext_lazy("Changes"), ("contact", "relationship", "duplicate", IMPORT)),
}
# Which part of a record says in few words what it is.
TOLD_BY = {
    "note": ("subject", "content"),
    "deal": ("name",),
    "activity": ("subject",),
    "ticket": ("subject",),
    "attachment": ("filename",),
    "submission": ("form",),
}
WORK = frozenset({"deal", "activity", "ticket"})
MOST_LETTERS = 140

# Says the same as another key, or nothing to people.
UNTOLD = frozenset({"id", "employer_id", "companies", "display_name", "owner_assigned_at"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as the history shows it."""

    id: int
    heading: str
    about: str
    url: str
    who: str
    door: str
    credential: str
    at: datetime
    differences: tuple[Difference, ...]
    can_undo: bool


def timeline_of(
    actor: Actor, document: Document, *, narrowed: str = "", shown: int = SHOWN
) -> tuple[list[Entry], bool]:
    """Return the latest entries that the actor may see, and whether there are older ones."""
    projects = document.get("projects", ())
    rows = history.changes_about(document["id"])
    if narrowed in NARROWED:
        rows = rows.filter(record_kind__in=NARROWED[narrowed][1])
    changes = list(rows[: shown + 1])
    now = standing_of(actor, changes[:shown])
    entries = [
        _entry(actor, change, now, projects)
        for change in visible_changes(actor, changes[:shown], now)
        if is_told(change)
    ]
    return entries, len(changes) > shown


def is_told(change: Change) -> bool:
    """Tell whether a change is worth a line to people."""
    return (change.record_kind, change.action) in HEADINGS


def _entry(actor: Actor, change: Change, now: Standing, projects: Sequence[int]) -> Entry:
    return Entry(
        id=change.pk,
        heading=str(HEADINGS[change.record_kind, change.action]),
        about=_about(change),
        url=_address(actor, change, now),
        who=change.user.name if change.user else _("nobody signed in"),
        door=change.dialect,
        credential=str(change.credential) if change.credential else "",
        at=change.at,
        differences=tuple(_differences(actor, change)),
        can_undo=may_undo(actor, change, now, projects),
    )


def _differences(actor: Actor, change: Change) -> Iterable[Difference]:
    """Return what a contact or a record with a page of its own was and became."""
    kind, before, after = change.record_kind, change.before, change.after
    if kind == IMPORT:
        return _written(actor, change)
    if change.action != "updated":
        return ()
    if kind == "contact":
        return differences_of(actor, before, after)
    if kind not in WORK:
        return ()
    found = trail.differences_of(actor, kind, before, after)
    return [Difference(str(each.label), each.before, each.after) for each in found]


def _written(actor: Actor, change: Change) -> tuple[Difference, ...]:
    """Return what was written in the row of an imported file.

    It may tell what others may not read: only who took it in and administrators see it.
    """
    written = change.after.get("written")
    is_own = actor.is_administrator or (change.user_id or 0) == actor.user_id
    if change.record_kind != IMPORT or not isinstance(written, list) or not is_own:
        return ()
    return tuple(Difference(str(name), "", str(text)) for name, text in written)


def _about(change: Change) -> str:
    """Return in few words which note, deal or file an entry is about."""
    if change.record_kind == IMPORT:
        return _("%(file)s, row %(row)s") % change.after
    said = change.before if change.action == "deleted" else change.after
    texts = (str(said.get(key) or "") for key in TOLD_BY.get(change.record_kind, ()))
    text = next((text for text in texts if text.strip()), "")
    if said.get("format") == "html":
        # Without any element; what scripts and styles hold goes with them.
        text = unescape(nh3.clean(text, tags=set()))
    return Truncator(text).chars(MOST_LETTERS)


def _address(actor: Actor, change: Change, now: Standing) -> str:
    """Return the page of a record that has one of its own, is there, and is for this actor."""
    other = change.after.get("merged_id") or change.after.get("unmerged_id")
    if change.record_kind == "contact" and other:
        return contact_url(other)
    if change.record_kind == LIKE:
        _own, *others = change.after["contacts"]
        return contact_url(others[0])
    is_reviewed = change.record_kind == "submission" and actor.has_anywhere(REVIEWING)
    if change.record_kind not in WORK and not is_reviewed:
        return ""
    if (change.record_kind, change.record_id) in now.trashed:
        return ""
    return reverse(f"admin:contacts_{change.record_kind}_page", args=[change.record_id])


def differences_of(
    actor: Actor, before: Mapping[str, object], after: Mapping[str, object]
) -> list[Difference]:
    """Return the fields that differ and that the actor may read."""
    readable = {field.key for field in readable_fields(actor)}
    keys = [key for key in _ordered(before.keys() | after.keys()) if key not in UNTOLD]
    found = [
        Difference(label_of(key), words_for(key, before.get(key)), words_for(key, after.get(key)))
        for key in keys
        if key != "custom" and (key in readable or key.removesuffix("_id") in readable)
    ]
    return found + _custom(actor, before.get("custom"), after.get("custom"))


def _ordered(keys: Iterable[str]) -> list[str]:
    order = {key: place for place, key in enumerate(catalogue("contact").by_key)}
    return sorted(keys, key=lambda key: order.get(key, order.get(key.removesuffix("_id"), 999)))


def _custom(actor: Actor, before: object, after: object) -> list[Difference]:
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    found = []
    for field in readable_custom_fields(actor):
        key = str(field.custom_id)
        if old.get(key) != new.get(key):
            texts = (words_for(field.key, values.get(key)) for values in (old, new))
            found.append(Difference(str(field.label), *texts))
    return found
