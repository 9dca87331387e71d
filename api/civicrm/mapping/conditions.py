"""Put an operator and a value together into the domain's condition, as SQL means it.

A row without a value matches no negative operator either: ``!=``, NOT LIKE, NOT IN, NOT BETWEEN.
"""

from collections.abc import Callable
from functools import partial

from api.civicrm.errors import bad_operator
from api.civicrm.grammar.filters import Filter
from contacts.errors import BadOperatorError, BadValueError
from contacts.query import And, Compare, Condition, Not, Or

# From the domain's operator and value to a comparison.
Where = Callable[[str, object], Compare]

EVERYTHING = And(())
NOTHING = Or(())

POSITIVE = {
    "=": "eq",
    "<": "lt",
    "<=": "le",
    ">": "gt",
    ">=": "ge",
    "LIKE": "like",
    "IN": "in",
    "BETWEEN": "between",
}
NEGATIVE = {"!=": "=", "NOT LIKE": "LIKE", "NOT IN": "IN", "NOT BETWEEN": "BETWEEN"}


def condition_of(where: Where, asked: Filter, value: object) -> Condition:
    """Return the condition; ``value`` is the operand as the domain compares it.

    A value that no record can have matches nothing. Raises CiviApiError for an operator that does
    not suit the field.
    """
    is_empty = partial(where, "is_empty")
    if asked.operator == "IS NULL":
        return is_empty(True)
    if asked.operator == "IS NOT NULL":
        return is_empty(False)
    if asked.operator in NEGATIVE:
        positive = _positive(where, asked.name, NEGATIVE[asked.operator], value)
        return And((Not(positive), is_empty(False)))
    return _positive(where, asked.name, asked.operator, value)


def _positive(where: Where, name: str, operator: str, value: object) -> Condition:
    try:
        return where(POSITIVE[operator], value)
    except BadValueError:
        return NOTHING
    except BadOperatorError:
        raise bad_operator(name) from None


def each_operand(asked: Filter, read: Callable[[object], object]) -> object:
    """Return the operand read by a function: one value, or each of several."""
    if isinstance(asked.operand, list):
        return [read(item) for item in asked.operand]
    return None if asked.operand is None else read(asked.operand)
