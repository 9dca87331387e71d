"""Remember the answer to a request, so that a retry gets it again instead of a second effect.

The answer is stored in the transaction of the change itself. A server that dies in between leaves
neither, and two retries at the same moment cannot both act: the second waits for the first at the
unique constraint and is then given the first one's answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.errors import ConflictError
from contacts.models import StoredAnswer

KEEP = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What was, or is again, sent to the client."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    replayed: bool = False


def answer_once(
    actor_key: str, key: str, *, fingerprint: str, produce: Callable[[], Answer]
) -> Answer:
    """Return the stored answer to this key, or produce one and store it.

    Raises ``ConflictError`` when the key was used for another request (another fingerprint). When
    ``produce`` raises, nothing is stored and its changes are undone, so the retry may act.
    """
    StoredAnswer.objects.filter(
        actor_key=actor_key, key=key, created_at__lt=timezone.now() - KEEP
    ).delete()
    with transaction.atomic():
        place = _reserve(actor_key, key, fingerprint)
        if place is None:
            return _stored(actor_key, key, fingerprint)
        answer = produce()
        place.status = answer.status
        place.headers = dict(answer.headers)
        place.body = answer.body
        place.save(update_fields=["status", "headers", "body"])
    return answer


def forget_old_answers() -> int:
    """Delete the answers nobody may ask for any more; return how many."""
    count, _ = StoredAnswer.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
    return count


def _reserve(actor_key: str, key: str, fingerprint: str) -> StoredAnswer | None:
    try:
        # A savepoint of its own: a failed insert would spoil the outer transaction on PostgreSQL.
        with transaction.atomic():
            return StoredAnswer.objects.create(
                actor_key=actor_key, key=key, fingerprint=fingerprint
            )
    except IntegrityError:
        return None


def _stored(actor_key: str, key: str, fingerprint: str) -> Answer:
    stored = StoredAnswer.objects.get(actor_key=actor_key, key=key)
    if stored.fingerprint != fingerprint:
        raise ConflictError("idempotency_key_reused")
    return Answer(stored.status, stored.headers, bytes(stored.body), replayed=True)
