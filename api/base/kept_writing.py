"""Keep what was written of a contact's document while neither it nor what it refers to changes.

Programs ask for the same contacts again and again. How a dialect writes a contact in a list follows
from the text of its document, from the small tables, and from who asks and how: where these are
equal, so is the answer, and the document need not even be read.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from contacts.access import Actor
from contacts.fields import reference
from contacts.query import StoredDocuments

# As many as the longest usual pages hold; a process needs some megabytes for two of them.
KEEP_AT_MOST = 1_000

Written = TypeVar("Written")

# Everything that keeps, each made once with its module.
_all: list["KeptWriting[Any]"] = []


class KeptWriting(Generic[Written]):
    """What pure functions of documents have written; nobody may change it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.by_manner: dict[Hashable, dict[str, Written]] = {}
        _all.append(self)

    def written(
        self,
        actor: Actor,
        manner: Hashable,
        documents: Sequence[Mapping[str, Any]],
        write: Callable[[Any], Written],
    ) -> list[Written]:
        """Return what is written of each document; ``manner`` is all else that ``write`` knows."""
        if not isinstance(documents, StoredDocuments):
            return [write(document) for document in documents]
        known = self.known(actor, manner, len(documents))
        found: list[Written] = []
        for place, body in enumerate(documents.bodies):
            text = known.get(body)
            if text is None:
                text = known[body] = write(documents[place])
            found.append(text)
        return found

    def known(self, actor: Actor, manner: Hashable, count: int) -> dict[str, Written]:
        """Return what is known now, by the texts of documents, for so many of them to be added."""
        if count > KEEP_AT_MOST:
            # The next page would find too much and forget it all.
            return {}
        if sum(map(len, self.by_manner.values())) > KEEP_AT_MOST:
            self.by_manner.clear()
        versions = tuple(map(reference.version, reference.STAMPS))
        # Of the projects of a contact somebody sees those that are theirs.
        asker = (actor.sight, actor.locale, actor.time_zone)
        return self.by_manner.setdefault((manner, versions, asker), {})


def forget_writing() -> None:
    """Forget everything written (what a contact costs that nobody has asked for is measured)."""
    for each in _all:
        each.by_manner.clear()
