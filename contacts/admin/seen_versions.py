"""Store a form only if nobody else has changed the record since the form was opened."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from django.http import HttpRequest

from contacts import history
from contacts.access import Actor, demanding
from contacts.admin.tables import Record
from contacts.errors import StaleError
from contacts.fields.types import written_moment

FIELD = "seen-version"


def seen_version(request: HttpRequest, kind: str, record: Record) -> str:
    """Return the version that a form was opened with; "" for a new record."""
    return request.POST.get(FIELD) or _version_of(kind, record)


def unless_changed(
    request: HttpRequest, actor: Actor, kind: str, record: Record
) -> AbstractContextManager[None]:
    """Let StaleError be raised for a change of a record that somebody else was faster with.

    What the same person has changed meanwhile, by a double click or in another tab, is no reason.
    """
    seen = request.POST.get(FIELD)
    if not seen or not record:
        return nullcontext()
    if isinstance(record, Mapping) and "editor_id" in record:
        return _unless_edited(actor, record, seen)
    return _unless_entered(actor, kind, _id_of(record), seen)


def _unless_edited(
    actor: Actor, record: Mapping[str, object], seen: str
) -> AbstractContextManager[None]:
    if seen != str(record["updated_at"]) and record.get("editor_id") == actor.user_id:
        return nullcontext()

    def demand(kind: str, record_id: int, changed_at: datetime | None) -> None:
        if record_id != record["id"] or changed_at is None:
            return
        if written_moment(changed_at) != seen:
            raise StaleError(kind, record_id)

    return demanding(demand)


def _unless_entered(
    actor: Actor, kind: str, record_id: int, seen: str
) -> AbstractContextManager[None]:
    """Let the history say who was faster, for records that do not tell it themselves."""

    def demand(changed: str, changed_id: int, _changed_at: datetime | None) -> None:
        if (changed, changed_id) != (kind, record_id):
            return
        if not seen.isdecimal() or history.is_changed_by_others(actor, kind, record_id, int(seen)):
            raise StaleError(kind, record_id)

    return demanding(demand)


def _version_of(kind: str, record: Record) -> str:
    if not record:
        return ""
    if isinstance(record, Mapping) and "editor_id" in record:
        return str(record["updated_at"])
    return str(history.version_of(kind, _id_of(record)))


def _id_of(record: Record) -> int:
    return int(record["id"] if isinstance(record, Mapping) else record.pk)
