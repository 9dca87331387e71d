"""Tell what the domain refuses of a contact under the names and with the values of the request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from api.wildapricot.errors import WORDS, RejectedError, Restriction
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.meanings.texts import ChannelText
from api.wildapricot.mapping.names import name_of_key
from api.wildapricot.mapping.table import table_for
from contacts.errors import Fault, InvalidError


def note_sent(draft: Draft, field: WireField, value: object) -> None:
    """Remember by what field a body speaks of keys of the catalogue."""
    meaning = field.meaning
    channel = {meaning.channel} if isinstance(meaning, ChannelText) else set()
    for key in {*meaning.keys, *channel}:
        draft.sent.setdefault(key, []).append((field.name, value))


@contextmanager
def told_as_sent(drafts: Sequence[Draft]) -> Iterator[None]:
    """Raise RejectedError for what the domain refuses of the last of these drafts."""
    try:
        yield
    except InvalidError as error:
        if not drafts:
            raise
        faults = [_restriction(drafts[-1], fault) for fault in error.faults]
        raise RejectedError(faults) from None


def _restriction(draft: Draft, fault: Fault) -> Restriction:
    words = WORDS.get(fault.code, WORDS["invalid"])
    sent = draft.sent.get(fault.key, [])
    # Where several fields speak of one thing nobody knows whose value it was.
    name, value = sent[0] if len(sent) == 1 else (_name_of(draft, fault.key), None)
    value = fault.params.get("value", value)
    return Restriction(name, value if isinstance(value, str | int | float) else None, words)


def _name_of(draft: Draft, key: str) -> str:
    """Return the name of the field that is about one key alone, or what stands for it."""
    fields = table_for(draft.actor).fields
    return next((each.name for each in fields if each.meaning.keys == (key,)), name_of_key(key))
