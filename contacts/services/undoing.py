"""Take back what was done: one change of a contact, or everything that one request changed.

Of deals, activities and tickets only the way into the trash and out of it leads back.

What somebody else has changed since stays as it is now. Undoing is a change like any other: it
needs the same rights, is in the history, and can itself be undone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.errors import DomainError, NotFoundError
from contacts.fields import catalogue
from contacts.index import Document
from contacts.models import Change
from contacts.services.activities import archive_activity, restore_activity
from contacts.services.channels import MODELS
from contacts.services.contacts import archive_contact, restore_contact, update_contact
from contacts.services.deals import archive_deal, restore_deal
from contacts.services.tickets import archive_ticket, restore_ticket

MOST_CHANGES = 1_000
Way = Callable[[Actor, int], Document]

# Follow from other fields, or from files that are gone by now.
DERIVED = frozenset({"id", "display_name", "owner_assigned_at", "archived_at", "avatar_id"})
COMPANY = frozenset({"company", "companies", "employer_id"})


@dataclass(frozen=True, slots=True)
class Undone:
    """How many changes were taken back, and how many could not be."""

    count: int
    refused: int


def undo_request(actor: Actor, request_id: str) -> Undone:
    """Take back what the actor itself changed by one request, the newest change first."""
    if not request_id or actor.user_id is None:
        return Undone(0, 0)
    changes = Change.objects.filter(
        request_id=request_id, user_id=actor.user_id, record_kind__in=["contact", *_TRASH]
    ).order_by("-id")
    count = refused = 0
    for change in changes[:MOST_CHANGES]:
        try:
            count += _undo(actor, change)
        except DomainError:
            refused += 1
    return Undone(count, refused)


def undo_change(actor: Actor, change_id: int) -> bool:
    """Take back one change of a contact; tell whether there was anything left to take back.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    change = Change.objects.filter(pk=change_id, record_kind="contact").first()
    if change is None:
        raise NotFoundError("change", change_id)
    return _undo(actor, change)


def can_undo(change: Change) -> bool:
    """Tell whether a change is of a kind that can be taken back."""
    if change.record_kind != "contact":
        return False
    if change.action != "updated":
        return change.action in _OPPOSITES
    return bool((change.before.keys() | change.after.keys()) - DERIVED)


_OPPOSITES = {
    "created": archive_contact,
    "restored": archive_contact,
    "archived": restore_contact,
}

# Of each other kind of record: into the trash, and out of it.
_TRASH: dict[str, tuple[Way, Way]] = {
    "activity": (archive_activity, restore_activity),
    "deal": (archive_deal, restore_deal),
    "ticket": (archive_ticket, restore_ticket),
}


def _opposite(change: Change) -> Way | None:
    if change.record_kind == "contact":
        return _OPPOSITES.get(change.action)
    archive, restore = _TRASH[change.record_kind]
    return {"created": archive, "restored": archive, "archived": restore}.get(change.action)


def _undo(actor: Actor, change: Change) -> bool:
    opposite = _opposite(change)
    if opposite is not None:
        opposite(actor, change.record_id)
        return True
    if change.action != "updated" or change.record_kind != "contact":
        return False
    taken_back: dict[str, object] = {}

    def earlier(now: Document) -> Mapping[str, object]:
        taken_back.update(earlier_values(now, change.before, change.after))
        if "projects" in taken_back:
            ids = change.before.get("projects", [])
            # Those that the actor does not see stay as they are.
            taken_back["projects"] = list(
                visible_projects(actor).filter(pk__in=ids).values_list("pk", flat=True)
            )
        return taken_back

    update_contact(actor, change.record_id, earlier)
    return bool(taken_back)


def earlier_values(now: Document, before: Document, after: Document) -> dict[str, object]:
    """Return the values that lead back from `after` to `before`, as far as nothing moved since."""
    unmoved = {
        key for key in before.keys() | after.keys() if now.get(key) == after.get(key)
    } - DERIVED
    values: dict[str, object] = {}
    for key in unmoved - COMPANY:
        values.update(_value(key, now, before.get(key)))
    if unmoved & COMPANY:
        values.update(_company(before, after, now))
    if "custom" in before or "custom" in after:
        values.update(_custom(now, before, after))
    return values


def _value(
    key: str,
    now: Document,
    value: Any,  # noqa: ANN401  # any value of a document
) -> dict[str, object]:
    if key in MODELS:
        return {key: [_channel(key, item, now) for item in value or ()]}
    fields = catalogue("contact").by_key
    for field_key in (key, key.removesuffix("_id")):
        if field_key in fields and fields[field_key].is_writable:
            return {field_key: value}
    return {}


def _channel(key: str, item: Mapping[str, Any], now: Document) -> dict[str, object]:
    """Return a channel that names everything, for a missing key would mean "leave"."""
    traits: Any = catalogue("contact").by_key[key].traits
    texts = [name for name in traits["texts"] if not name.startswith("country")]
    whole: dict[str, object] = {name: item.get(name, "") for name in texts}
    whole |= {f"{name}_id": item.get(f"{name}_id", "") for name in traits["lists"]}
    whole |= {name: item.get(name, False) for name in traits["flags"]}
    whole |= {name: item.get(name, "") for name in traits.get("numbers", ())}
    if item.get("country_id"):
        whole["country_id"] = item["country_id"]
    elif key == "addresses":
        whole["country_text"] = item.get("country_text", "")
    items: Any = now.get(key, [])
    if item.get("id") in {each["id"] for each in items}:
        whole["id"] = item["id"]
    return whole


def _company(before: Document, after: Document, now: Document) -> dict[str, object]:
    """Return the companies as they were; of the three fields that say it, one is enough."""
    if before.get("companies"):
        return {"companies": before["companies"]}
    has_moved = "company" in before or "company" in after
    return {"company": (before if has_moved else now).get("company", "")}


def _custom(now: Document, before: Document, after: Document) -> dict[str, object]:
    old, new, present = (_by_id(document) for document in (before, after, now))
    fields = catalogue("contact").by_custom_id
    ids: Iterable[str] = old.keys() | new.keys()
    return {
        f"custom_{pk}": old.get(pk)
        for pk in ids
        if int(pk) in fields and old.get(pk) != new.get(pk) and present.get(pk) == new.get(pk)
    }


def _by_id(document: Document) -> Mapping[str, object]:
    values = document.get("custom")
    return values if isinstance(values, dict) else {}
