"""Read the conditions of a call.

    filter  = field ":" ( scalar | list | "{" op ":" operand "," ... "}" )
    op      = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=" | "LIKE" | "NOT LIKE" | "IN" | "NOT IN"
            | "BETWEEN" | "NOT BETWEEN" | "IS NULL" | "IS NOT NULL"

Several operators of one field must all hold; operators may be written small; a list without an
operator is IN, and IN takes a text with commas (docs/dialects/civicrm.md, "Filters").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.civicrm.errors import CiviApiError, bad_operator

OPERATORS = frozenset(
    {
        "=",
        "!=",
        "<>",
        "<",
        "<=",
        ">",
        ">=",
        "LIKE",
        "NOT LIKE",
        "IN",
        "NOT IN",
        "BETWEEN",
        "NOT BETWEEN",
        "IS NULL",
        "IS NOT NULL",
        "NULL",
        "NOT NULL",
    }
)
SEVERAL = frozenset({"IN", "NOT IN", "BETWEEN", "NOT BETWEEN"})
WITHOUT_OPERAND = frozenset({"IS NULL", "IS NOT NULL"})
# Stored in one spelling, so that nobody has to know both.
_SAME = {"<>": "!=", "NULL": "IS NULL", "NOT NULL": "IS NOT NULL"}


class BadListError(CiviApiError):
    """An operator that takes several values has none, or not as many as it takes."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: a field as the client names it, an operator, what it is compared with.

    ``operand`` is a list for the operators that take several, None for those that take nothing.
    """

    name: str
    operator: str
    operand: Any = None  # a value of the client's JSON


def filters_of(name: str, value: object) -> Iterator[Filter]:
    """Yield the conditions that one parameter means; blank ones mean none.

    Raises CiviApiError for an unknown operator and for lists that cannot be.
    """
    if value is None or value == "":
        return
    if isinstance(value, list):
        yield _several(name, "IN", value)
    elif isinstance(value, Mapping):
        yield from _operators(name, value)
    else:
        yield Filter(name, "=", value)


def _operators(name: str, value: Mapping[str, object]) -> Iterator[Filter]:
    if value and all(key.isdecimal() for key in value):
        # A list that PHP wrote with numbers of its own, as in `id[3]=7`.
        yield _several(name, "IN", list(value.values()))
        return
    for written, operand in value.items():
        operator = " ".join(written.upper().split())
        if operator not in OPERATORS:
            raise bad_operator(name)
        operator = _SAME.get(operator, operator)
        if operator in WITHOUT_OPERAND:
            yield Filter(name, operator)
        elif operator in SEVERAL:
            yield _several(name, operator, operand)
        else:
            yield _single(name, operator, operand)


def _single(name: str, operator: str, operand: object) -> Filter:
    if isinstance(operand, Mapping):
        raise bad_operator(name)
    if isinstance(operand, list):
        if operator not in ("=", "!="):
            raise bad_operator(name)
        return _several(name, "IN" if operator == "=" else "NOT IN", operand)
    return Filter(name, operator, operand)


def _several(name: str, operator: str, operand: object) -> Filter:
    items = _items(operand)
    if any(isinstance(item, Mapping | list) for item in items):
        raise bad_operator(name)
    if not items or ("BETWEEN" in operator and len(items) != 2):
        raise BadListError(f"invalid criteria for {operator}")
    return Filter(name, operator, items)


def _items(operand: object) -> list[object]:
    if isinstance(operand, Mapping):
        return list(operand.values())
    if isinstance(operand, list):
        return operand
    if isinstance(operand, str) and "," in operand:
        return [item.strip() for item in operand.split(",")]
    return [] if operand in (None, "") else [operand]
