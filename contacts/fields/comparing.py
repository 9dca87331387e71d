"""Put an operator and a client's literal together into a checked comparison."""

from collections.abc import Callable

from contacts.errors import BadOperatorError, BadValueError
from contacts.fields.field import Comparison, Field
from contacts.fields.text import fold
from contacts.fields.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    IntegerType,
    ValueFaultError,
)

_SEVERAL = frozenset({"in", "between", "has_any", "has_all", "has_none"})
_TEXTUAL = frozenset({"contains", "starts_with", "ends_with"})
# Types whose values are no text, but are compared as text by `like`.
_AS_TEXT = (DateType, DateTimeType, IntegerType)


def compare(
    field: Field,
    operator: str,
    value: object,
    *,
    case_sensitive: bool = False,
    include_empty: bool = True,
    scope: str = "any",
) -> Comparison:
    """Return the comparison with cleaned values.

    `value` is a list for the operators that take several, a bool for `is_empty`. Raises
    BadOperatorError and BadValueError.
    """
    if operator not in field.type.operators:
        raise BadOperatorError(field.key, operator)
    if operator == "is_empty":
        return Comparison(operator, bool(value), scope=scope)
    try:
        operator, cleaned = _cleaned(field, operator, value)
    except ValueFaultError:
        raise BadValueError(field.key, value) from None
    return Comparison(operator, cleaned, case_sensitive, include_empty, scope)


def _cleaned(field: Field, operator: str, value: object) -> tuple[str, object]:
    if isinstance(field.type, ChoiceType) and operator in _TEXTUAL:
        return "in", _choices_like(field, operator, str(value))
    if operator == "like" and isinstance(field.type, _AS_TEXT):
        return operator, str(value)
    if operator not in _SEVERAL:
        return operator, field.type.compared(value, field)
    if not isinstance(value, list | tuple):
        raise ValueFaultError("invalid", value=value)
    if operator == "between" and len(value) != 2:
        raise ValueFaultError("invalid", value=value)
    return operator, tuple(field.type.compared(each, field) for each in value)


def _choices_like(field: Field, operator: str, text: str) -> tuple[object, ...]:
    wanted = fold(text)
    tests: dict[str, Callable[[str], bool]] = {
        "contains": lambda label: wanted in label,
        "starts_with": lambda label: label.startswith(wanted),
        "ends_with": lambda label: label.endswith(wanted),
    }
    test = tests[operator]
    return tuple(each.value for each in field.choices if test(fold(str(each.label))))
