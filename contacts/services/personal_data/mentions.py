"""Forget what is kept for a while and may repeat a person's words: answers, searches, jobs."""

import html
import json
from collections.abc import Iterator, Mapping

from django.db.models import Model

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


def forget_mentions(words: frozenset[str]) -> None:
    """Forget the answers and searches that hold one of the words, and what finished jobs said."""
    for model, columns in ((StoredAnswer, ("body",)), (StoredSearch, ("question",))):
        model._default_manager.filter(pk__in=_mentioning(model, columns, words)).delete()
    told = ("parameters", "state", "result", "message", "error")
    finished = Job.objects.filter(pk__in=_mentioning(Job, told, words))
    finished.exclude(finished_at=None).update(
        parameters={}, state={}, result={}, message="", error=""
    )


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
