"""Write by what a person is found in submissions and in what is kept of deleted records."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contacts.fields.text import key_of
from contacts.models import DeletedRecord, DeletedReference, Submission, SubmissionAddress

EMAIL = "email"
# The columns by which a kept row hangs on a record; a view of a list hangs on nothing.
_COLUMNS = {
    "contact": "contact",
    "contact_a": "contact",
    "contact_b": "contact",
    "deal": "deal",
    "ticket": "ticket",
    "note": "note",
    "activity": "activity",
}
# As long as the key of an e-mail address (`contacts.models.EmailAddress`).
_LONGEST = 254
_BATCH = 1_000


def trace_submissions(submissions: Iterable[Submission]) -> None:
    """Note the e-mail addresses of what was sent."""
    for submission in submissions:
        SubmissionAddress.objects.filter(submission=submission).delete()
        SubmissionAddress.objects.bulk_create(
            SubmissionAddress(submission=submission, text=text)
            for text in sorted(addresses_in([submission.values, submission.prepared]))
        )


def trace_deleted(kept: DeletedRecord) -> None:
    """Note what the rows of a deleted record name."""
    DeletedReference.objects.filter(deleted=kept).delete()
    named = {reference for row in kept.rows for reference in references_of(row)}
    DeletedReference.objects.bulk_create(
        (DeletedReference(deleted=kept, noun=noun, text=text) for noun, text in sorted(named)),
        batch_size=_BATCH,
    )


def references_of(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a serialised row names: the noun with an id, or "email" with an address."""
    fields = row.get("fields", {})
    for column, noun in _COLUMNS.items():
        if fields.get(column) is not None:
            yield noun, str(fields[column])
    if row.get("model") == Submission._meta.label_lower:
        for text in addresses_in([fields.get("values"), fields.get("prepared")]):
            yield EMAIL, text


def addresses_in(value: object) -> set[str]:
    """Return the comparison keys of the texts in a value of JSON that may be e-mail addresses."""
    return {key_of(text)[:_LONGEST] for text in _texts_in(value) if "@" in text}


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)
