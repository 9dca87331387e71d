"""Keep questions that are fetched later, and forget them in time."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

import orjson
from django.utils import timezone

from contacts.access import Actor
from contacts.access.secrets import new_secret
from contacts.errors import NotFoundError
from contacts.index.documents import plain
from contacts.models import StoredSearch

Document = dict[str, object]

LIVE = timedelta(hours=1)
# The same question within this time is the same search: clients ask again until it is answered.
SAME_WITHIN = timedelta(minutes=10)


def keep_search(actor: Actor, question: Mapping[str, object]) -> tuple[Document, bool]:
    """Return the search of this question, and whether it is new.

    One that the same user asked a short time ago is found again.
    """
    now = timezone.now()
    digest = _digest_of(actor, question)
    same = StoredSearch.objects.filter(digest=digest, created_at__gt=now - SAME_WITHIN)
    found = same.order_by("-created_at", "-pk").first()
    if found is not None:
        return _document(found), False
    row = StoredSearch.objects.create(
        key=new_secret(32),
        owner_id=actor.user_id,
        question=dict(question),
        digest=digest,
        created_at=now,
        expires_at=now + LIVE,
    )
    return _document(row), True


def forget_searches() -> int:
    """Delete the searches that nobody may fetch any more; return how many."""
    count, _by_model = StoredSearch.objects.filter(expires_at__lte=timezone.now()).delete()
    return count


def get_search(key: str) -> Document:
    """Return a search by its key; raises NotFoundError for an unknown or expired one.

    Whoever knows the key may ask: the answer holds only what the asker sees.
    """
    now = timezone.now()
    row = StoredSearch.objects.filter(key=key, expires_at__gt=now).first()
    if row is None:
        raise NotFoundError("stored_search", key)
    if row.evaluated_at is None:
        row.evaluated_at = now
        StoredSearch.objects.filter(pk=row.pk, evaluated_at=None).update(evaluated_at=now)
    return _document(row)


def _digest_of(actor: Actor, question: Mapping[str, object]) -> str:
    asked = {"by": actor.user_id, "through": actor.dialect, "question": dict(question)}
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _document(row: StoredSearch) -> Document:
    names = ("key", "question", "created_at", "evaluated_at", "expires_at")
    return {name: plain(getattr(row, name)) for name in names}
