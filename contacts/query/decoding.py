"""Make of a stored document what an actor may know of it."""

import orjson

from contacts.access import Actor
from contacts.index import Document


def document_for(actor: Actor, body: str) -> Document:
    """Return a contact's document without the projects in which the actor is not.

    Who sees a contact need not know of all the places where others see it.
    """
    document: Document = orjson.loads(body)
    places = document.get("projects")
    if actor.is_administrator or not isinstance(places, list):
        return document
    known = [pk for pk in places if pk in actor.rights]
    if known:
        document["projects"] = known
    else:
        del document["projects"]
    return document
