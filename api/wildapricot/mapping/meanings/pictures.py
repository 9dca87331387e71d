"""Fields that hold a picture."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from api.wildapricot.mapping.conditions import NEVER, opposite
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.query import Condition, where
from contacts.services.staged_pictures import find_staged_file, find_staged_picture

_NAME = re.compile(r"(\d{1,18})(\.\w+)?")


def name_of(attachment_id: int) -> str:
    """Return the id under which a stored picture is known: a program gets it as PNG."""
    return f"{attachment_id}.png"


def number_in(name: object) -> int | None:
    """Return the number in the id of a picture, or None."""
    if isinstance(name, bool) or not isinstance(name, str | int):
        return None
    found = _NAME.fullmatch(str(name).strip())
    return int(found[1]) if found else None


def _named(value: object) -> object:
    """Return the id in a value: text, or an object with it; an object without one names nothing."""
    if not isinstance(value, dict):
        return value
    fields = {str(key).casefold(): each for key, each in value.items()}
    return fields.get("id", "?") if fields else None


@dataclass(frozen=True)
class Picture(Meaning):
    """The avatar."""

    type: ClassVar[str] = "Picture"
    # Below which address of the account the file is.
    place: ClassVar[str] = "Pictures"

    def kept(self, document: Mapping[str, Any]) -> object:
        """Return the id of the file."""
        return document.get("avatar_id")

    def read(self, document: Document) -> object:
        """Return the id of the picture; its address is the answer's matter."""
        kept = self.kept(document)
        return {"Id": name_of(kept)} if isinstance(kept, int) else None

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Take an upload for the picture, leave the one that there is, or remove it."""
        named = _named(value)
        if named in (None, ""):
            draft.set(self.keys[0], None)
            return
        number = number_in(named)
        if number is not None and number == self.kept(draft.document):
            return
        if number is None or not self.is_staged(draft.actor, number):
            # Upstream's words: a published client looks for them, and sends the rest again.
            draft.refuse(name, named, f"Picture with id '{str(named)[:100]}' not found.")
            return
        draft.set(self.keys[0], number)

    def is_staged(self, actor: Actor, number: int) -> bool:
        """Tell whether this is a file that the actor may put here."""
        return find_staged_picture(actor, number) is not None

    def equal(self, asked: Asked) -> Condition:
        """Return "is this picture"."""
        number = number_in(asked.literal.text)
        return where(asked.actor, self.keys[0], "eq", number) if number else NEVER

    def empty(self, actor: Actor) -> Condition:
        """Return "has no picture"."""
        return where(actor, self.keys[0], "is_empty", True)

    def containing(self, asked: Asked) -> Condition:
        """Return "has a picture" for the empty text, else "is this picture"."""
        return self.equal(asked) if asked.literal.text else opposite(self.empty(asked.actor))


@dataclass(frozen=True)
class CustomPicture(Picture):
    """A picture in a custom field."""

    number: int = 0

    def kept(self, document: Mapping[str, Any]) -> object:
        """Return the id of the file."""
        value = document.get("custom", {}).get(str(self.number))
        return value[0] if isinstance(value, list) else value


@dataclass(frozen=True)
class CustomFile(CustomPicture):
    """A file of any kind in a custom field; programs get its number and its address."""

    place: ClassVar[str] = "Attachments"

    def read(self, document: Document) -> object:
        """Return the number of the file as text."""
        kept = self.kept(document)
        return {"Id": str(kept)} if isinstance(kept, int) else None

    def is_staged(self, actor: Actor, number: int) -> bool:
        """Tell whether this is a file that the actor may put here."""
        return find_staged_file(actor, number) is not None
