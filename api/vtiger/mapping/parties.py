"""Who and what a record of work is about: one reference here, several links in the domain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.vtiger.errors import VtigerError, wrong_id
from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import (
    EVERYTHING,
    NOTHING,
    ids_condition,
    is_blank,
    is_empty,
    is_unset,
)
from api.vtiger.mapping.field import Document, Draft, Look, Wire, WireField
from api.vtiger.mapping.ids import WireId, compared_record, read_id, write_id
from api.vtiger.mapping.references import Target, find_id
from contacts.access import Actor
from contacts.fields import compare
from contacts.query import And, Compare, Condition, Not, Or, field_of

ORDERS = frozenset({"<", "<=", ">", ">="})
# What an activity may be about, as fields of the domain.
PARENTS = ("company", "lead", "deals", "tickets")


def asked_record(name: str, text: str, targets: Sequence[Target], draft: Draft) -> WireId | None:
    """Return the id that a client sent, without a record where there is none that it sees.

    None means that nothing is to change. Raises VtigerError for a record of no right module.
    """
    if not text.strip():
        return None if draft.keeps_blank_references else WireId(0, None)
    asked = read_id(text)
    known = {target.number: target for target in targets}
    if asked is None or asked.module not in known:
        raise VtigerError("REFERENCE_INVALID", f"Invalid reference specified for {name}")
    return WireId(asked.module, find_id(draft.actor, known[asked.module], asked.record))


@dataclass(frozen=True, kw_only=True)
class PartyField(WireField):
    """The first contact of a record that is of one of some modules.

    ``key`` is the field that finds by it. Kinds with a main contact keep it first in line.
    """

    type: str = "reference"
    kind: str
    key: str
    targets: tuple[Target, ...]
    has_main: bool = True

    def described(self, actor: Actor) -> Wire:
        """Add the names of the modules."""
        return {"refersTo": [target.name for target in self.targets]}

    def shown(self, document: Document, look: Look) -> str:
        """Return the id of the first such contact."""
        return next((write_id(*found) for found in self._parties(document)), "")

    def _parties(self, document: Document) -> Iterable[tuple[int, int]]:
        for brief in _briefs(document):
            for target in self.targets:
                if target.holds(brief):
                    yield target.number, brief["id"]

    def put(self, text: str, draft: Draft) -> None:
        """Put another contact in its place; the others stay."""
        asked = asked_record(self.name, text, self.targets, draft)
        if asked is None:
            return
        old = next((pk for _number, pk in self._parties(draft.document)), None)
        replace_contact(draft, old, asked.record, has_main=self.has_main)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the numbers behind the ``x``."""
        unset = is_unset(field_of(actor, self.kind, self.key), comparison)
        if unset is not None:
            return unset
        ids = [compared_record(value) for value in comparison.values]
        return linked_condition(actor, self.kind, self.key, ids, comparison.operator)


def linked_condition(
    actor: Actor, kind: str, key: str, ids: Iterable[int | None], operator: str
) -> Condition:
    """Return the condition on a list of links; what has none matches no comparison."""
    found = field_of(actor, kind, key)
    return ids_condition(found, operator, ids)


def replace_contact(draft: Draft, old: int | None, new: int | None, *, has_main: bool) -> None:
    """Let a contact take the place of another among those of a record."""
    line = _line(draft)
    if old in line:
        line = [new if pk == old else pk for pk in line]
    else:
        line.append(new)
    line = list(dict.fromkeys(pk for pk in line if pk is not None))
    # A main contact that the caller does not see stays where it is.
    if has_main and (not draft.document or draft.document.get("contact")):
        draft.values["contact"] = line[0] if line else None
        draft.values["contacts"] = line[1:]
    else:
        draft.values["contacts"] = line


def _line(draft: Draft) -> list[Any]:
    further = draft.values.get("contacts")
    if isinstance(further, list):
        main = draft.values.get("contact")
        return [main, *further] if main is not None else list(further)
    return [brief["id"] for brief in _briefs(draft.document)]


def _briefs(document: Document) -> list[Document]:
    main = document.get("contact")
    return [*([main] if main else []), *document.get("contacts", ())]


@dataclass(frozen=True, kw_only=True)
class ParentField(WireField):
    """The company, lead, deal or ticket that an activity is about: the first that there is."""

    type: str = "reference"
    contacts: tuple[Target, ...]
    deal: Target
    ticket: Target

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return all modules that it may point to."""
        return (*self.contacts, self.deal, self.ticket)

    def described(self, actor: Actor) -> Wire:
        """Add the names of the modules."""
        return {"refersTo": [target.name for target in self.targets]}

    def refers_to(self, document: Document) -> Iterable[tuple[str, int]]:
        """Yield the deals and tickets."""
        yield from (("deal", pk) for pk in document.get("deal_ids", ()))
        yield from (("ticket", pk) for pk in document.get("ticket_ids", ()))

    def shown(self, document: Document, look: Look) -> str:
        """Return the id of the first that the caller sees."""
        for brief in _briefs(document):
            for target in self.contacts:
                if target.holds(brief):
                    return write_id(target.number, brief["id"])
        for kind, target in (("deal", self.deal), ("ticket", self.ticket)):
            for pk in document.get(f"{kind}_ids", ()):
                if look.find(kind, pk) is not None:
                    return write_id(target.number, pk)
        return ""

    def put(self, text: str, draft: Draft) -> None:
        """Let another record take the place of the present ones."""
        asked = asked_record(self.name, text, self.targets, draft)
        if asked is None:
            return
        old = next((each["id"] for each in _briefs(draft.document) if self._is_parent(each)), None)
        is_contact = asked.module in {target.number for target in self.contacts}
        if is_contact or old is not None:
            replace_contact(draft, old, asked.record if is_contact else None, has_main=False)
        for key, target in (("deals", self.deal), ("tickets", self.ticket)):
            chosen = asked.record if asked.module == target.number else None
            if chosen is not None or draft.document.get(f"{key[:-1]}_ids"):
                draft.values[key] = [chosen] if chosen is not None else []

    def _is_parent(self, brief: Document) -> bool:
        return any(target.holds(brief) for target in self.contacts)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare module and number: each kind of record has its own numbers here."""
        none = And(tuple(is_empty(field_of(actor, "activity", key)) for key in PARENTS))
        if is_blank(comparison):
            return none if comparison.operator == "=" else Not(none)
        ids = [read_id(value) for value in comparison.values]
        if any("x" not in value for value in comparison.values):
            raise wrong_id()
        known = [each for each in ids if each is not None and each.record is not None]
        parts = (
            ("contacts", [target.number for target in self.contacts]),
            ("deals", [self.deal.number]),
            ("tickets", [self.ticket.number]),
        )
        if comparison.operator in ORDERS:
            behind = [compared_record(value) for value in comparison.values]
            keys = [key for key, _numbers in parts]
            return Or(
                tuple(
                    linked_condition(actor, "activity", key, behind, comparison.operator)
                    for key in keys
                )
            )
        found = [
            linked_condition(
                actor,
                "activity",
                key,
                [each.record for each in known if each.module in numbers],
                "in",
            )
            for key, numbers in parts
        ]
        same = Or(tuple(found))
        return And((Not(none), Not(same))) if comparison.operator == "!=" else same


@dataclass(frozen=True, kw_only=True)
class AboutField(WireField):
    """The one record that a note is about."""

    type: str = "reference"
    is_mandatory: bool = True
    keys: tuple[str, ...] = ("contact", "deal", "ticket")
    targets: tuple[Target, ...]

    def described(self, actor: Actor) -> Wire:
        """Add the names of the modules."""
        return {"refersTo": [target.name for target in self.targets]}

    def shown(self, document: Document, look: Look) -> str:
        """Return the id of the record."""
        about = document["about"]
        brief = {**about, "kind": about.get("contact_kind") or about["kind"]}
        for target in self.targets:
            if target.kind == about["kind"] and (target.kind != "contact" or target.holds(brief)):
                return write_id(target.number, about["id"])
        return ""

    def put(self, text: str, draft: Draft) -> None:
        """Name the record; a note stays with its record."""
        asked = asked_record(self.name, text, self.targets, draft)
        if asked is None or asked.record is None:
            return
        kind = next(target.kind for target in self.targets if target.number == asked.module)
        draft.values[kind] = asked.record

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare module and number; every note is about something."""
        if is_blank(comparison):
            return NOTHING if comparison.operator == "=" else EVERYTHING
        if any("x" not in value for value in comparison.values):
            raise wrong_id()
        ids = [read_id(value) for value in comparison.values]
        if comparison.operator in ORDERS:
            behind = [compared_record(value) for value in comparison.values]
            each_kind = (field_of(actor, "note", kind) for kind in self.keys)
            return Or(tuple(ids_condition(each, comparison.operator, behind) for each in each_kind))
        parts: list[Condition] = []
        for kind in self.keys:
            numbers = {target.number for target in self.targets if target.kind == kind}
            wanted = [each.record for each in ids if each and each.module in numbers]
            found = field_of(actor, "note", kind)
            parts += [Compare(found, compare(found, "eq", pk)) for pk in wanted if pk is not None]
        same = Or(tuple(parts))
        return Not(same) if comparison.operator == "!=" else same
