"""The formats in which webhooks are told of an event: our own, and those of the doors."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from contacts import jobs, query
from contacts.access import Actor
from contacts.query.submissions import find_submission


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, and what the webhook has said of itself.

    `action` is what the webhook waits for, `happened` what it was in the end: they differ where it
    waits for anything.
    """

    kind: str
    action: str
    record_id: int
    about: Mapping[str, object]
    happened: str = ""


# What is sent, or None for an event that the webhook does not mean after all.
Write = Callable[[Actor, Event], Mapping[str, object] | None]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to tell of events, and the kinds of records that it has words for."""

    write: Write
    kinds: frozenset[str]


KINDS = ("contact", "deal", "activity", "note", "ticket", "submission")


def own_format(actor: Actor, event: Event) -> Mapping[str, object] | None:
    """Return an event as we say it ourselves: its name, the number, and the record as it is now."""
    record = _record(actor, event)
    if record is None and not (event.happened == "deleted" and actor.is_administrator):
        return None
    return {"event": name_of(event), "id": event.record_id, "record": record}


def name_of(event: Event) -> str:
    """Return what we call an event, such as "contact.created"."""
    return f"{event.kind}.{event.happened or event.action}"


# What is made in the browser speaks our own format unless somebody wants another; the doors
# register theirs.
OWN = "browser"
_formats: dict[str, Format] = {OWN: Format(own_format, frozenset(KINDS))}


def hook_format(dialect: str, *, kinds: Iterable[str]) -> Callable[[Write], Write]:
    """Register the format of a dialect; done in the module `jobs` of the dialect."""

    def register(write: Write) -> Write:
        _formats[dialect] = Format(write, frozenset(kinds))
        return write

    return register


def offer_format(dialect: str, write: Write, *, kinds: Iterable[str]) -> None:
    """Register what is sent for a dialect that has no format of its own."""
    _formats.setdefault(dialect, Format(write, frozenset(kinds)))


def formats() -> Mapping[str, Format]:
    """Return the formats by the names of their dialects."""
    # Looking for the jobs also imports the modules in which the dialects register theirs.
    jobs.definitions()
    return _formats


def _record(actor: Actor, event: Event) -> Mapping[str, object] | None:
    if event.kind == "submission":
        return find_submission(actor, event.record_id)
    if event.kind == "contact":
        found = query.find_contacts(actor, [event.record_id], archived=None)
        return found.get(event.record_id)
    there = query.find_record(actor, event.kind, event.record_id)
    return there or query.find_record(actor, event.kind, event.record_id, archived=True)
