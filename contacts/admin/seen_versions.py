"""Store a form only if nobody else has changed the record since the form was opened."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from django.http import HttpRequest

from contacts.access import Actor, demanding
from contacts.errors import StaleError
from contacts.fields.types import written_moment

FIELD = "seen-version"


def seen_version(request: HttpRequest, record: object) -> str:
    """Return the version that a form was opened with; "" where its record has none."""
    return request.POST.get(FIELD) or _version_of(record)


def unless_changed(
    request: HttpRequest, actor: Actor, record: object
) -> AbstractContextManager[None]:
    """Let StaleError be raised for a change of a record that somebody else was faster with.

    What the same person has changed meanwhile, by a double click or in another tab, is no reason.
    """
    seen = request.POST.get(FIELD)
    if not seen or not isinstance(record, Mapping):
        return nullcontext()
    if seen != _version_of(record) and record.get("editor_id") == actor.user_id:
        return nullcontext()

    def demand(kind: str, record_id: int, changed_at: datetime | None) -> None:
        if record_id != record["id"] or changed_at is None:
            return
        if written_moment(changed_at) != seen:
            raise StaleError(kind, record_id)

    return demanding(demand)


def _version_of(record: object) -> str:
    # Of records that tell who changed them last: of others nobody could say who was faster.
    if not isinstance(record, Mapping) or "editor_id" not in record:
        return ""
    return str(record["updated_at"])
