"""Fields in which one or several of some options are chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, ClassVar

from api.wildapricot.mapping.conditions import ALWAYS, NEVER, opposite
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.literals import integer_of
from api.wildapricot.mapping.meanings.base import Asked, Document, Meaning
from api.wildapricot.mapping.options import (
    Option,
    Wire,
    chosen,
    items_of,
    labels_with,
    named_in_filter,
)
from contacts.access import Actor, people_of
from contacts.fields import Choice as DomainChoice
from contacts.fields import catalogue, reference
from contacts.fields.reference import NamedTable
from contacts.query import Condition, search, where
from contacts.query import Query as DomainQuery

# Options as contacts show them, by the domain's values.
Shown = Mapping[object, Wire]
UNEXPECTED = "Unexpected option."


@dataclass(frozen=True)
class Choice(Meaning):
    """One option of those that ``options`` returns; ``kept_as`` is its key in the document."""

    type: ClassVar[str] = "Choice"
    kept_as: str = ""

    def shown(self) -> Shown:
        """Return the options as contacts show them."""
        raise NotImplementedError

    def known(self, actor: Actor) -> Sequence[Option]:
        """Return what filters know: what can be chosen, and what some contacts still have."""
        return self.options(actor)

    def kept(self, document: Document) -> list[Any]:
        """Return the domain's values of what is chosen."""
        value = document.get(self.kept_as or self.keys[0])
        return value if isinstance(value, list) else [] if value is None else [value]

    def present(self, document: Document) -> Sequence[Option]:
        """Return what the contact has, which it may keep: clients write back what they have read.

        It may be switched off since, or be a user whom the caller may not choose.
        """
        shown = self.shown()
        return [
            Option(int(str(shown[key]["Id"])), str(shown[key]["Label"]), key)
            for key in self.kept(document)
            if key in shown
        ]

    def read(self, document: Document) -> object:
        """Return the option, or None."""
        return self.shown().get(document.get(self.kept_as or self.keys[0]))

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the option, or nothing."""
        items = items_of(value)
        if not items:
            draft.set(self.keys[0], None)
            return
        option = chosen(self.options(draft.actor), items[0])
        if option is not None:
            draft.set(self.keys[0], option.key)
        elif chosen(self.present(draft.document), items[0]) is None:
            draft.refuse(name, _shown(items[0]), UNEXPECTED)

    def equal(self, asked: Asked) -> Condition:
        """Return "is one of the options that the literal means"."""
        text = asked.literal.text
        if not text.strip():
            return self.empty(asked.actor)
        if asked.suffix == "id" and integer_of(text) is None:
            raise asked.bad_value()
        found = named_in_filter(self.known(asked.actor), text, asked.suffix)
        return self.among(asked.actor, found)

    def containing(self, asked: Asked) -> Condition:
        """Return "has an option whose label holds the text"."""
        text = asked.literal.text
        if not text.strip():
            return opposite(self.empty(asked.actor))
        return self.among(asked.actor, labels_with(self.known(asked.actor), text))

    def empty(self, actor: Actor) -> Condition:
        """Return "nothing is chosen"."""
        return where(actor, self.keys[0], "is_empty", True)

    def among(self, actor: Actor, options: Sequence[Option]) -> Condition:
        """Return "one of these is chosen"."""
        if not options:
            return NEVER
        if len(options) == 1:
            return where(actor, self.keys[0], "eq", options[0].key)
        return where(actor, self.keys[0], "in", [option.key for option in options])


@dataclass(frozen=True)
class FixedChoice(Choice):
    """A choice among options that the protocol fixes, each with the domain's word for it."""

    fixed: tuple[Option, ...] = ()

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the options."""
        return self.fixed

    def shown(self) -> Shown:
        """Return the options by the domain's words."""
        return self._shown

    @cached_property
    def _shown(self) -> Shown:
        return {each.key: each.reference for each in self.fixed if each.key is not None}


@dataclass(frozen=True)
class UserChoice(Choice):
    """A user, by id and name."""

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the active users whom the actor sees."""
        return [Option(row.id, row.name, row.id) for row in people_of(actor)]

    def known(self, actor: Actor) -> Sequence[Option]:
        """Return all users."""
        return _options(reference.users())

    def shown(self) -> Shown:
        """Return all users."""
        return references("users", "people", reference.users)


@dataclass(frozen=True)
class CustomChoice(Choice):
    """An option of a custom field."""

    number: int = 0

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the active options, in order."""
        return _custom_options(self.number)

    def known(self, actor: Actor) -> Sequence[Option]:
        """Return all options, those that are switched off too."""
        return _custom_options(self.number, all_of_them=True)

    def read(self, document: Document) -> object:
        """Return the option, or None."""
        value = document.get("custom", {}).get(str(self.number))
        return self.shown().get(value[0] if isinstance(value, list) else value)

    def kept(self, document: Document) -> list[Any]:
        """Return the id of what is chosen."""
        return kept_in(document, self.number)

    def shown(self) -> Shown:
        """Return all options: one that is switched off is still shown where it is chosen."""
        return _custom_shown(self.number)


@dataclass(frozen=True)
class Choices(Choice):
    """Several options; writing replaces the whole set."""

    type: ClassVar[str] = "MultipleChoice"

    def read(self, document: Document) -> object:
        """Return the options."""
        known = self.shown()
        return [known[key] for key in self.kept(document) if key in known]

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the set."""
        options = [*self.options(draft.actor), *self.present(draft.document)]
        keys = []
        for item in items_of(value):
            key = self.key_of(options, item)
            if key is None:
                draft.refuse(name, _shown(item), UNEXPECTED)
            else:
                keys.append(key)
        draft.set(self.keys[0], keys)

    def key_of(self, options: Sequence[Option], item: object) -> object:
        """Return what the domain stores for an item of a body, or None."""
        option = chosen(options, item)
        return option.key if option else None

    def among(self, actor: Actor, options: Sequence[Option]) -> Condition:
        """Return "has one of these"."""
        if not options:
            return NEVER
        return where(actor, self.keys[0], "has_any", [option.key for option in options])


@dataclass(frozen=True)
class TagChoices(Choices):
    """Tags; a name that no tag has becomes a new one."""

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the tags."""
        return _options(reference.tags())

    def shown(self) -> Shown:
        """Return the tags."""
        return references("tags", "tags", reference.tags)

    def key_of(self, options: Sequence[Option], item: object) -> object:
        """Return the id of a tag that there is, or the name of a new one."""
        known = super().key_of(options, item)
        if known is not None:
            return known
        if isinstance(item, dict):
            named = {str(key).casefold(): each for key, each in item.items()}
            item = named.get("label") or named.get("value")
        return item.strip() or None if isinstance(item, str) else None


@dataclass(frozen=True)
class ProjectChoices(Choices):
    """Projects that the actor sees."""

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the projects."""
        found = search(actor, DomainQuery("project", limit=1_000, total=False)).documents
        return [Option(int(str(row["id"])), str(row["name"]), row["id"]) for row in found]

    def shown(self) -> Shown:
        """Return the projects."""
        return references("projects", "people", reference.projects)

    def present(self, document: Document) -> Sequence[Option]:
        """Return nothing: the contact may be in projects of which the caller does not know."""
        return ()

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the set; none means the usual project, as every contact is in one."""
        if items_of(value):
            super().write(draft, name, value)


@dataclass(frozen=True)
class CustomChoices(Choices):
    """Several options of a custom field."""

    number: int = 0

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the active options, in order."""
        return _custom_options(self.number)

    def known(self, actor: Actor) -> Sequence[Option]:
        """Return all options, those that are switched off too."""
        return _custom_options(self.number, all_of_them=True)

    def kept(self, document: Document) -> list[Any]:
        """Return the ids of what is chosen."""
        return kept_in(document, self.number)

    def shown(self) -> Shown:
        """Return all options, by their ids."""
        return _custom_shown(self.number)


@dataclass(frozen=True)
class NoChoices(Choices):
    """Several options of which no contact in a list has any."""

    fixed: tuple[Option, ...] = ()

    def options(self, actor: Actor) -> Sequence[Option]:
        """Return the options."""
        return self.fixed

    def read(self, document: Document) -> object:
        """Return the options that were put into the document under a key of their own."""
        chosen_ids = document.get(self.kept_as, [])
        return [option.reference for option in self.fixed if option.id in chosen_ids]

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Ignore it: who administers the instance is decided in the browser."""

    def empty(self, actor: Actor) -> Condition:
        """Return everything."""
        return ALWAYS

    def among(self, actor: Actor, options: Sequence[Option]) -> Condition:
        """Return nothing."""
        return NEVER


def kept_in(document: Document, number: int) -> list[Any]:
    """Return the values that a document has of a custom field."""
    value = document.get("custom", {}).get(str(number))
    return value if isinstance(value, list) else [] if value is None else [value]


def _options(table: NamedTable) -> list[Option]:
    return [Option(row.id, row.name, row.id) for row in table.by_id.values()]


def references(part: str, stamp: str, table: Callable[[], NamedTable]) -> Shown:
    """Return the records of a small table as contacts show them, by id."""
    return reference.kept(
        f"wire_references:{part}",
        stamp,
        lambda: {option.id: option.reference for option in _options(table())},
    )


def _custom_shown(number: int) -> Shown:
    options = partial(_custom_options, number, all_of_them=True)
    return reference.kept(
        f"wire_options:{number}",
        "catalogue",
        lambda: {option.key: option.reference for option in options()},
    )


def _custom_options(number: int, *, all_of_them: bool = False) -> list[Option]:
    field = catalogue("contact").by_custom_id.get(number)
    if field is None:
        return []
    found = [each for each in field.choices if each.is_active or all_of_them]
    return [_custom_option(each, field.default) for each in found]


def _custom_option(choice: DomainChoice, default: str) -> Option:
    label, name = str(choice.label), choice.name
    return Option(
        int(str(choice.value)),
        label,
        choice.value,
        (name,),
        value=choice.given_name,
        is_default=bool(default) and default in (label, name, str(choice.value)),
    )


def _shown(item: object) -> object:
    """Return the part of a refused item by which people know it."""
    if isinstance(item, dict):
        fields = {str(key).casefold(): each for key, each in item.items()}
        return fields.get("label") or fields.get("value") or fields.get("id")
    return item
