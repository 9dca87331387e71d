"""What the catalogue says about one field, and the comparison that is asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, runtime_checkable

from django.db.models import Expression, Model, Q, QuerySet, Subquery

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from contacts.fields.types.base import FieldType

OPERATORS = frozenset(
    {
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "in",
        "contains",
        "starts_with",
        "ends_with",
        "like",
        "between",
        "is_empty",
        "has_any",
        "has_all",
        "has_none",
    }
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator with its value, and what a dialect says about its meaning.

    `value` is a cleaned value of the field's type; a tuple of them for `in`, `between`, `has_any`,
    `has_all`, `has_none`; a bool for `is_empty`. `include_empty` says whether `ne` is true of
    empty values, `scope` whether a channel means "any", the "primary" one or the "further" ones.
    """

    operator: str
    value: object
    case_sensitive: bool = False
    include_empty: bool = True
    scope: str = "any"


class Traits(TypedDict, total=False):
    """What only some types of field need to know; each type says which of these it reads.

    `main`, `texts`, `lists`, `flags`, `numbers`, `extras` describe the items of a channel; `target`
    names the kind of record that ids point to; `largest`, `not_negative`, `places` bound a number.
    `is_in_form`, `is_in_list` say where people meet a custom field; without them it is everywhere.
    `is_required_in_forms` is true of one that people must fill in and programs need not.
    """

    main: str
    texts: Mapping[str, int]
    lists: Mapping[str, str]
    flags: tuple[str, ...]
    numbers: Mapping[str, int]
    extras: Mapping[str, int]
    target: str
    largest: int
    not_negative: bool
    places: int
    is_in_form: bool
    is_in_list: bool
    is_required_in_forms: bool


# Rows that hold the ids of records: what a storage answers with when it looks elsewhere.
Rows = QuerySet[Model, object]

# A column, or what is computed for each record.
SortedBy = str | Expression | Subquery


class Storage(Protocol):
    """Where the values of a field are, seen by the compiler.

    Only the positive operators arrive here; negation and emptiness are the compiler's.
    """

    def match(self, field: "Field", comparison: Comparison) -> Q | Rows:
        """Return a condition on the record, or a query of the ids of the records that match."""

    def filled(self, field: "Field", scope: str = "any") -> Q | Rows:
        """Return the same for "has a value"."""

    def sort(self, field: "Field") -> SortedBy:
        """Return what records are ordered by."""


# Records of any kind.
Records = QuerySet[Any]


@runtime_checkable
class Pointing(Storage, Protocol):
    """A storage whose values follow from other records: it holds their ids, or counts them."""

    def within(self, records: Records) -> Storage:
        """Return the storage as if only these of the other records were there."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value: what is stored, its machine name and what people read.

    `given_name` is the machine name where one was given; without any, the label serves as one.
    """

    value: object
    name: str
    label: "StrOrPromise"
    color: str = ""
    is_active: bool = True
    given_name: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind of record, built in or custom.

    `key` is our stable name (`first_name`, `custom_7`). `column` is the attribute of the model row
    that a plain value is assigned to. `code` numbers the field's rows among the comparison keys.
    `access` says who may read it: administrators, members or public. What people read of a field is
    not in its representation, by which questions are told apart: it would be translated each time.
    """

    key: str
    kind: str
    type: "FieldType"
    label: "StrOrPromise" = field(repr=False)
    storage: Storage
    column: str = ""
    code: int | None = None
    applies_to: frozenset[str] = frozenset()
    is_writable: bool = True
    is_filterable: bool = True
    is_sortable: bool = True
    is_searchable: bool = False
    is_required: bool = False
    is_multiple: bool = False
    is_unique: bool = False
    access: str = "members"
    list_name: str = ""
    max_length: int | None = None
    min_length: int | None = None
    pattern: str = ""
    default: str = ""
    choices: tuple[Choice, ...] = field(default=(), repr=False)
    custom_id: int | None = None
    slug: str = ""
    help_text: str = field(default="", repr=False)
    group: str = ""
    group_name: str = field(default="", repr=False)
    group_id: int | None = None
    control: str = ""
    appearance: str = ""
    terms_url: str = ""
    is_for_members: bool = False
    level_ids: frozenset[int] = frozenset()
    project_ids: frozenset[int] = frozenset()
    traits: Traits = field(default_factory=Traits)

    @property
    def is_custom(self) -> bool:
        """Tell whether an administrator added the field."""
        return self.custom_id is not None

    @property
    def target(self) -> str:
        """Return the kind of record that the values point to or follow from, "" for none."""
        own: str = getattr(self.type, "target", "")
        return self.traits.get("target") or own

    def choice_of(self, value: object) -> Choice | None:
        """Return the choice with this stored value, or None."""
        return next((choice for choice in self.choices if choice.value == value), None)
