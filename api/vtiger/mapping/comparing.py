"""What comparisons of the query language mean; docs/dialects/vtiger.md, "Queries".

Text compares whatever its case, and a text that is not set counts as empty. A date, number or
reference that is not set matches no comparison at all.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any as AnyType

from api.vtiger.grammar import Comparison
from contacts.errors import BadValueError
from contacts.fields import Field, compare
from contacts.fields.text import fold
from contacts.fields.types import LARGEST_ID
from contacts.query import And, Compare, Condition, Not, Or

EVERYTHING: Condition = And(())
NOTHING: Condition = Or(())
# No database has as many records.
MOST_IDS = 2**52

# Of texts, numbers or moments, which Python orders all alike.
Order = Callable[[AnyType, AnyType], bool]
ORDERS: Mapping[str, Order] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
NAMES = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def is_so(text: str, comparison: Comparison) -> bool:
    """Tell whether a comparison is true of a text that we know."""
    ours = fold(text)
    if comparison.operator == "in":
        return any(ours == fold(value) for value in comparison.values)
    if comparison.operator == "like":
        return _pattern(fold(comparison.value)).fullmatch(ours) is not None
    return ORDERS[comparison.operator](ours, fold(comparison.value))


def _pattern(like: str) -> re.Pattern[str]:
    parts = {"%": ".*", "_": "."}
    return re.compile("".join(parts.get(char) or re.escape(char) for char in like), re.DOTALL)


def among(field: Field, known: Iterable[tuple[object, str]], comparison: Comparison) -> Condition:
    """Return the condition on a field of which every value is known, with the text that it shows.

    What is not set shows as empty text.
    """
    known = list(known)
    chosen = [value for value, text in known if is_so(text, comparison)]
    parts: list[Condition] = []
    if chosen:
        parts.append(Compare(field, compare(field, "in", chosen)))
    if is_so("", comparison):
        parts.append(is_empty(field))
    return Or(tuple(parts))


def is_blank(comparison: Comparison) -> bool:
    """Tell whether a comparison asks for no value, or for any: ``= ''`` and ``!= ''``."""
    return comparison.values == ("",) and comparison.operator in ("=", "!=")


def is_unset(field: Field, comparison: Comparison) -> Condition | None:
    """Return "has no value" for ``= ''`` and "has one" for ``!= ''``, else None."""
    if not is_blank(comparison):
        return None
    nothing = is_empty(field)
    return nothing if comparison.operator == "=" else Not(nothing)


def is_empty(field: Field, *, scope: str = "any") -> Condition:
    """Return "has no value"."""
    return Compare(field, compare(field, "is_empty", True, scope=scope))


def text_condition(field: Field, comparison: Comparison, *, scope: str = "any") -> Condition:
    """Return the condition on a text, for which not set is empty."""
    if comparison.operator == "in":
        if all(map(fold, comparison.values)) and "in" in field.type.operators:
            return Compare(field, compare(field, "in", comparison.values, scope=scope))
        each = (Comparison(comparison.name, "=", (value,)) for value in comparison.values)
        return Or(tuple(text_condition(field, one, scope=scope) for one in each))
    if comparison.operator == "!=":
        same = Comparison(comparison.name, "=", comparison.values)
        return Not(text_condition(field, same, scope=scope))
    nothing = is_empty(field, scope=scope)
    parts: list[Condition] = [nothing] if is_so("", comparison) else []
    if not fold(comparison.value):
        # Every text is greater than none, and none is equal to or like it.
        parts += [Not(nothing)] if comparison.operator in (">", ">=") else []
    elif comparison.operator == "like":
        parts.append(like(field, comparison.value, scope=scope))
    else:
        name = NAMES[comparison.operator]
        parts.append(Compare(field, compare(field, name, comparison.value, scope=scope)))
    return Or(tuple(parts))


def like(field: Field, pattern: str, *, scope: str = "any") -> Condition:
    """Return "is like"; the domain's pattern has an escape character, this language has none."""
    plain = pattern.replace("\\", "\\\\")
    return Compare(field, compare(field, "like", plain, scope=scope))


def ordered_condition(
    field: Field, comparison: Comparison, read: Callable[[str], object | None]
) -> Condition:
    """Return the condition on a number or date; text that is none matches nothing.

    ``read`` returns the value of a literal, or None.
    """
    unset = is_unset(field, comparison)
    if unset is not None:
        return unset
    values = [value for text in comparison.values if (value := read(text)) is not None]
    if comparison.operator in ("in", "like", "="):
        return one_of(field, values)
    if not values:
        return NOTHING
    name = NAMES[comparison.operator]
    return _compared(field, name, values[0])


def ids_condition(field: Field, sign: str, numbers: Iterable[int | None]) -> Condition:
    """Return the condition on the number of a record; what is not set matches no comparison.

    Clients begin with ``id > '12x0'``, which numbers no record.
    """
    wanted = [number for number in numbers if number is not None]
    possible = [number for number in wanted if 0 < number <= LARGEST_ID]
    if sign in ("=", "in", "like"):
        return one_of(field, possible)
    if not wanted:
        return NOTHING
    if sign == "!=":
        return And((Not(is_empty(field)), Not(one_of(field, possible))))
    number = min(wanted[0], MOST_IDS) + _BEYOND.get(sign, 0)
    if sign in (">", ">="):
        return _compared(field, "ge", max(number, 1))
    return _compared(field, "le", number)


# The least number above, the greatest below.
_BEYOND = {">": 1, "<": -1}


def one_of(field: Field, values: Iterable[object]) -> Condition:
    """Return "is one of these"; of no values, nothing is."""
    each = tuple(_compared(field, "eq", value) for value in values)
    possible = [one.comparison.value for one in each if isinstance(one, Compare)]
    if len(possible) < 2:
        return Or(each)
    # One comparison: lists of programs are longer than the comparisons that a condition may have.
    return Compare(field, compare(field, "in", possible))


def _compared(field: Field, name: str, value: object) -> Condition:
    try:
        return Compare(field, compare(field, name, value, include_empty=False))
    except BadValueError:
        # Larger than any number that can be stored, for one.
        return NOTHING
