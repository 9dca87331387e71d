"""Whole numbers and decimals."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, ClassVar

from contacts.fields.types.base import ORDER, FieldType, ValueFaultError

if TYPE_CHECKING:
    from contacts.fields.field import Field

# What a float column of both databases holds without loss.
LARGEST = 2**53
# A number is kept as written, so "1e-999999" must not become a million zeros.
MOST_PLACES = 30
MOST_DIGITS = 60


class IntegerType(FieldType):
    """A whole number."""

    name: ClassVar[str] = "integer"
    value_column: ClassVar[str] = "number"
    # As text, with the wildcards of a client.
    operators: ClassVar[frozenset[str]] = ORDER | {"like"}

    def parse(self, value: object, field: "Field") -> int:
        """Return the number; raises ValueFaultError as DecimalType does, or not_an_integer."""
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
        """Return the number.

        Raises ValueFaultError: not_a_number, too_large, too_small, too_long.
        """
        number = self._read(value)
        limit = field.traits.get("largest", LARGEST)
        if number.copy_abs() > limit:
            raise ValueFaultError("too_large", limit=limit)
        if field.traits.get("not_negative") and number < 0:
            raise ValueFaultError("too_small", limit=0)
        return self.rounded(number, field)

    def _read(self, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise ValueFaultError("not_a_number", value=value)
        try:
            text = str(value).strip()
            number = Decimal(text) if "_" not in text else Decimal("NaN")
        except (InvalidOperation, ValueError):
            # Python writes no whole number of more than 4,300 digits.
            raise ValueFaultError("not_a_number") from None
        if not number.is_finite():
            raise ValueFaultError("not_a_number", value=value)
        _sign, digits, exponent = number.as_tuple()
        if isinstance(exponent, int) and (exponent < -MOST_PLACES or len(digits) > MOST_DIGITS):
            raise ValueFaultError("too_long", limit=MOST_PLACES)
        return number

    def rounded(self, number: Decimal, field: "Field") -> Decimal:
        """Return the number with the decimals that the column has, or as it is."""
        places = field.traits.get("places")
        if places is None:
            return number
        return number.quantize(Decimal(1).scaleb(-places))

    def to_document(self, value: object) -> object:
        """Return the number as text: JSON numbers would lose digits."""
        return None if value is None else format(Decimal(str(value)), "f")
