"""What every field of a module can do, and the change that fields put together."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from api.vtiger.grammar import Comparison
from contacts.access import Actor
from contacts.fields.picking import Pick
from contacts.query import Condition, SortKey

# Documents are JSON: values by key, of any shape.
Document = Mapping[str, Any]
Wire = dict[str, object]
Writer = Callable[[Document], str]


class Look(Protocol):
    """What stands behind the references of a page: who asks, and the records that it sees."""

    @property
    def actor(self) -> Actor:
        """Return who asks."""

    def find(self, kind: str, record_id: int) -> Document | None:
        """Return the document of a record that a document of the page refers to, or None."""

    def row_in(self, key: str, pick: Pick) -> Callable[[Document], Document]:
        """Return what finds the channel that is meant in a document, empty for none."""


@dataclass
class Draft:
    """The values of a change while the fields of an element are read one after the other.

    ``document`` is the present one, empty for a new record. Several fields may share one key, as
    the numbers of a person do: they change the items of ``channel`` together.
    """

    actor: Actor
    document: Document = field(default_factory=dict)
    # An update takes a blank reference as not sent, a revise as one that is to be cleared.
    keeps_blank_references: bool = False
    values: dict[str, object] = field(default_factory=dict)
    # Whether the caller wants to follow the record; no value of the record itself.
    is_followed: bool | None = None
    # A file that came along as a part of a form, and what the element calls it.
    file: object = None
    file_name: str = ""
    new_items: dict[Hashable, dict[str, object]] = field(default_factory=dict)

    def channel(self, key: str) -> list[dict[str, object]]:
        """Return the items of a list of the document, to be changed in place."""
        items = self.values.get(key)
        if not isinstance(items, list):
            # Only the identity: what is not named stays as it is.
            items = [{"id": row["id"]} for row in self.document.get(key, ())]
            self.values[key] = items
        return items

    def made(
        self, sort: Hashable, items: list[dict[str, object]], new: Mapping[str, object]
    ) -> dict[str, object]:
        """Return the new item of a sort: several fields may fill it, as those of an address do."""
        if sort not in self.new_items:
            self.new_items[sort] = dict(new)
            items.append(self.new_items[sort])
        return self.new_items[sort]


@dataclass(frozen=True, kw_only=True)
class WireField:
    """One field of a module.

    ``type`` is the name that ``describe`` gives. Subclasses say what the domain knows of it.
    """

    name: str
    label: str
    type: str = "string"
    is_mandatory: bool = False
    # As ``describe`` says it. What the original calls editable and nobody writes has an empty put.
    is_editable: bool = True
    # Mandatory fields have a value, and so do those that the server fills itself.
    is_nullable: bool = True
    default: str = ""

    # A mandatory field that follows from others where it is not sent.
    is_worked_out: ClassVar[bool] = False

    @property
    def is_itself(self) -> bool:
        """Tell whether the text that is shown depends on nothing but the record's own field."""
        return type(self).refers_to is WireField.refers_to

    def described(self, actor: Actor) -> Wire:
        """Return what ``describe`` says of the type besides its name."""
        return {}

    def is_there(self, actor: Actor) -> bool:
        """Tell whether the actor may know of the field."""
        return True

    def refers_to(self, document: Document) -> Iterable[tuple[str, int]]:
        """Yield kind and id of the records that must be looked at to show the field."""
        return ()

    def shown(self, document: Document, look: Look) -> str:
        """Return the value as text, "" for none."""
        raise NotImplementedError

    def writer(self, look: Look) -> Writer:
        """Return what shows all documents of a page as ``shown`` does.

        What is the same for all of them is settled once. Who overrides it overrides ``shown`` too.
        """
        return lambda document: self.shown(document, look)

    def put(self, text: str, draft: Draft) -> None:
        """Write the value that a client sent into the draft; "" clears it."""
        raise NotImplementedError

    def take(self, draft: Draft) -> None:
        """Take what came along beside the element; most fields have nothing there."""

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Return what a comparison of the query language means."""
        raise NotImplementedError

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Return what to order by, None where there is nothing."""
        return None
