"""Write and read the append-only trail.

Services call `record` inside the transaction of the change, so nothing changes without an entry
and no entry tells of what did not happen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from contacts.access import Actor
from contacts.fields import reference
from contacts.history.announcing import announce, is_anybody_listening, is_awaited
from contacts.index.inserting import Inserts, as_json, as_moment, write_rows, write_tuples
from contacts.index.making import new_row
from contacts.models import Change, FormerContact

# Follows from other fields or changes with every write: telling of it would only make noise.
SILENT = frozenset({"updated_at", "editor_id", "sort_name"})

# Those of many entries are written without rows in memory.
COLUMNS = (
    "record_kind",
    "record_id",
    "contact_id",
    "action",
    "before",
    "after",
    "user_id",
    "credential_id",
    "dialect",
    "request_id",
    "at",
)

Values = Mapping[str, object]


def difference(before: Values, after: Values) -> tuple[dict[str, object], dict[str, object]]:
    """Return the parts of two documents that differ, old and new."""
    if not before:
        told = after.items()
        return {}, {key: each for key, each in told if each is not None and key not in SILENT}
    keys = [
        key for key in (before.keys() | after.keys()) - SILENT if before.get(key) != after.get(key)
    ]
    return (
        {key: before.get(key) for key in keys if key in before},
        {key: after.get(key) for key in keys if key in after},
    )


def record(  # noqa: PLR0913  # the columns of one entry
    actor: Actor,
    kind: str,
    record_id: int,
    action: str,
    *,
    before: Values | None = None,
    after: Values | None = None,
    contact_id: int | None = None,
) -> None:
    """Write one entry; nothing is written for an update that changed nothing.

    `before` and `after` are whole documents; only what differs is kept. `contact_id` names the
    contact in whose timeline the entry belongs.
    """
    reference.forget_data()
    old, new = difference(before or {}, after or {})
    if action == "updated" and not old and not new:
        return
    made = _maker(actor, kind)
    _store([made(record_id, action, old, new, contact_id)])


def record_many(
    actor: Actor,
    kind: str,
    entries: Iterable[tuple[int, str, Values, Values]],
    *,
    inserts: Inserts | None = None,
) -> None:
    """Write entries of many contacts at once: (id, action, before, after).

    With `inserts` they are stored together with what else is to be inserted.
    """
    reference.forget_data()
    told = [(pk, action, *difference(before, after)) for pk, action, before, after in entries]
    if is_anybody_listening():
        made = _maker(actor, kind)
        _store([made(*each, each[0]) for each in told])
        return
    same = (actor.user_id, actor.credential_id, actor.dialect, actor.request_id)
    at = as_moment(timezone.now())
    rows = [
        (kind, pk, pk, action, as_json(old), as_json(new), *same, at)
        for pk, action, old, new in told
    ]
    if inserts is not None:
        inserts.add(Change, COLUMNS, rows)
    else:
        write_tuples(Change, COLUMNS, rows)


def _store(rows: Sequence[Change]) -> None:
    if is_awaited(rows):
        announce(Change.objects.bulk_create(rows, batch_size=1_000))
    else:
        write_rows(Change, rows)


def _maker(actor: Actor, kind: str) -> Callable[[int, str, Values, Values, int | None], Change]:
    """Return what makes the entries of one change, all of the same moment."""
    same = {
        "record_kind": kind,
        "user_id": actor.user_id,
        "credential_id": actor.credential_id,
        "dialect": actor.dialect,
        "request_id": actor.request_id,
        "at": timezone.now(),
    }

    def made(
        record_id: int, action: str, before: Values, after: Values, contact_id: int | None
    ) -> Change:
        return new_row(
            Change,
            record_id=record_id,
            contact_id=record_id if kind == "contact" else contact_id,
            action=action,
            before=before,
            after=after,
            **same,
        )

    return made


def changes_of(kind: str, record_id: int) -> QuerySet[Change]:
    """Return the entries of one record, newest first."""
    return Change.objects.filter(record_kind=kind, record_id=record_id).order_by("-id")


def changes_about(contact_id: int) -> QuerySet[Change]:
    """Return the entries in a contact's timeline, newest first, with who and through what.

    Those of contacts that were merged into it are among them.
    """
    former = FormerContact.objects.filter(contact_id=contact_id).values_list("pk", flat=True)
    changes = Change.objects.filter(contact_id__in=[contact_id, *former]).order_by("-id")
    return changes.select_related("user", "credential")


def latest() -> QuerySet[Change]:
    """Return the entries of all kinds of records, newest first, with who wrote them.

    Ask for few and choose among them: a condition on the kind would sort the whole trail.
    """
    return Change.objects.order_by("-id").select_related("user")


def last_number() -> int:
    """Return the number of the last entry of all, or 0."""
    return Change.objects.order_by("-id").values_list("pk", flat=True).first() or 0


def version_of(kind: str, record_id: int) -> int:
    """Return the id of a record's latest entry, or 0: it moves with every change."""
    return changes_of(kind, record_id).values_list("pk", flat=True).first() or 0


def last_entry(kind: str, record_id: int) -> tuple[int, datetime | None]:
    """Return the version of a record with its moment; nothing is known from before its trail."""
    found = changes_of(kind, record_id).values_list("pk", "at").first()
    return found or (0, None)


def is_changed_by_others(actor: Actor, kind: str, record_id: int, version: int) -> bool:
    """Tell whether anybody but the actor has changed a record since it had a version."""
    since = changes_of(kind, record_id).filter(pk__gt=version)
    return any(user_id != actor.user_id for user_id in since.values_list("user_id", flat=True))


def version_at(kind: str, record_id: int, moment: datetime) -> int:
    """Return the version that a record had at a moment, or 0 from before its trail."""
    before = changes_of(kind, record_id).filter(at__lte=moment)
    return before.values_list("pk", flat=True).first() or 0


def earlier(kind: str, record_id: int, document: Values, version: int) -> dict[str, object]:
    """Return a record's document as it was at a version, from its document now."""
    rolled_back = dict(document)
    for change in changes_of(kind, record_id).filter(pk__gt=version):
        for key in change.before.keys() | change.after.keys():
            if key in change.before:
                rolled_back[key] = change.before[key]
            else:
                rolled_back.pop(key, None)
    return rolled_back
