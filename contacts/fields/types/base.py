"""What every field type can do: read a value, compare it, write it into a document."""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from contacts.fields.field import Field

EQUALITY = frozenset({"eq", "ne", "in", "is_empty"})
ORDER = EQUALITY | {"lt", "le", "gt", "ge", "between"}
TEXT = ORDER | {"contains", "starts_with", "ends_with", "like"}
LISTS = EQUALITY | {"has_any", "has_all", "has_none"}


class ValueFaultError(ValueError):
    """A value that its field's type does not take; `code` is a code of `contacts.errors.Fault`."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


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
        if value is None or (isinstance(value, str) and not value.strip()):
            return self.empty
        return self.parse(value, field)

    def parse(self, value: object, field: "Field") -> object:
        """Return the Python value of a value that is not blank; raises ValueFaultError."""
        raise NotImplementedError

    def compared(self, value: object, field: "Field") -> object:
        """Return the value in the form in which the storage compares it."""
        return self.parse(value, field)

    def to_document(self, value: object) -> object:
        """Return the value as it stands in a document (JSON types only)."""
        return value
