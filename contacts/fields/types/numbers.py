"""Whole numbers and decimals."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, ClassVar

from contacts.fields.types.base import ORDER, FieldType, ValueFaultError

if TYPE_CHECKING:
    from contacts.fields.field import Field

# What a float column of both databases holds without loss.
LARGEST = 2**53


class IntegerType(FieldType):
    """A whole number."""

    name: ClassVar[str] = "integer"
    value_column: ClassVar[str] = "number"
    operators: ClassVar[frozenset[str]] = ORDER

    def parse(self, value: object, field: "Field") -> int:
        """Return the number; raises ValueFaultError: not_a_number, too_large."""
        number = DecimalType().parse(value, field)
        if number != number.to_integral_value():
            raise ValueFaultError("not_an_integer", value=value)
        return int(number)


class DecimalType(FieldType):
    """A number with a fraction; kept as written, so "3.50" stays "3.50"."""

    name: ClassVar[str] = "decimal"
    value_column: ClassVar[str] = "number"
    operators: ClassVar[frozenset[str]] = ORDER

    def parse(self, value: object, field: "Field") -> Decimal:
        """Return the number; raises ValueFaultError: not_a_number, too_large."""
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise ValueFaultError("not_a_number", value=value)
        text = str(value).strip()
        if "_" in text:
            raise ValueFaultError("not_a_number", value=value)
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValueFaultError("not_a_number", value=value) from None
        if not number.is_finite():
            raise ValueFaultError("not_a_number", value=value)
        limit = field.traits.get("largest", LARGEST)
        if abs(number) > Decimal(str(limit)):
            raise ValueFaultError("too_large", limit=limit)
        if field.traits.get("not_negative") and number < 0:
            raise ValueFaultError("too_small", limit=0)
        return self.rounded(number, field)

    def rounded(self, number: Decimal, field: "Field") -> Decimal:
        """Return the number with the decimals that the column has, or as it is."""
        places = field.traits.get("places")
        if not isinstance(places, int):
            return number
        return number.quantize(Decimal(1).scaleb(-places))

    def to_document(self, value: object) -> object:
        """Return the number as text: JSON numbers would lose digits."""
        return None if value is None else format(Decimal(str(value)), "f")
