"""What an entity's description says about one field of the wire."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.civicrm.grammar.filters import Filter
from contacts.access import Actor
from contacts.query import Condition

if TYPE_CHECKING:
    from api.civicrm.mapping.formats import Format

Document = Mapping[str, Any]  # a document of the domain: each kind has its own keys
# From who asks and what is asked to the domain's condition; None where the filter says nothing.
Ask = Callable[[Actor, "WireField", Filter], Condition | None]
# From the parameters of a call to the choices of a field that has no list, by what is written.
Offer = Callable[[Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WireField:
    """One field of an entity.

    ``name`` is how calls write it, ``unique`` how answers of ``get`` do where that differs. ``key``
    is the catalogue's field; without one the field is only shown, or a ``ask`` of its own says what
    a filter means. ``path`` is where its value stands in the domain's document. ``target`` names
    the entity that it points to, ``list_name`` the list of its choices; those of no list are what
    ``offers`` returns, whose machine names are what is written for them, or their labels
    (``is_named_by_label``). Several that ``is_joined`` stand in one text, between commas. A filter
    on one that ``is_ticked`` may be a map in which what is asked for is 1, as check boxes send it.
    """

    name: str
    title: str
    format: "Format"
    key: str = ""
    path: str = ""
    unique: str = ""
    aliases: tuple[str, ...] = ()
    max_length: int = 0
    is_required: bool = False
    is_writable: bool = True
    is_default: bool = True
    is_filter_only: bool = False
    is_described: bool = True
    is_ticked: bool = False
    is_joined: bool = False
    target: str = ""
    list_name: str = ""
    offers: Offer | None = None
    is_named_by_label: bool = False
    scope: str = "any"
    default: Any = None  # JSON
    ask: Ask | None = None
    custom: Mapping[str, Any] | None = None  # what getfields adds for a custom field

    @property
    def shown_as(self) -> str:
        """Return the name in answers of ``get``."""
        return self.unique or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that calls may use."""
        known = (self.name, self.unique) if self.unique else (self.name,)
        return (*known, *self.aliases)


Fields = Mapping[str, WireField]


def fields_by_name(fields: Sequence[WireField]) -> Fields:
    """Return fields by every name that calls may use; the first field of a name counts."""
    found: dict[str, WireField] = {}
    for field in fields:
        for name in field.names:
            found.setdefault(name, field)
    return found
