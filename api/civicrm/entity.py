"""What a description of an entity says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from api.civicrm.calls import Asked, Operation, Params, Record
from api.civicrm.grammar.names import snake
from api.civicrm.mapping.fields import Fields, WireField, fields_by_name
from api.civicrm.permissions import Permissions
from contacts.access import Actor

Values = Mapping[str, object]
Document = Mapping[str, Any]

Make = Callable[[Actor, Values], Document]
Change = Callable[[Actor, int, Values], Document]
Remove = Callable[[Actor, int], None]


class Source(Protocol):
    """Where the records of an entity come from."""

    def find(self, actor: Actor, entity: "Entity", asked: Asked) -> list[Record]:
        """Return the records that match, in order."""

    def count(self, actor: Actor, entity: "Entity", asked: Asked) -> int:
        """Return how many match, whatever the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One entity.

    ``fields`` are its fields for one actor (custom ones differ), ``built_in`` those that everybody
    has, where that is not all of them. ``create``, ``update``, ``delete``
    are services of the domain; what an entity does in a manner of its own is in ``actions``, which
    win over the general ones. ``label`` is the field by which lists show a record, ``missing`` says
    which parameters a new record lacks, ``not_passed`` names what a chained call does not get from
    the record that it is chained to. ``also_found_by``, ``described_by`` and ``icon`` are what
    ``getlist`` searches next, tells more of a record by, and chooses a picture by.
    """

    name: str
    source: Source
    fields: Callable[[Actor], Sequence[WireField]]
    permissions: Permissions
    built_in: Sequence[WireField] = ()
    create: Make | None = None
    update: Change | None = None
    delete: Remove | None = None
    actions: Mapping[str, Operation] = field(default_factory=dict)
    hidden_actions: frozenset[str] = frozenset()
    missing: Callable[[Params], list[str]] | None = None
    label: str = ""
    not_passed: frozenset[str] = frozenset()
    also_found_by: str = ""
    described_by: tuple[str, ...] = ()
    icon: str = ""
    unique: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def snake(self) -> str:
        """Return the name as it stands in keys such as ``entity_tag_id``."""
        return snake(self.name)

    @property
    def id_alias(self) -> str:
        """Return the longer name of the field ``id``."""
        return f"{self.snake}_id"

    def by_name(self, actor: Actor) -> Fields:
        """Return the fields by every name that a call may use."""
        return fields_by_name(self.fields(actor))

    def wire_name(self, actor: Actor, key: str) -> str:
        """Return the name on the wire of a field of the catalogue."""
        for each in self.fields(actor):
            if key in (each.key, each.path) and key:
                return each.name
        return key


def fixed(*fields: WireField) -> Callable[[Actor], Sequence[WireField]]:
    """Return the fields of an entity that has the same for everybody."""
    return lambda actor: fields
