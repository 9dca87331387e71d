"""Fields that are parts of the primary address."""

from dataclasses import dataclass
from typing import ClassVar

from api.wildapricot.mapping.conditions import either, every
from api.wildapricot.mapping.drafts import Draft, Pick
from api.wildapricot.mapping.meanings.base import Document
from api.wildapricot.mapping.meanings.texts import ChannelText, Text, is_blank, text_of
from contacts.access import Actor
from contacts.errors import BadValueError
from contacts.fields import reference
from contacts.query import Condition, where

LINES = ("street1", "street2", "street3")


@dataclass(frozen=True)
class Street(ChannelText):
    """The street lines, one under the other."""

    def read(self, document: Document) -> object:
        """Return the lines that have text."""
        item = self.pick.find(document.get(self.channel, [])) or {}
        return "\n".join(item[line] for line in LINES if item.get(line))

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store up to three lines; what is more stays in the third."""
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        lines = [line.strip() for line in text.strip().splitlines()]
        lines[2:] = [", ".join(lines[2:])] if len(lines) > 2 else []
        parts = dict(zip(LINES, [*lines, "", "", ""], strict=False))
        draft.write_channel(self.channel, self.pick, parts, is_blank)

    def first(self, actor: Actor, operator: str, text: str) -> Condition:
        """Return the condition on the lines: each on its own, or all as they are written."""
        lines = [line.strip() for line in text.strip().splitlines()]
        if operator == "eq":
            return every(
                [
                    where(actor, key, "eq", line, scope=self.scope)
                    for key, line in zip(self.keys, [*lines, "", ""], strict=False)
                ]
            )
        return either([where(actor, key, operator, text, scope=self.scope) for key in self.keys])


@dataclass(frozen=True)
class Country(Text):
    """The country of the primary address by its English name, or as free text."""

    scope: ClassVar[str] = "primary"
    pick: ClassVar[Pick] = Pick()

    def read(self, document: Document) -> object:
        """Return the name of the country."""
        item = self.pick.find(document.get("addresses", [])) or {}
        return reference.countries().name_of(item.get("country_id")) or item.get("country_text", "")

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the country; text that names none is kept as it is."""
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        item = self.pick.find(draft.channels("addresses"))
        if item is not None:
            item.pop("country_id", None)
            item.pop("country_text", None)
        parts = {"country": text.strip()}
        draft.write_channel("addresses", self.pick, parts, is_blank)

    def first(self, actor: Actor, operator: str, text: str) -> Condition:
        """Return the condition on the country's name, or on the free text where there is none."""
        as_text = where(actor, "country_text", operator, text, scope=self.scope)
        unnamed = every([where(actor, "country", "is_empty", True, scope=self.scope), as_text])
        try:
            return either([where(actor, "country", operator, text, scope=self.scope), unnamed])
        except BadValueError:
            return unnamed
