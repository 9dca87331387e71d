"""What the functions of ``select`` make of values: of those of many rows, or of one."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from api.civicrm.errors import CiviApiError
from api.civicrm.mapping.options import ordered_by

Value = Any  # JSON


def _number(value: Value) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _text(value: Value) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _part_of_day(start: int, end: int) -> Callable[[Value], Value]:
    return lambda value: int(str(value)[start:end]) if str(value)[start:end].isdecimal() else None


def _of_first(make: Callable[[Value], Value]) -> Callable[[list[Value]], Value]:
    """Return a function of one value that makes nothing of nothing."""
    return lambda values: None if values[0] is None else make(values[0])


def _joined(values: list[Value]) -> Value:
    return None if None in values else "".join(map(_text, values))


def _of_first_with_number(make: Callable[[str, int], str]) -> Callable[[list[Value]], Value]:
    """Return a function of a text and a number that makes nothing of nothing."""
    return lambda values: (
        None if None in values else make(_text(values[0]), int(_number(values[1])))
    )


def _replaced(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old else text


def _same(first: Value, second: Value) -> bool:
    return None not in (first, second) and ordered_by(first) == ordered_by(second)


def _rounded(number: float, places: float = 0) -> float:
    return _whole(round(number, int(places)))


_MONTH = _part_of_day(5, 7)

TOTALS: Mapping[str, Callable[[list[Value]], Value]] = {
    "COUNT": len,
    "SUM": lambda values: _whole(sum(map(_number, values))) if values else None,
    "AVG": lambda values: sum(map(_number, values)) / len(values) if values else None,
    "MIN": lambda values: min(values, key=ordered_by, default=None),
    "MAX": lambda values: max(values, key=ordered_by, default=None),
    "GROUP_CONCAT": lambda values: values,
    "GROUP_FIRST": lambda values: next(iter(values), None),
}
FUNCTIONS: Mapping[str, Callable[[list[Value]], Value]] = {
    "UPPER": _of_first(lambda value: _text(value).upper()),
    "LOWER": _of_first(lambda value: _text(value).lower()),
    "CHAR_LENGTH": _of_first(lambda value: len(_text(value))),
    "ABS": _of_first(lambda value: _whole(abs(_number(value)))),
    "ROUND": lambda values: None if values[0] is None else _rounded(*map(_number, values)),
    "YEAR": _of_first(_part_of_day(0, 4)),
    "MONTH": _of_first(_MONTH),
    "DAYOFMONTH": _of_first(_part_of_day(8, 10)),
    "DATE": _of_first(lambda value: _text(value)[:10]),
    "CONCAT": _joined,
    "CONCAT_WS": lambda values: _text(values[0]).join(
        _text(each) for each in values[1:] if each is not None
    ),
    "CURDATE": lambda _values: timezone.localdate().isoformat(),
    "GREATEST": lambda values: None if None in values else max(values, key=ordered_by),
    "IF": lambda values: values[1] if values[0] not in (None, "", 0, "0", False) else values[2],
    "IFNULL": lambda values: values[1] if values[0] is None else values[0],
    "ISNOTNULL": lambda values: values[0] is not None,
    "ISNULL": lambda values: values[0] is None,
    "LEAST": lambda values: None if None in values else min(values, key=ordered_by),
    "LEFT": _of_first_with_number(lambda text, length: text[:length]),
    "NOW": lambda _values: timezone.localtime().strftime("%Y-%m-%d %H:%M:%S"),
    "NULLIF": lambda values: None if _same(*values) else values[0],
    "QUARTER": _of_first(lambda value: -(-(_MONTH(value) or 0) // 3) or None),
    "REPLACE": lambda values: None if None in values else _replaced(*map(_text, values)),
    "RIGHT": _of_first_with_number(lambda text, length: text[-length:] if length > 0 else ""),
    "COALESCE": lambda values: next((each for each in values if each is not None), None),
}

# Least and most arguments, where it is not one.
_MANY = 100
_ARGUMENTS: Mapping[str, tuple[int, int]] = {
    "COUNT": (0, 1),
    **dict.fromkeys(("CURDATE", "NOW"), (0, 0)),
    **dict.fromkeys(("IFNULL", "LEFT", "NULLIF", "RIGHT"), (2, 2)),
    **dict.fromkeys(("IF", "REPLACE"), (3, 3)),
    **dict.fromkeys(("COALESCE", "CONCAT", "GREATEST", "LEAST"), (1, _MANY)),
    "CONCAT_WS": (2, _MANY),
    "ROUND": (1, 2),
}


def require_arguments(function: str, given: int) -> None:
    """Raise CiviApiError for a function with too few or too many arguments."""
    least, most = _ARGUMENTS.get(function, (1, 1))
    if given < least:
        raise CiviApiError(f"Missing param {given + 1} for SQL function {function}", 0)
    if given > most:
        raise CiviApiError(f"Too many arguments given for SQL function {function}", 0)
