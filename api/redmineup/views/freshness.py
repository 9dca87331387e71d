"""Refuse a change of a record that is not any more what the client has read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.base.requests import DialectRequest
from api.base.versions import Precondition, precondition_of
from contacts.query import get_record


def asks_for_version(request: DialectRequest) -> bool:
    """Say whether the request makes any demand."""
    return precondition_of(request) != Precondition()


def require_unchanged(request: DialectRequest, document: Mapping[str, Any]) -> None:
    """Raise StaleError where a contact is not any more what the client has read."""
    version = str(document["updated_at"])
    precondition_of(request).require(
        version,
        kind="contact",
        record_id=document["id"],
        modified=datetime.fromisoformat(version),
    )


def require_fresh(request: DialectRequest, kind: str, record_id: int) -> None:
    """Raise StaleError where ``If-Match`` or ``If-Unmodified-Since`` forbid the change.

    Raises NotFoundError too; without those headers it asks nothing.
    """
    asked = precondition_of(request)
    if asked == Precondition():
        return
    version = str(get_record(request.actor, kind, record_id)["updated_at"])
    asked.require(version, kind=kind, record_id=record_id, modified=datetime.fromisoformat(version))
