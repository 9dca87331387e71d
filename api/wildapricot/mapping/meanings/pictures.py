"""Fields that hold a picture."""

import re
from dataclasses import dataclass
from typing import ClassVar

from api.wildapricot.mapping.conditions import NEVER, opposite
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.query import Condition, where

_NAME = re.compile(r"(\d{1,18})(\.\w+)?")


def name_of(attachment_id: int) -> str:
    """Return the id under which a stored picture is known."""
    return f"{attachment_id}.webp"


def number_in(name: object) -> int | None:
    """Return the number in the id of a picture, or None."""
    found = _NAME.fullmatch(name.strip()) if isinstance(name, str) else None
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Picture(Meaning):
    """The avatar."""

    type: ClassVar[str] = "Picture"

    def read(self, document: Document) -> object:
        """Return the id of the picture; its address is the answer's matter."""
        avatar = document.get("avatar_id")
        return {"Id": name_of(avatar)} if isinstance(avatar, int) else None

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Take an upload for the picture, leave the one that there is, or remove it."""
        named = value.get("Id") if isinstance(value, dict) else value
        if named in (None, ""):
            draft.set("avatar", None)
            return
        number = number_in(named)
        if number is None:
            draft.refuse(name, named, "Unknown picture.")
            return
        draft.set("avatar", number)

    def equal(self, asked: Asked) -> Condition:
        """Return "is this picture"."""
        number = number_in(asked.literal.text)
        return where(asked.actor, "avatar", "eq", number) if number else NEVER

    def empty(self, actor: Actor) -> Condition:
        """Return "has no picture"."""
        return where(actor, "avatar", "is_empty", True)

    def containing(self, asked: Asked) -> Condition:
        """Return "has a picture" for the empty text, else "is this picture"."""
        return self.equal(asked) if asked.literal.text else opposite(self.empty(asked.actor))
