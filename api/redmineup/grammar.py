"""Read this dialect's filters: ``first_name=~tom``, ``tags=vip|hot``, ``created_on=>=2024-01-01``.

A short filter is an operator, which may be missing, and values between ``|``. Which operators a
filter knows depends on its type, and the longest that fits counts. The long form names them apart:
``f[]=first_name&op[first_name]=~&v[first_name][]=tom``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EQUAL = "="

STRING = ("!*", "!~", "~", "=", "!", "^", "$", "*")
LIST = ("=", "!")
OPTIONAL_LIST = ("!*", "=", "!", "*")
STATUS_LIST = ("o", "c", "*", "=", "!")
NUMBER = ("!*", "><", ">=", "<=", "=", "*")
PAST = (
    "><t-",
    ">t-",
    "<t-",
    "t-",
    "l2w",
    "><",
    ">=",
    "<=",
    "!*",
    "ld",
    "lw",
    "lm",
    "t",
    "w",
    "m",
    "y",
    "=",
    "*",
)
DATE = ("><t+", "<t+", ">t+", "t+", "nd", "nw", "nm", *PAST)

# Operators that say everything themselves.
BARE = frozenset(
    {"!*", "*", "o", "c", "t", "ld", "nd", "w", "lw", "l2w", "nw", "m", "lm", "nm", "y"}
)


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
    if isinstance(expression, list):
        return _clause(name, EQUAL, [str(each) for each in expression])
    if isinstance(expression, Mapping) or expression is None:
        return None
    text = _text(expression)
    if not text.strip():
        return None
    found = (each for each in sorted(operators, key=len, reverse=True) if text.startswith(each))
    operator = next(found, "")
    rest = text.removeprefix(operator)
    if operator in BARE and operator.isalpha() and rest:
        # A word that only begins like an operator is a value.
        operator, rest = "", text
    return _clause(name, operator or EQUAL, rest.split("|"))


def parse_long(params: Mapping[str, Any]) -> list[Clause] | None:
    """Return the clauses of the long form; None when the request does not use it."""
    for names, operators, values in (("f", "op", "v"), ("fields", "operators", "values")):
        if names in params:
            return _long(params[names], params.get(operators), params.get(values))
    return None


def split_names(text: str) -> list[str]:
    """Split names at ``,`` and ``|``; a name in quotes may hold both."""
    names: list[str] = []
    quote, current = "", ""
    for char in text:
        if quote:
            quote, current = ("", current) if char == quote else (quote, current + char)
        elif char in "\"'" and not current.strip():
            quote, current = char, ""
        elif char in ",|":
            names, current = [*names, current], ""
        else:
            current += char
    return [name.strip() for name in (*names, current) if name.strip()]


def _long(names: object, operators: object, values: object) -> list[Clause]:
    listed = list(names.values()) if isinstance(names, Mapping) else names
    listed = listed if isinstance(listed, list) else [listed]
    clauses = []
    for name in dict.fromkeys(str(each) for each in listed if each):
        operator = operators.get(name) if isinstance(operators, Mapping) else None
        given = values.get(name) if isinstance(values, Mapping) else None
        several = list(given.values()) if isinstance(given, Mapping) else given
        several = several if isinstance(several, list) else [several]
        texts = [_text(each) for each in several if each is not None]
        clauses.append(_clause(name, str(operator or EQUAL), texts))
    return clauses


def _clause(name: str, operator: str, values: Sequence[str]) -> Clause:
    kept = () if operator in BARE else tuple(value for value in values if value != "")
    return Clause(name, operator, kept)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)
