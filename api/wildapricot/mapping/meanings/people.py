"""Fields that tell of users: who changed a contact, and what the user behind a contact may do."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt
from typing import Any, ClassVar

from api.wildapricot.mapping.conditions import NEVER, either, every, opposite
from api.wildapricot.mapping.literals import number_of
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Condition, where

# The operators know more kinds of values than their types say together.
_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": eq,
    "gt": gt,
    "ge": ge,
    "lt": lt,
    "le": le,
}


@dataclass(frozen=True)
class EditorNumber(Meaning):
    """The number of the contact that the last editor has of its own."""

    type: ClassVar[str] = "Number"

    def read(self, document: Document) -> object:
        """Return the number, or None."""
        editor = document.get("editor_id") or document.get("author_id")
        user = reference.users().by_id.get(editor) if isinstance(editor, int) else None
        return user.number or None if user else None

    def equal(self, asked: Asked) -> Condition:
        """Return the condition of ``eq``."""
        return self._those(asked, "eq")

    def ordered(self, asked: Asked) -> Condition:
        """Return the condition of ``gt``, ``ge``, ``lt`` and ``le``."""
        return self._those(asked, asked.operator)

    def empty(self, actor: Actor) -> Condition:
        """Return "nobody with a contact of its own changed it"."""
        named = [user.id for user in reference.users().by_id.values() if user.number]
        return opposite(_edited_by(actor, named))

    def _those(self, asked: Asked, operator: str) -> Condition:
        number = number_of(asked.literal.text)
        if number is None:
            raise asked.bad_value()
        test = _TESTS[operator]
        users = reference.users().by_id.values()
        found = [user.id for user in users if user.number and test(user.number, number)]
        return _edited_by(asked.actor, found)


def _edited_by(actor: Actor, user_ids: list[int]) -> Condition:
    """Return "one of these changed it last, or made it and nobody changed it since"."""
    if not user_ids:
        return NEVER
    made = where(actor, "author", "in", user_ids)
    unchanged = where(actor, "editor", "is_empty", True)
    return either([where(actor, "editor", "in", user_ids), every([unchanged, made])])
