"""Map Toy's names to fields of the catalogue, and back."""

from collections.abc import Mapping

from api.base.errors import MalformedRequestError
from contacts.access import Actor
from contacts.errors import UnknownFieldError
from contacts.query import Condition, where
from tests.toy_dialects.toy.grammar import Clause

FIELDS = {"forename": "first_name", "surname": "last_name", "work": "job_title"}


def resolve(actor: Actor, clause: Clause | None) -> Condition | None:
    """Return the condition of a clause."""
    if clause is None:
        return None
    if clause.name not in FIELDS:
        raise UnknownFieldError(clause.name)
    return where(actor, FIELDS[clause.name], clause.operator, clause.value)


def from_wire(sent: object) -> dict[str, object]:
    """Return the values of a contact as it was sent; unknown names are ignored."""
    if not isinstance(sent, Mapping):
        raise MalformedRequestError("a contact is an object")
    return {key: sent[name] for name, key in FIELDS.items() if name in sent}


def to_wire(document: Mapping[str, object]) -> dict[str, object]:
    """Return a contact as Toy writes it."""
    return {
        "number": document["id"],
        **{name: document.get(key) for name, key in FIELDS.items()},
    }
