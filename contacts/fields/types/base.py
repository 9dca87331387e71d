"""What every field type can do: read a value, compare it, write it into a document."""

from typing import TYPE_CHECKING, ClassVar

from contacts.fields.text import storable

if TYPE_CHECKING:
    from contacts.fields.field import Field

EQUALITY = frozenset({"eq", "ne", "in", "is_empty"})
ORDER = EQUALITY | {"lt", "le", "gt", "ge", "between"}
TEXT = ORDER | {"contains", "starts_with", "ends_with", "like"}
LISTS = EQUALITY | {"has_any", "has_all", "has_none"}


# Both databases number records with 64 bits; beyond that their drivers refuse the parameter.
LARGEST_ID = 2**63 - 1
LONGEST_ID = 19


class ValueFaultError(ValueError):
    """A value that its field's type does not take; `code` is a code of `contacts.errors.Fault`."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def is_blank(value: object) -> bool:
    """Tell whether a value means "clear": nothing, or text of nothing but blanks."""
    return value is None or (isinstance(value, str) and not storable(value).strip())


def read_id(value: object) -> int | None:
    """Return an id as databases number records, given as a number or as digits, or None."""
    if isinstance(value, str):
        text = value.strip()
        value = int(text) if len(text) <= LONGEST_ID and text.isascii() and text.isdigit() else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= LARGEST_ID else None


class FieldType:
    """One type of field; a single object without state serves every field of that type."""

    name: ClassVar[str] = ""
    operators: ClassVar[frozenset[str]] = EQUALITY
    empty: ClassVar[object] = None
    # The column of a custom value's row that comparisons look at.
    value_column: ClassVar[str] = "text"

    def clean(self, value: object, field: "Field") -> object:
        """Return the Python value to store; `None` and blank text mean "clear".

        Raises ValueFaultError.
        """
        return self.empty if is_blank(value) else self.parse(value, field)

    def parse(self, value: object, field: "Field") -> object:
        """Return the Python value of a value that is not blank; raises ValueFaultError."""
        raise NotImplementedError

    def compared(self, value: object, field: "Field") -> object:
        """Return the value in the form in which the storage compares it."""
        return self.parse(value, field)

    def to_document(self, value: object) -> object:
        """Return the value as it stands in a document (JSON types only)."""
        return value
