"""What happened with a contact, newest first: changes with old and new, by whom, through what."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

import nh3
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import history
from contacts.access import Actor, readable_custom_fields, readable_fields, visibility
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.words import label_of, words_for
from contacts.fields import catalogue
from contacts.models import Change
from contacts.services.duplicates import KIND as LIKE
from contacts.services.taking_in import KIND as IMPORT
from contacts.services.undoing import can_undo

SHOWN = 20

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
    ("note", "restored"): gettext_lazy("Note brought back"),
    ("deal", "created"): gettext_lazy("Deal opened"),
    ("deal", "updated"): gettext_lazy("Deal changed"),
    ("activity", "created"): gettext_lazy("Activity planned"),
    ("activity", "updated"): gettext_lazy("Activity changed"),
    ("ticket", "created"): gettext_lazy("Ticket opened"),
    ("ticket", "updated"): gettext_lazy("Ticket changed"),
    ("attachment", "created"): gettext_lazy("File attached"),
    ("attachment", "restored"): gettext_lazy("File brought back"),
    ("relationship", "created"): gettext_lazy("Relationship added"),
    ("relationship", "deleted"): gettext_lazy("Relationship ended"),
    ("relationship", "restored"): gettext_lazy("Relationship brought back"),
    ("submission", "created"): gettext_lazy("Web form sent"),
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
}
MOST_LETTERS = 140

# Says the same as another key, or nothing to people.
UNTOLD = frozenset({"id", "employer_id", "companies", "display_name", "owner_assigned_at"})

# Rows of each kind that an actor sees; each is a query of its own model.
SEEN: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "note": visibility.visible_notes,
    "deal": visibility.visible_deals,
    "activity": visibility.visible_activities,
    "ticket": visibility.visible_tickets,
    "attachment": visibility.visible_attachments,
}


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
    actor: Actor, contact_id: int, *, narrowed: str = "", shown: int = SHOWN
) -> tuple[list[Entry], bool]:
    """Return the latest entries that the actor may see, and whether there are older ones."""
    rows = history.changes_about(contact_id)
    if narrowed in NARROWED:
        rows = rows.filter(record_kind__in=NARROWED[narrowed][1])
    changes = list(rows[: shown + 1])
    entries = [
        _entry(actor, change)
        for change in visible_changes(actor, changes[:shown])
        if is_told(change)
    ]
    return entries, len(changes) > shown


def is_told(change: Change) -> bool:
    """Tell whether a change is worth a line to people."""
    return (change.record_kind, change.action) in HEADINGS


def visible_changes(actor: Actor, changes: Iterable[Change]) -> list[Change]:
    """Return the changes of records that the actor sees: a private note leaves no trace.

    Nor does a contact that looks alike and that the actor does not see.
    """
    changes = _of_known_likes(actor, list(changes))
    seen: set[tuple[str, int]] = set()
    for kind, rows_of in SEEN.items():
        ids = {change.record_id for change in changes if change.record_kind == kind}
        if ids:
            seen |= {
                (kind, pk) for pk in rows_of(actor).filter(pk__in=ids).values_list("pk", flat=True)
            }
    return [
        change
        for change in changes
        if change.record_kind not in SEEN or (change.record_kind, change.record_id) in seen
    ]


def _of_known_likes(actor: Actor, changes: Sequence[Change]) -> list[Change]:
    """Leave out what was said of contacts some of which the actor does not see."""
    alike = {each.pk: set(each.after["contacts"]) for each in changes if each.record_kind == LIKE}
    named = set().union(*alike.values())
    if not named:
        return list(changes)
    seen = visibility.visible_contacts(actor, archived=None).filter(pk__in=named)
    hidden = named - set(seen.values_list("pk", flat=True))
    return [each for each in changes if not alike.get(each.pk, set()) & hidden]


def _entry(actor: Actor, change: Change) -> Entry:
    is_contact = change.record_kind == "contact"
    told = is_contact and change.action == "updated"
    return Entry(
        id=change.pk,
        heading=str(HEADINGS[change.record_kind, change.action]),
        about=_about(change),
        url=_address(change),
        who=change.user.name if change.user else _("nobody signed in"),
        door=change.dialect,
        credential=str(change.credential) if change.credential else "",
        at=change.at,
        differences=_told_differences(actor, change) if told else _written(actor, change),
        can_undo=can_undo(change),
    )


def _told_differences(actor: Actor, change: Change) -> tuple[Difference, ...]:
    return tuple(differences_of(actor, change.before, change.after))


def _written(actor: Actor, change: Change) -> tuple[Difference, ...]:
    """Return what was written in the row of an imported file.

    It may tell what others may not read: only who took it in and administrators see it.
    """
    written = change.after.get("written")
    is_own = actor.is_administrator or (change.user_id or 0) == actor.user_id
    if change.record_kind != IMPORT or not isinstance(written, dict) or not is_own:
        return ()
    return tuple(Difference(str(name), "", str(text)) for name, text in written.items())


def _about(change: Change) -> str:
    """Return in few words which note, deal or file an entry is about."""
    if change.record_kind == IMPORT:
        return _("%(file)s, row %(row)s") % change.after
    texts = (str(change.after.get(key) or "") for key in TOLD_BY.get(change.record_kind, ()))
    text = next((text for text in texts if text.strip()), "")
    if change.after.get("format") == "html":
        # Without any element; what scripts and styles hold goes with them.
        text = unescape(nh3.clean(text, tags=set()))
    return Truncator(text).chars(MOST_LETTERS)


def _address(change: Change) -> str:
    """Return the page of a record that has one of its own."""
    other = change.after.get("merged_id") or change.after.get("unmerged_id")
    if change.record_kind == "contact" and other:
        return contact_url(other)
    if change.record_kind == LIKE:
        _own, *others = change.after["contacts"]
        return contact_url(others[0])
    if change.record_kind not in ("deal", "activity", "ticket", "submission"):
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
