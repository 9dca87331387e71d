"""Fields that are text: of the contact itself, and of its channels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from api.wildapricot.mapping.conditions import either, every, opposite
from api.wildapricot.mapping.drafts import Draft, Item, Pick
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Condition, where


def text_of(value: object) -> str | None:
    """Return a value of a body as text, or None where it is none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)


@dataclass(frozen=True)
class Text(Meaning):
    """Text under a key of the catalogue; of several keys the first that has a value counts."""

    type: ClassVar[str] = "String"
    scope: ClassVar[str] = "any"
    # Which of the keys takes the text of which kind of contact; the first for all others.
    by_kind: tuple[tuple[str, str], ...] = ()
    trims: bool = False

    def read(self, document: Document) -> object:
        """Return the text, "" for none."""
        for key in self.keys:
            if document.get(key):
                return document[key]
        return ""

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the text under the key of the contact's kind."""
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        key = dict(self.by_kind).get(draft.kind, self.keys[0])
        draft.set(key, text.strip() if self.trims else text)

    def equal(self, asked: Asked) -> Condition:
        """Return "is this text, whatever the case"."""
        if not asked.literal.text.strip():
            return self.empty(asked.actor)
        return self.first(asked.actor, "eq", asked.literal.text)

    def containing(self, asked: Asked) -> Condition:
        """Return "holds this text"; every text holds the empty one."""
        if not asked.literal.text.strip():
            return opposite(self.empty(asked.actor))
        return self.first(asked.actor, "contains", asked.literal.text)

    def empty(self, actor: Actor) -> Condition:
        """Return "has no text"."""
        return every([where(actor, key, "is_empty", True, scope=self.scope) for key in self.keys])

    def first(self, actor: Actor, operator: str, text: str) -> Condition:
        """Return the condition on the first of the keys that has a value."""
        ways: list[Condition] = []
        for place, key in enumerate(self.keys):
            before: Sequence[Condition] = [
                where(actor, other, "is_empty", True) for other in self.keys[:place]
            ]
            ways.append(every([*before, where(actor, key, operator, text, scope=self.scope)]))
        return either(ways)


@dataclass(frozen=True)
class ChannelText(Text):
    """One part of the channel that counts: the primary e-mail, the city of the primary address.

    ``channel`` is the key of the list; ``keys`` is the key that finds the part.
    """

    channel: str = ""
    part: str = ""
    scope: ClassVar[str] = "primary"
    pick: ClassVar[Pick] = Pick()

    def read(self, document: Document) -> object:
        """Return the part of the channel that counts."""
        item = self.pick.find(document.get(self.channel, []))
        return item.get(self.part, "") if item else ""

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Change the channel that counts; the others stay."""
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        draft.write_channel(self.channel, self.pick, {self.part: text.strip()}, is_blank)


@dataclass(frozen=True)
class Email(ChannelText):
    """The primary e-mail address."""

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Change the primary address; refuse what is none, unless the contact has it already."""
        text = text_of(value)
        is_new = bool(text and text.strip()) and text != self.read(draft.document)
        if text is not None and is_new and not is_address(text.strip()):
            draft.refuse(name, text, "Invalid email address.")
            return
        items = draft.channels(self.channel)
        main = self.pick.find(items)
        if text is not None and main is not None and is_another(main):
            if text.strip() not in ("", main["address"]):
                main["is_primary"] = False
                items.insert(0, {"address": text.strip(), "is_primary": True})
            return
        super().write(draft, name, value)
        following = self.pick.find(items)
        if text is not None and following is not None and following is not main and main:
            # The next address takes its place, and is no less another one.
            following["second"] = following["address"]


def is_another(item: Item) -> bool:
    """Tell whether the address that counts was given as another one: there was no other then."""
    return bool(item.get("second")) and item["second"] == item.get("address")


@dataclass(frozen=True)
class OtherEmails(ChannelText):
    """All e-mail addresses but the primary one, with commas between them."""

    scope: ClassVar[str] = "further"

    def read(self, document: Document) -> object:
        """Return the addresses."""
        items = document.get(self.channel, [])
        main = self.pick.find(items)
        return ", ".join(item["address"] for item in items if item is not main)

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Replace the other addresses; one that stays keeps what is known of it.

        They are taken as they come: the vendor's samples write any text into every text field.
        """
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        if text == self.read(draft.document):
            # What was read is sent back: an address with a comma in it stays one.
            return
        wanted = [each.strip() for each in re.split(r"[,;]", text) if each.strip()]
        items = draft.channels(self.channel)
        main = self.pick.find(items)
        known = {item["address"]: item for item in items if item is not main}
        if main is not None and is_another(main):
            wanted = [each for each in wanted if each != main["address"]]
        others = [known.get(each, {"address": each}) for each in wanted]
        if main is None and others:
            others[0]["second"] = others[0]["address"]
        items[:] = ([] if main is None else [main]) + others

    def first(self, actor: Actor, operator: str, text: str) -> Condition:
        """Return "all of these are among them", or "one of them holds the text"."""
        if operator == "contains":
            return where(actor, self.keys[0], operator, text, scope=self.scope)
        wanted = [each.strip() for each in text.split(",") if each.strip()]
        return every([where(actor, self.keys[0], "eq", each, scope=self.scope) for each in wanted])


_ADDRESS = re.compile(r"[^\s@,;<>()\[\]\\\"]+@[^\s@,;<>()\[\]\\\"]+\.[^\s@,;.<>()\[\]\\\"]+")


def is_address(text: str) -> bool:
    """Tell whether a text looks like an e-mail address."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and ".." not in text and not text.startswith(".")


class _MainPhone(Pick):
    """The primary phone, unless a field of its own shows it."""

    def add(self, items: list[Item], parts: Item) -> None:
        """Put the new number first and make it the primary one."""
        for item in items:
            item["is_primary"] = False
        items.insert(0, {**parts, "is_primary": True})


@dataclass(frozen=True)
class MainPhone(ChannelText):
    """The primary phone; a mobile or fax that happens to be primary is not overwritten."""

    pick: ClassVar[Pick] = _MainPhone()

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Change the number, or put a new one before a mobile or fax that has another."""
        text = text_of(value)
        items = draft.channels(self.channel)
        item = self.pick.find(items)
        own_field = {type_id(word) for word in ("mobile", "fax")}
        if item is not None and item.get("type_id") in own_field and text:
            if item.get(self.part) != text.strip():
                self.pick.add(items, {self.part: text.strip()})
            return
        super().write(draft, name, value)


@dataclass(frozen=True)
class TypedPhone(Text):
    """The first phone of a type; ``word`` is the machine name of the type."""

    word: str = ""

    @property
    def pick(self) -> Pick:
        """Return which phone counts."""
        return TypedPick(self.word)

    def read(self, document: Document) -> object:
        """Return the number."""
        wanted = type_id(self.word)
        for item in document.get("phones", ()):
            if item.get("type_id") == wanted:
                return item.get("number", "")
        return ""

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Change the number of the type; the other phones stay."""
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        draft.write_channel("phones", self.pick, {"number": text.strip()}, is_blank)


class TypedPick(Pick):
    """The first phone of a type."""

    def __init__(self, word: str) -> None:
        """Remember the machine name of the type."""
        self.word = word

    def find(self, items: list[Item]) -> Item | None:
        """Return the first of the type, or None."""
        wanted = type_id(self.word)
        return next((item for item in items if item.get("type_id") == wanted), None)

    def add(self, items: list[Item], parts: Item) -> None:
        """Add a phone of the type behind the others."""
        items.append({**parts, "type_id": type_id(self.word)})


def type_id(word: str) -> int | None:
    """Return the id of a type of phone by its machine name."""
    option = reference.options().named("phone_type", word)
    return option.pk if option else None


_PLACE_PARTS = (
    "street1",
    "street2",
    "street3",
    "city",
    "region",
    "postcode",
    "po_box",
    "country_id",
    "country_text",
    "country",
)


def is_blank(item: Item) -> bool:
    """Tell whether nothing is left of a channel by which it would be one."""
    named = ("address", "number", "url", "handle", *_PLACE_PARTS)
    return not any(item.get(key) for key in named)
