"""The shape of a module: everything in which one kind of record differs from another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.vtiger.mapping.field import Document, Draft, WireField
from api.vtiger.mapping.references import IdField, Target
from contacts.access import Actor
from contacts.query import Condition, Query, count_contacts, find_contacts, find_record, search

Values = Mapping[str, object]
# What a service takes to change a record: values, or a function from the document to them.
Change = Callable[[Document], Values]


def everything(_actor: Actor) -> Condition | None:
    """Return the condition of a module that is all records of its kind."""
    return None


def always(_document: Document) -> bool:
    """Say that every record of the kind is one of the module."""
    return True


def everybody(_actor: Actor) -> bool:
    """Say that anybody may use a module."""
    return True


def nothing_more(_document: Document) -> Mapping[str, object]:
    """Return nothing else about a record."""
    return {}


def no_more(_actor: Actor) -> Sequence[WireField]:
    """Return no further fields."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Module:
    """One module, described as a table.

    ``kind`` is the domain's kind of record; ``scope`` and ``holds`` say the same of a query and of
    a document: which records of the kind belong here. ``fields`` are in the order of ``describe``,
    without the id; ``more`` returns what administrators have added. ``create``, ``update`` and
    ``archive`` are the domain's services; where one is missing nobody may do it. ``rights`` are
    those that ``create``, ``update`` and ``archive`` need. ``complete`` adds to the values of a new
    record what it must have and no client sends.
    """

    name: str
    number: int
    label: str
    id_label: str
    kind: str
    fields: Sequence[WireField]
    label_fields: Sequence[str]
    more: Callable[[Actor], Sequence[WireField]] = no_more
    scope: Callable[[Actor], Condition | None] = everything
    holds: Callable[[Document], bool] = always
    is_open_to: Callable[[Actor], bool] = everybody
    is_entity: bool = True
    # Which contacts are asked for; other kinds of records have no stages.
    stage: str = "contact"
    create: Callable[[Actor, Values], Document] | None = None
    update: Callable[[Actor, int, Change], Document] | None = None
    archive: Callable[[Actor, int], Any] | None = None  # its answer is nobody's business
    rights: Mapping[str, str] = field(default_factory=dict)
    complete: Callable[[Actor, Draft], None] | None = None
    has_trash: bool = True
    # What only the answer about a single record says.
    single: Callable[[Document], Mapping[str, object]] = nothing_more

    @property
    def target(self) -> Target:
        """Return the module as what references point to."""
        return Target(self.name, self.number, self.kind, self.holds)

    def fields_for(self, actor: Actor) -> list[WireField]:
        """Return the fields that the actor may know of, in order, the id last."""
        known = [each for each in (*self.fields, *self.more(actor)) if each.is_there(actor)]
        return [*known, IdField(label=self.id_label, kind=self.kind, number=self.number)]

    def may(self, actor: Actor, action: str) -> bool:
        """Tell whether the actor may create, update or archive records somewhere."""
        if getattr(self, action) is None or actor.is_read_only:
            return False
        right = self.rights.get(action)
        return actor.has_anywhere(right) if right else actor.is_administrator

    def find(self, actor: Actor, record_id: int) -> Document | None:
        """Return the document of a living record of the kind that the actor sees, or None."""
        if self.kind == "contact":
            return find_contacts(actor, [record_id]).get(record_id)
        return find_record(actor, self.kind, record_id)

    def asked(self, condition: Condition | None, **more: Any) -> Query:  # Query's own keywords
        """Return the query of the module's records that match."""
        return Query(self.kind, condition, stage=self.stage, **more)

    def count(self, actor: Actor, query: Query) -> int:
        """Return how many records match."""
        if self.kind == "contact":
            return count_contacts(actor, query)
        return search(actor, query).total


def fields_by_name(fields: Sequence[WireField]) -> dict[str, WireField]:
    """Return the fields by their names."""
    return {each.name: each for each in fields}
