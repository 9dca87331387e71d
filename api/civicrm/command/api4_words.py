"""Read the shorthands of version 4: ``+s``, ``+w``, ``+o``, ``+l``, ``+v``.

+s id,display_name      +w 'first_name like "A%"'      +o 'last_name DESC'
+l 10@20                +v first_name=Alice
"""

import re
from collections.abc import Callable, Mapping, Sequence

from api.civicrm.command.words import LineError, Params, value_of

_NAMES = {
    "+select": "+s",
    "+where": "+w",
    "+order": "+o",
    "+orderBy": "+o",
    "+limit": "+l",
    "+value": "+v",
    "+values": "+v",
}
_WORDS = "is not null|is null|is not empty|is empty|not like|not in|not contains|not between"
_CONDITION = re.compile(
    rf"\s*([\w.:]+)\s*({_WORDS}|like|in|contains|between|regexp|!=|<>|>=|<=|=|<|>)\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_LIMIT = re.compile(r"(\d+)(?:@(\d+))?")


def api4_params(words: Sequence[str]) -> Params:
    """Return the parameters of the words; raises LineError."""
    params: Params = {}
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word.startswith("+"):
            name, equals, text = word.partition("=")
            if not equals:
                if not waiting:
                    raise LineError(f"{word} needs a value.")
                text = waiting.pop(0)
            _shorthand(params, _NAMES.get(name, name), text)
        elif word.startswith("{"):
            _merge(params, word)
        else:
            name, equals, text = word.partition("=")
            if not equals or not name:
                raise LineError(f"Not understood: {word!r}. Parameters are written key=value.")
            params[name] = _scalar(text)
    return params


def _merge(params: Params, text: str) -> None:
    found = value_of(text)
    if not isinstance(found, dict):
        raise LineError(f"Not a JSON object: {text!r}")
    params.update(found)


def _shorthand(params: Params, name: str, text: str) -> None:
    if name not in _SHORTHANDS:
        raise LineError(f"Unknown shorthand: {name}")
    _SHORTHANDS[name](params, text)


def _select(params: Params, text: str) -> None:
    names = [name.strip() for name in text.split(",") if name.strip()]
    params.setdefault("select", []).extend(names)


def _where(params: Params, text: str) -> None:
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise LineError(f"Not a condition: {text!r}. Write: field OPERATOR value.")
    operator = "!=" if found[2] == "<>" else found[2].upper()
    clause = [found[1], operator]
    if not operator.startswith("IS "):
        clause.append(_literal(found[3].strip()))
    params.setdefault("where", []).append(clause)


def _order(params: Params, text: str) -> None:
    for term in text.split(","):
        name, _space, direction = term.strip().partition(" ")
        params.setdefault("orderBy", {})[name] = direction.strip().upper() or "ASC"


def _limit(params: Params, text: str) -> None:
    found = _LIMIT.fullmatch(text.strip())
    if found is None:
        raise LineError(f"Not a limit: {text!r}. Write: NUMBER or NUMBER@OFFSET.")
    params["limit"] = int(found[1])
    if found[2]:
        params["offset"] = int(found[2])


def _value(params: Params, text: str) -> None:
    name, equals, value = text.partition("=")
    if not equals:
        raise LineError(f"Not a value: {text!r}. Write: field=value.")
    params.setdefault("values", {})[name.strip()] = _literal(value.strip())


_SHORTHANDS: Mapping[str, Callable[[Params, str], None]] = {
    "+s": _select,
    "+w": _where,
    "+o": _order,
    "+l": _limit,
    "+v": _value,
}


def _literal(text: str) -> object:
    """Return a value as it is meant: without its quotes, and JSON where it looks so."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return _scalar(text)


def _scalar(text: str) -> object:
    if re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    return value_of(text)
