"""Yes or no, one of a fixed set, and one of an editable list."""

from typing import TYPE_CHECKING, ClassVar

from contacts.fields.text import fold
from contacts.fields.types.base import (
    EQUALITY,
    LISTS,
    FieldType,
    ValueFaultError,
    is_blank,
    read_id,
)

if TYPE_CHECKING:
    from contacts.fields.field import Choice, Field

_TRUE = frozenset({"1", "true", "yes", "on", "t", "y"})
_FALSE = frozenset({"0", "false", "no", "off", "f", "n"})


class BooleanType(FieldType):
    """Yes or no."""

    name: ClassVar[str] = "boolean"
    value_column: ClassVar[str] = "number"
    operators: ClassVar[frozenset[str]] = EQUALITY

    def clean(self, value: object, field: "Field") -> object:
        """Return the truth; a built-in flag that is cleared is False, a custom one unset."""
        if is_blank(value):
            return None if field.is_custom else False
        return self.parse(value, field)

    def parse(self, value: object, field: "Field") -> bool:
        """Return the truth of a bool, 0/1 or a usual word; raises ValueFaultError."""
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower() if isinstance(value, str | int) else ""
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        raise ValueFaultError("not_a_boolean", value=value)


class ChoiceType(FieldType):
    """One of the field's choices: a number is the stored value, text the value, name or label.

    Serves fixed sets (`visibility`), editable lists (`lead_source`) and custom options alike.
    """

    name: ClassVar[str] = "option"
    value_column: ClassVar[str] = "option_id"
    operators: ClassVar[frozenset[str]] = LISTS | {"contains", "starts_with", "ends_with"}

    def parse(self, value: object, field: "Field") -> object:
        """Return the stored value of the choice; raises ValueFaultError: not_in_list."""
        choice = self.find(value, field)
        if choice is None:
            labels = [str(each.label) for each in field.choices]
            raise ValueFaultError("not_in_list", value=value, choices=labels)
        return choice.value

    def find(self, value: object, field: "Field") -> "Choice | None":
        """Return the choice that a client names, or None."""
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        if isinstance(value, int):
            return field.choice_of(value)
        text = value.strip()
        exact = next((each for each in field.choices if text in (each.value, each.label)), None)
        if exact is not None:
            return exact
        wanted = fold(text)
        named = (
            each for each in field.choices if wanted in (fold(str(each.label)), fold(each.name))
        )
        found = next(named, None)
        return found or field.choice_of(read_id(text))


class FixedChoiceType(ChoiceType):
    """One of a set that the product fixes; it always has a value."""

    name: ClassVar[str] = "choice"

    def clean(self, value: object, field: "Field") -> object:
        """Return the stored value; blank means the field's default."""
        return field.choices[0].value if is_blank(value) else self.parse(value, field)
