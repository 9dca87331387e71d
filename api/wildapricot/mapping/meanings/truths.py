"""Fields that are true or false; they always have a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from api.wildapricot.mapping.conditions import ALWAYS, NEVER, either, opposite
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.literals import truth_of
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from contacts.access import Actor
from contacts.query import Condition, where


@dataclass(frozen=True)
class Flag(Meaning):
    """A yes/no under a key of the catalogue; ``inverted`` where the domain says the opposite."""

    type: ClassVar[str] = "Boolean"
    inverted: bool = False

    def read(self, document: Document) -> object:
        """Return the flag; documents leave out what is false."""
        return bool(document.get(self.keys[0])) != self.inverted

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the flag; nothing means the usual."""
        truth = truth_of(value) if value not in (None, "") else self.inverted
        if truth is None:
            draft.refuse(name, value, "Value is not true or false.")
            return
        draft.set(self.keys[0], truth != self.inverted)

    def equal(self, asked: Asked) -> Condition:
        """Return the condition on the flag."""
        truth = truth_of(asked.literal.text)
        if truth is None:
            raise asked.bad_value()
        return where(asked.actor, self.keys[0], "eq", truth != self.inverted)

    def empty(self, actor: Actor) -> Condition:
        """Return nothing: a flag is always there."""
        return NEVER


@dataclass(frozen=True)
class Derived(Meaning):
    """A yes/no that follows from other facts."""

    type: ClassVar[str] = "Boolean"

    def equal(self, asked: Asked) -> Condition:
        """Return "is true" or its opposite."""
        truth = truth_of(asked.literal.text)
        if truth is None:
            raise asked.bad_value()
        condition = self.is_true(asked.actor)
        return condition if truth else opposite(condition)

    def empty(self, actor: Actor) -> Condition:
        """Return nothing: a truth is always there."""
        return NEVER

    def is_true(self, actor: Actor) -> Condition:
        """Return the condition of those for whom it is true."""
        raise NotImplementedError


@dataclass(frozen=True)
class Donor(Derived):
    """Whether the contact has ever given anything."""

    def read(self, document: Document) -> object:
        """Return whether anything was given."""
        return float(document.get("total_donated", 0)) > 0

    def is_true(self, actor: Actor) -> Condition:
        """Return "gave something"."""
        return where(actor, "total_donated", "gt", 0)


@dataclass(frozen=True)
class EmailDisabled(Derived):
    """Whether e-mail cannot or must not be sent; writing it says whether it must not."""

    def read(self, document: Document) -> object:
        """Return whether there is no address, or a wish."""
        return bool(document.get("do_not_email")) or not document.get("emails")

    def is_true(self, actor: Actor) -> Condition:
        """Return the same as a condition."""
        wish = where(actor, "do_not_email", "eq", True)
        return either([wish, where(actor, "emails", "is_empty", True)])

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the wish, unless the value is only what follows from there being no address."""
        if value != self.read(draft.document) or not draft.document:
            Flag(("do_not_email",)).write(draft, name, value)


@dataclass(frozen=True)
class CustomFlag(Derived):
    """A custom yes/no; where nobody has said either it is false, as upstream knows no third."""

    number: int = 0

    def read(self, document: Document) -> object:
        """Return the truth."""
        return bool(self.kept(document))

    def kept(self, document: Mapping[str, Any]) -> object:
        """Return the truth where one is stored, or None."""
        return document.get("custom", {}).get(str(self.number))

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the truth, or nothing, unless false is only what is shown of no value."""
        truth = truth_of(value)
        if truth is None and value not in (None, ""):
            draft.refuse(name, value, "Value is not true or false.")
            return
        if truth is False and draft.document and self.kept(draft.document) is None:
            return
        draft.set(self.keys[0], truth)

    def is_true(self, actor: Actor) -> Condition:
        """Return "somebody has said yes"."""
        return where(actor, self.keys[0], "eq", True)


@dataclass(frozen=True)
class Archived(Meaning):
    """Whether the contact is in the trash; writing it archives and restores."""

    type: ClassVar[str] = "Boolean"

    @property
    def order(self) -> str:
        """Return the time at which it went there: those that did not come first."""
        return "archived_at"

    def read(self, document: Document) -> object:
        """Return whether it is archived."""
        return "archived_at" in document

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Remember where the contact shall go."""
        truth = truth_of(value) if value not in (None, "") else False
        if truth is None:
            draft.refuse(name, value, "Value is not true or false.")
            return
        draft.archived = truth

    def equal(self, asked: Asked) -> Condition:
        """Return "is archived" or its opposite."""
        truth = truth_of(asked.literal.text)
        if truth is None:
            raise asked.bad_value()
        return where(asked.actor, "archived_at", "is_empty", not truth)

    def empty(self, actor: Actor) -> Condition:
        """Return nothing: it is always known."""
        return NEVER


@dataclass(frozen=True)
class Constant(Meaning):
    """A truth that is the same for all contacts."""

    type: ClassVar[str] = "Boolean"
    value: bool = False

    def read(self, document: Document) -> object:
        """Return the truth."""
        return self.value

    def equal(self, asked: Asked) -> Condition:
        """Return all contacts or none."""
        truth = truth_of(asked.literal.text)
        if truth is None:
            raise asked.bad_value()
        return ALWAYS if truth == self.value else NEVER

    def empty(self, actor: Actor) -> Condition:
        """Return nothing."""
        return NEVER
