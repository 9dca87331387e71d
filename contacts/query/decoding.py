"""Make of a stored document what an actor may know of it."""

from collections.abc import Iterator, Sequence
from typing import overload

import orjson

from contacts.access import Actor
from contacts.index import Document


def document_for(actor: Actor, body: str) -> Document:
    """Return a contact's document without the projects in which the actor is not.

    Who sees a contact need not know of all the places where others see it.
    """
    document: Document = orjson.loads(body)
    _narrow(actor, document)
    return document


def known_part(actor: Actor, document: Document) -> Document:
    """Return the same of a document that a service returned: those are whole."""
    known = dict(document)
    _narrow(actor, known)
    return known


def _narrow(actor: Actor, document: Document) -> None:
    places = document.get("projects")
    if actor.is_administrator or not isinstance(places, list):
        return
    known = [pk for pk in places if pk in actor.rights]
    if known:
        document["projects"] = known
    else:
        del document["projects"]


class StoredDocuments(Sequence[Document]):
    """The documents of a page, made of their texts when somebody looks at them."""

    def __init__(self, actor: Actor, bodies: list[str]) -> None:
        """Hold the texts as they are stored."""
        self.actor, self.bodies = actor, bodies
        self._made: dict[int, Document] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.bodies)

    def __iter__(self) -> Iterator[Document]:
        """Yield all of them."""
        return map(self.__getitem__, range(len(self.bodies)))

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...

    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        """Return one of them, always the same."""
        if isinstance(place, slice):
            return list(self)[place]
        if place < 0:
            place = range(len(self.bodies))[place]
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = document_for(self.actor, self.bodies[place])
        return made
