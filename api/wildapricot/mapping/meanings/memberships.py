"""Fields that only members have, and groups; of whoever is no member they count as missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, ClassVar

from api.wildapricot.mapping.conditions import NEVER, either, every
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.literals import integer_of, number_of
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from api.wildapricot.mapping.meanings.choices import (
    UNEXPECTED,
    Choices,
    FixedChoice,
    Shown,
    references,
)
from api.wildapricot.mapping.meanings.truths import Derived, Flag
from api.wildapricot.mapping.options import Option, chosen, named_in_filter
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Condition, where

INDIVIDUAL = 0
# The operators know more kinds of values than their types say together.
TESTS: dict[str, Callable[[Any, Any], bool]] = {"gt": gt, "ge": ge, "lt": lt, "le": le}


def is_member(document: Document) -> bool:
    """Tell whether a contact is a member."""
    return "membership_level_id" in document


@dataclass(frozen=True)
class Member(Derived):
    """Whether the contact is a member."""

    def read(self, document: Document) -> object:
        """Return whether there is a level."""
        return is_member(document)

    def is_true(self, actor: Actor) -> Condition:
        """Return "is a member"."""
        return where(actor, "is_member", "eq", True)


@dataclass(frozen=True)
class Suspended(Derived):
    """Whether the membership is switched off."""

    def read(self, document: Document) -> object:
        """Return whether there is a level, but not enabled."""
        return is_member(document) and not document.get("is_membership_enabled")

    def is_true(self, actor: Actor) -> Condition:
        """Return "is a suspended member"."""
        return where(actor, "is_suspended_member", "eq", True)


@dataclass(frozen=True)
class MemberFlag(Flag):
    """A flag of a membership, which nobody else has."""

    def empty(self, actor: Actor) -> Condition:
        """Return "is no member"."""
        return where(actor, self.keys[0], "is_empty", True)


@dataclass(frozen=True)
class Status(FixedChoice):
    """Where the membership stands; contacts show all that is known of the option."""

    def read(self, document: Document) -> object:
        """Return the option as upstream writes it, or None."""
        key = document.get(self.keys[0])
        for position, option in enumerate(self.fixed):
            if option.key == key:
                return {
                    **option.reference,
                    "Value": option.label,
                    "SelectedByDefault": False,
                    "Position": position,
                }
        return None


@dataclass(frozen=True)
class Level(Meaning):
    """The level by its number; filters also know it by its name."""

    type: ClassVar[str] = "Number"

    def read(self, document: Document) -> object:
        """Return the number, or None."""
        return document.get("membership_level_id")

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the level; nothing ends the membership."""
        if value in (None, ""):
            draft.set("membership_level", None)
            return
        option = chosen(levels(), value)
        if option is None:
            draft.refuse(name, value, UNEXPECTED)
            return
        draft.set("membership_level", option.key)

    def equal(self, asked: Asked) -> Condition:
        """Return "is a member at one of the levels that the literal means"."""
        suffix = asked.suffix or ("" if _names_the_level(asked.name) else "id")
        found = named_in_filter(levels(), asked.literal.text, suffix)
        if not found and suffix == "id" and integer_of(asked.literal.text) is None:
            raise asked.bad_value()
        return _at(asked.actor, found)

    def ordered(self, asked: Asked) -> Condition:
        """Return the comparison of the numbers."""
        number = number_of(asked.literal.text)
        if number is None:
            raise asked.bad_value()
        test = TESTS[asked.operator]
        return _at(asked.actor, [level for level in levels() if test(level.id, number)])

    def empty(self, actor: Actor) -> Condition:
        """Return "is no member"."""
        return where(actor, "is_member", "eq", False)


def _names_the_level(name: str) -> bool:
    """Tell whether a filter says "level" and not "level ID": then its name will do as well."""
    return name.strip().casefold().replace(" ", "") == "membershiplevel"


def levels() -> list[Option]:
    """Return the levels to choose from."""
    return [
        Option(row.id, row.name, row.id) for row in reference.membership_levels().by_id.values()
    ]


def _at(actor: Actor, found: Sequence[Option]) -> Condition:
    if not found:
        return NEVER
    return where(actor, "membership_level", "in", [level.key for level in found])


@dataclass(frozen=True)
class Role(FixedChoice):
    """What the member is in its bundle; null for whoever is a member alone."""

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the role; who becomes an individual leaves the bundle."""
        if value in (None, "", []):
            return
        option = chosen(self.fixed, value[0] if isinstance(value, list) else value)
        if option is None:
            draft.refuse(name, None, UNEXPECTED)
        elif option.id == INDIVIDUAL:
            draft.set("bundle", None)
        else:
            draft.set(self.keys[0], option.key)

    def among(self, actor: Actor, options: Sequence[Option]) -> Condition:
        """Return "has one of these roles"; individuals are members without any."""
        others = [option for option in options if option.id != INDIVIDUAL]
        in_bundles = super().among(actor, others)
        if len(others) == len(options):
            return in_bundles
        alone = where(actor, self.keys[0], "is_empty", True)
        individuals = every([where(actor, "is_member", "eq", True), alone])
        return either([individuals, in_bundles]) if others else individuals


@dataclass(frozen=True)
class Bundle(Meaning):
    """The bundle of a member, by its number."""

    type: ClassVar[str] = "Number"

    def read(self, document: Document) -> object:
        """Return the number, or None."""
        return document.get("bundle_id")

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Put the member into the bundle; nothing takes it out."""
        number = integer_of(value)
        if number is None and value not in (None, ""):
            draft.refuse(name, value, "Value is not a whole number.")
            return
        if number != draft.document.get("bundle_id"):
            draft.set("bundle", number)

    def equal(self, asked: Asked) -> Condition:
        """Return "is in this bundle"."""
        number = number_of(asked.literal.text)
        if number is None:
            raise asked.bad_value()
        is_id = number == int(number) and number > 0
        return where(asked.actor, "bundle", "eq", int(number)) if is_id else NEVER

    def empty(self, actor: Actor) -> Condition:
        """Return "is in no bundle"."""
        return where(actor, "bundle", "is_empty", True)


@dataclass(frozen=True)
class Groups(Choices):
    """The groups that a contact is in."""

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return all groups in use."""
        rows = reference.groups().by_id.values()
        return [Option(row.id, row.name, row.id) for row in rows if row.is_active]

    def shown(self) -> Shown:
        """Return all groups."""
        return references("groups", "tags", reference.groups)
