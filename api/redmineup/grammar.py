"""Read this dialect's filters: ``first_name=~tom``, ``tags=vip|hot``, ``created_on=>=2024-01-01``.

A short filter is an operator, which may be missing, and values between ``|``. Which operators a
filter knows depends on its type, and the longest that fits counts. The long form names them apart:
``f[]=first_name&op[first_name]=~&v[first_name][]=tom``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from contacts.errors import TooComplexError

EQUAL = "="

STRING = ("!*", "!~", "~", "=", "!", "^", "$", "*")
LIST = ("=", "!")
OPTIONAL_LIST = ("!*", "=", "!", "*")
STATUS_LIST = ("o", "c", "*", "=", "!")
NUMBER = ("!*", "><", ">=", "<=", "=", "*")
PAST = (
    *("><t-", ">t-", "<t-", "t-"),
    *("l2w", "ld", "lw", "lm", "t", "w", "m", "y"),
    *("><", ">=", "<=", "=", "!*", "*"),
)
DATE = ("><t+", "<t+", ">t+", "t+", "nd", "nw", "nm", *PAST)

# Operators that say everything themselves.
BARE = frozenset(
    ["!*", "*", "o", "c", "t", "ld", "nd", "w", "lw", "l2w", "nw", "m", "lm", "nm", "y"],
)
# Words for whole groups of statuses, beside the operators `o` and `c`.
STATUS_WORDS = {"open": "o", "closed": "c"}
MAX_VALUES = 1_000


@dataclass(frozen=True)
class Clause:
    """A filter with its name as the client wrote it."""

    name: str
    operator: str
    values: tuple[str, ...] = ()


def parse(name: str, expression: object, operators: Sequence[str]) -> Clause | None:
    """Return the clause of a short filter; None for a blank one.

    A list, as ``tags[]=a&tags[]=b`` gives it, is the same as its items between ``|``.
    """
    if isinstance(expression, Mapping):
        return None
    if isinstance(expression, list):
        return _clause(name, EQUAL, _texts(expression)) if expression else None
    text = _text(expression)
    if not text.strip():
        return None
    found = (each for each in sorted(operators, key=len, reverse=True) if _begins(text, each))
    operator = next(found, "")
    return _clause(name, operator or EQUAL, text.removeprefix(operator).split("|"))


def parse_long(params: Mapping[str, Any]) -> list[Clause] | None:
    """Return the clauses of the long form; None when the request does not use it."""
    for names, operators, values in (("f", "op", "v"), ("fields", "operators", "values")):
        if names in params:
            return _long(params[names], params.get(operators), params.get(values))
    return None


def status_operator(clause: Clause) -> str:
    """Return the operator of a filter of statuses, which may say it by a word."""
    if clause.operator == EQUAL and clause.values:
        return STATUS_WORDS.get(clause.values[0], EQUAL)
    return clause.operator


def split_names(text: str, separators: str = ",|") -> list[str]:
    """Split names at the separators; a name in quotes may hold them."""
    found = ("".join(groups).strip() for groups in _name_pattern(separators).findall(text))
    return [name for name in found if name]


@cache
def _name_pattern(separators: str) -> re.Pattern[str]:
    return re.compile(
        rf"""\s*(?:"([^"]*)"|'([^']*)'|([^{re.escape(separators)}]*))\s*(?:[{separators}]|$)"""
    )


def _begins(text: str, operator: str) -> bool:
    if not operator.isalnum():
        return text.startswith(operator)
    # "t" is today, but "tom" only begins like it; "o|" is the open ones.
    return text == operator or text.startswith(f"{operator}|")


def _long(names: object, operators: object, values: object) -> list[Clause]:
    clauses = []
    for name in dict.fromkeys(_texts(_listed(names))):
        operator = operators.get(name) if isinstance(operators, Mapping) else None
        given = values.get(name) if isinstance(values, Mapping) else None
        if name:
            clauses.append(_clause(name, _text(operator) or EQUAL, _texts(_listed(given))))
    return clauses


def _clause(name: str, operator: str, values: Sequence[str]) -> Clause:
    if len(values) > MAX_VALUES:
        raise TooComplexError("values", MAX_VALUES)
    kept = () if operator in BARE else tuple(value for value in values if value.strip())
    return Clause(name, operator, kept)


def _listed(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _texts(values: Sequence[object]) -> list[str]:
    return [_text(each) for each in values if not isinstance(each, Mapping | list)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)
