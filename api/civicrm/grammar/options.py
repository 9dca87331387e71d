"""Read the options of a call, in each of the spellings that history has left (section 2.5)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.civicrm.errors import CiviApiError, bad_sort
from api.wire.errors import WireError
from api.wire.json_text import read_json

Params = Mapping[str, Any]  # the client's JSON

DEFAULT_LIMIT = 25
# What a database counts to; the limit 0 means all.
EVERYTHING = 2**31 - 1

_TERM = re.compile(r"([\w.]+)(?:\s+(asc|desc))?", re.IGNORECASE)
_YES = frozenset({"1", "true", "yes", "on"})

# Parameters that say something about the call and are never conditions or values.
RESERVED = frozenset(
    {
        "version",
        "sequential",
        "options",
        "return",
        "sort",
        "offset",
        "rowCount",
        "check_permissions",
        "debug",
        "prettyprint",
        "json",
        "key",
        "api_key",
        "entity",
        "action",
        "api_action",
        "q",
        "fnName",
        "IDS_request_uri",
        "IDS_user_agent",
        "rest_route",
    }
)
_RESERVED_STARTS = ("option.", "option_", "return.", "format.", "api.", "api_", "_authx")
# Fields that begin like an option of the call.
_FIELDS = frozenset({"option_group_id", "option_group_name", "option_values"})


def is_reserved(name: str) -> bool:
    """Say whether a parameter is about the call itself."""
    head = name.partition(".")[0]
    return name in RESERVED or (name.startswith(_RESERVED_STARTS) and head not in _FIELDS)


@dataclass(frozen=True, slots=True)
class Order:
    """One field to order by."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What a call says about its answer.

    ``limit`` is EVERYTHING for all records; ``returned`` is None where nothing is said. ``groups``
    are names of filters of which one of each group has to hold.
    """

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    sort: tuple[Order, ...] = ()
    returned: tuple[str, ...] | None = None
    sequential: bool = False
    groups: tuple[tuple[str, ...], ...] = ()
    match: tuple[str, ...] = ()
    match_mandatory: tuple[str, ...] = ()
    reload: bool = False
    get_options: tuple[str, ...] = ()


def is_yes(value: object) -> bool:
    """Say whether a parameter switches something on."""
    if isinstance(value, str):
        return value.strip().lower() in _YES
    return value is True or (isinstance(value, int | float) and value == 1)


def options_of(params: Params) -> Options:
    """Return the options of a call; raises CiviApiError for an order that cannot be."""
    given = _given(params.get("options"))
    found = Options(
        limit=_limit(_option(params, given, "limit", "rowCount")),
        offset=_whole(_option(params, given, "offset", "offset")) or 0,
        sort=tuple(_sort(_option(params, given, "sort", "sort"))),
        returned=_returned(params, given),
        sequential=is_yes(params.get("sequential", given.get("sequential"))),
        groups=_groups(given.get("or")),
    )
    return replace(
        found,
        match=_names(given.get("match")),
        match_mandatory=_names(given.get("match-mandatory")),
        reload=is_yes(given.get("reload")),
        get_options=_names(given.get("get_options")),
    )


def names_in(value: object) -> tuple[str, ...]:
    """Return names written as a list, as a text with commas, or as keys of what is wanted."""
    return _names(value)


def _given(value: object) -> Mapping[str, Any]:
    """Return the map of options; some clients send it as text, which the original ignores."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = read_json(value.encode())
        except WireError:
            return {}
    return value if isinstance(value, Mapping) else {}


def _option(params: Params, given: Mapping[str, Any], name: str, plain: str) -> object:
    for source, key in (
        (given, name),
        (params, f"option_{name}"),
        (params, f"option.{name}"),
        (params, plain),
    ):
        if source.get(key) is not None:
            found: object = source[key]
            return found
    return None


def _limit(value: object) -> int:
    if value is None:
        return DEFAULT_LIMIT
    number = _whole(value)
    # Zero, negative and what is no number mean all.
    return number if number is not None and 0 < number < EVERYTHING else EVERYTHING


def _whole(value: object) -> int | None:
    if isinstance(value, str):
        text = value.strip()
        is_number = text.isascii() and text.isdecimal()
        # Beyond all records is there as well as further beyond.
        value = None if not is_number else int(text) if len(text) < 19 else EVERYTHING
    elif isinstance(value, float) and value > EVERYTHING:
        value = EVERYTHING
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return min(value, EVERYTHING) if value >= 0 else None


MOST_TERMS = 100


def _sort(value: object) -> Iterator[Order]:
    if value is None or value == "":
        return
    terms = value if isinstance(value, list) else str(value).split(",")
    # Nobody means as many, and each is looked for among the fields.
    for term in terms[:MOST_TERMS]:
        text = str(term).strip() if isinstance(term, str) else "Array"
        found = _TERM.fullmatch(text)
        if found is None:
            raise bad_sort(text)
        yield Order(found[1], (found[2] or "").lower() == "desc")


def _returned(params: Params, given: Mapping[str, Any]) -> tuple[str, ...] | None:
    names = [*_names(params.get("return")), *_names(given.get("return"))]
    # The oldest spelling: a parameter of its own for each name.
    names += [
        name.removeprefix("return.")
        for name, value in params.items()
        if name.startswith("return.") and value not in (0, "0", "", None, False)
    ]
    return tuple(dict.fromkeys(names)) or None


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, Mapping):
        value = [
            item if isinstance(item, str) and key.isdecimal() else key
            for key, item in value.items()
        ]
    if not isinstance(value, list):
        return ()
    return tuple(item.strip() for item in value if isinstance(item, str) and item.strip())


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list):
        return (_names(value),)
    if all(isinstance(item, str) for item in value):
        return (_names(value),)
    return tuple(group for group in map(_names, value) if group)


def require_given(groups: tuple[tuple[str, ...], ...], names: "set[str]") -> None:
    """Raise CiviApiError where a group names a filter that the call does not have."""
    for group in groups:
        for name in group:
            if name not in names:
                message = f"'{name}' specified in OR group but not added to params"
                raise CiviApiError(message)
