"""The fields that the modules of work have in common, and values that no record has here."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.choices import TagsField, picked_from
from api.vtiger.mapping.comparing import EVERYTHING, NOTHING, is_so
from api.vtiger.mapping.field import Document, Draft, Look, Wire, WireField, Writer
from api.vtiger.mapping.plain import MomentField
from api.vtiger.mapping.references import OwnerField, PersonField
from api.vtiger.mapping.sources import SourceField
from api.vtiger.mapping.stars import StarField
from contacts.access import Actor
from contacts.query import Condition


@dataclass(frozen=True, kw_only=True)
class FixedField(WireField):
    """A field that shows the same of every record: nothing of the kind is kept here."""

    value: str = ""
    is_editable: bool = False
    modules: tuple[str, ...] = ()

    def described(self, actor: Actor) -> Wire:
        """Add the modules of a reference that can point nowhere, or the one choice of a list."""
        if self.type == "reference":
            return {"refersTo": list(self.modules)}
        return picked_from([self.value]) if self.type == "picklist" else {}

    def shown(self, document: Document, look: Look) -> str:
        """Return the one value."""
        return self.value

    def writer(self, look: Look) -> Writer:
        """Return what shows the one value."""
        value = self.value
        return lambda document: value

    def put(self, text: str, draft: Draft) -> None:
        """Leave it."""

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the one value."""
        return EVERYTHING if is_so(self.value, comparison) else NOTHING


def owner(kind: str) -> OwnerField:
    """Return whom a record is assigned to."""
    return OwnerField(kind=kind)


def times(kind: str) -> Iterator[WireField]:
    """Yield when a record was made and changed, and by whom."""
    yield from moments(kind)
    yield PersonField(
        name="modifiedby",
        label="Last Modified By",
        keys=("editor", "author"),
        kind=kind,
        is_editable=True,
        is_nullable=False,
    )


def moments(kind: str) -> Iterator[WireField]:
    """Yield when a record was made and changed."""
    yield MomentField(
        name="createdtime", label="Created Time", key="created_at", kind=kind, is_nullable=False
    )
    yield MomentField(
        name="modifiedtime", label="Modified Time", key="updated_at", kind=kind, is_nullable=False
    )


def marks(kind: str) -> Iterator[WireField]:
    """Yield the door by which a record came, the caller's star, and tags."""
    yield SourceField(name="source", label="Source", key="entry_channel", kind=kind)
    yield StarField(kind=kind)
    yield TagsField(name="tags", label="tags", key="tags", kind=kind)
