"""Forget what is kept for a while and may repeat a person's words: answers, searches, jobs."""

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

from contacts.access import ids as _ids  # noqa: F401  # registers the lookup `among`
from contacts.models import (
    Activity,
    Attachment,
    Comment,
    Contact,
    ContactFact,
    CustomValue,
    Deal,
    EmailAddress,
    Job,
    Messenger,
    Note,
    Phone,
    PostalAddress,
    StoredAnswer,
    StoredSearch,
    Ticket,
    Website,
)
from contacts.services.personal_data.finding import PersonalData

# What only this person has, so that what is said about others stays.
TELLING: Mapping[type[Model], tuple[str, ...]] = {
    Contact: ("display_name", "last_name", "organization_name", "household_name", "background"),
    EmailAddress: ("address",),
    Phone: ("number", "digits"),
    PostalAddress: ("street1",),
    Website: ("url",),
    Messenger: ("handle",),
    ContactFact: ("text",),
    CustomValue: ("text",),
    Note: ("subject", "content"),
    Comment: ("content",),
    Deal: ("name", "background"),
    Ticket: ("subject", "description"),
    Activity: ("subject", "details"),
    Attachment: ("filename", "title", "content"),
}
# An answer has the moment at which its request was taken up, and is stored when that is done.
LONGEST_REQUEST = timedelta(minutes=10)
AT_ONCE = 500
# A shorter one stands in the words of others too.
SHORTEST = 4


def words_of(personal: PersonalData) -> frozenset[str]:
    """Return the texts by which the person is known, in small letters and every spelling."""
    texts = {
        str(getattr(row, column) or "").strip()
        for model, columns in TELLING.items()
        for row in personal.of(model)
        for column in columns
    }
    long_enough = (text for text in texts if len(text) >= SHORTEST)
    return frozenset(spelt.lower() for text in long_enough for spelt in _spellings(text))


def _spellings(text: str) -> Iterator[str]:
    """Yield a text as it stands in plain words, in JSON and in XML."""
    yield text
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield html.escape(text, quote=False)


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """The answers that were read beforehand, and those of them that hold one of the words.

    They are a day's, which takes a while where many programs write. On SQLite nobody else could
    write meanwhile if they were read in the transaction of the erasure. `late` are those
    from `since` on: what began in these last minutes may be stored only after the reading.
    """

    words: frozenset[str]
    since: datetime
    late: frozenset[int]
    holding: tuple[int, ...]


def look_through_answers(words: frozenset[str]) -> LookedThrough:
    """Read what has been answered until now, piece by piece."""
    since = timezone.now() - LONGEST_REQUEST
    late: set[int] = set()
    holding: list[int] = []
    last = 0
    while piece := list(
        _answers().filter(pk__gt=last).values_list("pk", "created_at", "body")[:AT_ONCE]
    ):
        last = piece[-1][0]
        late.update(pk for pk, created_at, _body in piece if created_at >= since)
        holding += [pk for pk, _created_at, body in piece if _holds([body], words)]
    return LookedThrough(words, since, frozenset(late), tuple(holding))


def forget_mentions(words: frozenset[str], before: LookedThrough) -> None:
    """Forget the answers and searches that hold one of the words, and what finished jobs said.

    `before` was read for all of the words, and perhaps for more.
    """
    latest = _answers().filter(created_at__gte=before.since)
    unread = [pk for pk in latest.values_list("pk", flat=True) if pk not in before.late]
    bodies = _answers().filter(pk__among=unread).values_list("pk", "body")
    holding = [*before.holding, *(pk for pk, body in bodies if _holds([body], words))]
    StoredAnswer.objects.filter(pk__among=holding).delete()
    searches = _mentioning(StoredSearch, ("question",), words)
    StoredSearch.objects.filter(pk__in=searches).delete()
    told = ("parameters", "state", "result", "message", "error")
    finished = Job.objects.filter(pk__in=_mentioning(Job, told, words))
    finished.exclude(finished_at=None).update(
        parameters={}, state={}, result={}, message="", error=""
    )


def _answers() -> QuerySet[StoredAnswer]:
    """Return the answers that are complete; others come with their change."""
    return StoredAnswer.objects.exclude(status=0).order_by("pk")


def _mentioning(model: type[Model], columns: tuple[str, ...], words: frozenset[str]) -> list[int]:
    rows = model._default_manager.values_list("pk", *columns).order_by("pk")
    return [pk for pk, *values in rows.iterator() if _holds(values, words)]


def _holds(values: list[object], words: frozenset[str]) -> bool:
    text = " ".join(_as_text(value) for value in values).lower()
    return any(word in text for word in words)


def _as_text(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode(errors="replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
