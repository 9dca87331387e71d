"""Days, moments and whole numbers, compared as text with the pattern of a client.

How a pattern begins says in which range the values lie, and an index leads to those; of a pattern
that no such text can fit it is known that it finds nothing.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import BigIntegerField, Func, Q, TextField
from django.db.models.functions import Cast

from contacts.fields.storage.lookups import Written

Prepare = Callable[[object], object]

# By type of field: a column that holds no text, as text.
WRITTEN: dict[str, Callable[[str], Func]] = {
    "date": partial(Written, shape="day"),
    "datetime": partial(Written, shape="moment"),
    # Values of custom fields are kept with a fraction.
    "integer": lambda column: Cast(Cast(column, BigIntegerField()), TextField()),
}
# How days and moments are written; a zero is any digit.
SHAPES = {"date": "0000-00-00", "datetime": "0000-00-00 00:00:00"}
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
# Both databases number with 64 bits.
MOST_DIGITS = 20

NOTHING = Q(pk__in=())
DIGITS = frozenset("0123456789")


class _Sign(NamedTuple):
    """A character of a pattern, or a wildcard."""

    char: str
    is_wild: bool


ENDLESS = _Sign("%", is_wild=True)


class _NeverError(ValueError):
    """Nothing is written like that."""


def range_of(column: str, type_name: str, pattern: str, prepare: Prepare) -> Q:
    """Return in which range of a column there are values whose text may fit a pattern of LIKE."""
    signs = _signs(pattern)
    try:
        if type_name == "integer":
            number = _number(signs)
            return Q() if number is None else Q(**{column: prepare(number)})
        beginning = _fixed(signs, SHAPES[type_name])
        if not beginning:
            return Q()
        low, high = _ends(beginning)
    except _NeverError:
        return NOTHING
    if type_name == "date":
        within = {"gte": prepare(low.date()), "lte": prepare(high.date())}
    elif high < LAST:
        # What follows the seconds is not written.
        within = {"gte": prepare(low), "lt": prepare(high + timedelta(seconds=1))}
    else:
        within = {"gte": prepare(low)}
    return Q(**{f"{column}__{lookup}": value for lookup, value in within.items()})


def _signs(pattern: str) -> list[_Sign]:
    signs, chars = [], iter(pattern)
    for char in chars:
        if char == "\\":
            signs.append(_Sign(next(chars, char), is_wild=False))
        else:
            signs.append(_Sign(char, is_wild=char in "_%"))
    return signs


def _beginning(signs: Iterable[_Sign]) -> str:
    """Return what comes before the first wildcard."""
    chars = []
    for sign in signs:
        if sign.is_wild:
            break
        chars.append(sign.char)
    return "".join(chars)


def _number(signs: Sequence[_Sign]) -> int | None:
    """Return the only number that fits, None where several may; raises _NeverError."""
    for place, sign in enumerate(signs):
        is_minus = sign.char == "-" and all(each == ENDLESS for each in signs[:place])
        if not (sign.is_wild or sign.char in DIGITS or is_minus):
            raise _NeverError
    if any(sign.is_wild for sign in signs):
        return None
    text = _beginning(signs)
    if not text.removeprefix("-") or len(text) > MOST_DIGITS or str(int(text)) != text:
        raise _NeverError
    return int(text)


def _fixed(signs: Sequence[_Sign], shape: str) -> str:
    """Return how each text that may fit begins; raises _NeverError."""
    known = DIGITS.union(shape)
    if any(sign.char not in known for sign in signs if not sign.is_wild):
        raise _NeverError
    length = next((n for n, sign in enumerate(signs) if sign == ENDLESS), None)
    first = signs[:length]
    if len(first) > len(shape) or (length is None and len(first) < len(shape)):
        raise _NeverError
    for sign, meant in zip(first, shape, strict=False):
        fits = sign.char in DIGITS if meant == "0" else sign.char == meant
        if not (sign.is_wild or fits):
            raise _NeverError
    return _beginning(first)


def _ends(text: str) -> tuple[datetime, datetime]:
    """Return the first and the last moment whose text begins so; raises _NeverError."""
    years = int(text[:4].ljust(4, "0")), int(text[:4].ljust(4, "9"))
    months = _among(text[5:7], range(1, 13))
    low = date(max(years[0], 1), months[0], 1)
    if not years[1]:
        raise _NeverError
    high = date(years[1], months[-1], 1)
    days = _among(text[8:10], range(1, monthrange(high.year, high.month)[1] + 1))
    hours, minutes, seconds = (
        _among(text[at : at + 2], range(most)) for at, most in ((11, 24), (14, 60), (17, 60))
    )
    first = time(hours[0], minutes[0], seconds[0])
    last = time(hours[-1], minutes[-1], seconds[-1])
    return (
        datetime.combine(low.replace(day=days[0]), first, UTC),
        datetime.combine(high.replace(day=days[-1]), last, UTC),
    )


def _among(text: str, numbers: Iterable[int]) -> list[int]:
    """Return the numbers that are written in two digits of which the first are these."""
    found = [number for number in numbers if f"{number:02}".startswith(text)]
    if not found:
        raise _NeverError
    return found
