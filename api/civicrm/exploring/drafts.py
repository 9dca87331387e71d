"""Read a call from the address of a page: entity, action, rows of parameters, chained calls.

The page's own form writes short names (``f``, ``o``, ``v`` for each row); whatever else stands in
the address is a parameter of the call, so that links such as ``?entity=Contact&first_name=Alice``
work as well.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.civicrm.grammar.filters import SEVERAL, WITHOUT_OPERAND
from api.civicrm.grammar.names import plain
from api.civicrm.registry import entity_named
from api.wire.nested_params import php_params
from api.wire.urlencoded import read_fields

Params = dict[str, Any]  # JSON

# Names of the page's form, and what requests to the API carry beside the call.
_OWN = frozenset(
    {*"fov", "ce", "ca", "cp", "more", "limit", "offset", "sort", "version", "through"}
)
_OUTER = frozenset(
    {"entity", "action", "return", "sequential", "json", "key", "api_key", "options"}
)
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter as it was typed."""

    name: str = ""
    operator: str = "="
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A chained call as it was typed; ``params`` is JSON."""

    entity: str = ""
    action: str = "get"
    params: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A call as far as it is chosen; ``faults`` are texts that are no JSON."""

    entity: str
    action: str
    rows: tuple[Row, ...] = ()
    links: tuple[Link, ...] = ()
    returned: tuple[str, ...] = ()
    sort: str = ""
    limit: str = ""
    offset: str = ""
    sequential: bool = True
    more: str = ""
    # Which version is shown first; the call itself is put together in the words of version 3.
    version: str = "3"

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the texts that should be JSON objects and are none."""
        texts = (self.more, *(link.params for link in self.links))
        return tuple(text for text in texts if text.strip() and _object(text) is None)

    @property
    def params(self) -> Params:
        """Return the parameters of the call."""
        params: Params = {"sequential": 1} if self.sequential else {}
        for row in self.rows:
            _add(params, row)
        if self.returned:
            params["return"] = ",".join(self.returned)
        options = {
            name: int(text) if text.strip().isdecimal() else text
            for name, text in (("limit", self.limit), ("offset", self.offset), ("sort", self.sort))
            if text.strip()
        }
        if options:
            params["options"] = options
        for link in self.links:
            params[_free(params, f"api.{link.entity}.{link.action}")] = _object(link.params) or {}
        more = _object(self.more) or {}
        if options and isinstance(more.get("options"), dict):
            more["options"] = {**options, **more["options"]}
        return {**params, **more}


def draft_of(text: str) -> Draft:
    """Return the call that a query string describes."""
    given = php_params(read_fields(text.encode("latin-1", "replace"), drop_nul=True))
    entity = entity_named(given.get("entity") or "Contact")
    rest: Params = {k: v for k, v in given.items() if k not in _OWN and k not in _OUTER}
    inner = _object(str(given.get("json") or "")) or {}
    options = {**_map(inner.pop("options", None)), **_options(given.get("options"))}
    rest = {**inner, **rest}
    is_form = "f" in given
    sequential = given.get("sequential", rest.pop("sequential", None if is_form else "1"))
    chained = [key for key in rest if key.startswith(("api.", "api_")) and key != "api_key"]
    return Draft(
        entity=entity.name if entity else plain(given.get("entity"))[:60],
        action=plain(given.get("action") or "get").lower()[:60],
        rows=(*_rows(given), *_plain_rows(rest, chained)),
        links=(*_links(given), *(_link(key, rest[key]) for key in chained)),
        returned=_names(given.get("return", inner.get("return"))),
        version="4" if given.get("version") == "4" else "3",
        sort=str(given.get("sort") or options.get("sort") or ""),
        limit=str(given.get("limit") or options.get("limit") or ""),
        offset=str(given.get("offset") or options.get("offset") or ""),
        sequential=str(sequential).lower() in ("1", "true", "on"),
        more=str(given.get("more") or _further(options)),
    )


def _options(value: object) -> Mapping[str, Any]:
    return (_object(value) or {}) if isinstance(value, str) else _map(value)


def _further(options: Mapping[str, Any]) -> str:
    """Return the options that have no place of their own in the form."""
    further = {name: item for name, item in options.items() if name not in _PLACED}
    return json.dumps({"options": further}, ensure_ascii=False) if further else ""


_PLACED = frozenset({"limit", "offset", "sort"})


def _rows(given: Mapping[str, Any]) -> Iterator[Row]:
    names, operators, values = (_listed(given.get(name)) for name in "fov")
    for place, name in enumerate(names[:MOST_ROWS]):
        if name:
            yield Row(name, _at(operators, place) or "=", _at(values, place))


def _plain_rows(rest: Mapping[str, Any], chained: list[str]) -> Iterator[Row]:
    for name, value in list(rest.items())[:MOST_ROWS]:
        if name in chained or name == "return":
            continue
        if isinstance(value, Mapping):
            for operator, operand in value.items():
                yield Row(name, str(operator), _text(operand))
        else:
            yield Row(name, "=", _text(value))


def _links(given: Mapping[str, Any]) -> Iterator[Link]:
    entities, actions, params = (_listed(given.get(name)) for name in ("ce", "ca", "cp"))
    for place, name in enumerate(entities[:MOST_ROWS]):
        if name:
            yield Link(name, _at(actions, place) or "get", _at(params, place))


def _link(key: str, value: object) -> Link:
    parts = key.split(key[3])
    action = parts[2] if len(parts) > 2 else "get"
    return Link(parts[1], action, json.dumps(value) if isinstance(value, Mapping) else "")


def _add(params: Params, row: Row) -> None:
    """Put a row among the parameters; several rows of one field become one parameter."""
    value = _value(row)
    if row.operator == "=":
        before = params.get(row.name)
        if isinstance(before, Mapping):
            params[row.name] = {**before, "=": value}
        elif row.name in params:
            params[row.name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            params[row.name] = value
        return
    before = params.get(row.name, {})
    params[row.name] = {**(before if isinstance(before, Mapping) else {"=": before})}
    params[row.name][row.operator] = value


def _value(row: Row) -> object:
    text = row.value
    if row.operator in WITHOUT_OPERAND:
        return 1
    if text.lstrip().startswith(("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            return text
    if row.operator in SEVERAL:
        return [item.strip() for item in text.split(",")]
    return text


def _free(params: Params, name: str) -> str:
    """Return the name of a chained call, numbered where the same is wanted again."""
    number, found = 1, name
    while found in params:
        number += 1
        found = f"{name}.{number}"
    return found


def _object(text: str) -> Params | None:
    try:
        found = json.loads(text) if text.strip() else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [_text(item) for item in value]
    return [value] if isinstance(value, str) else []


def _at(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _names(value: object) -> tuple[str, ...]:
    texts = _listed(value) if isinstance(value, list) else str(value or "").split(",")
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
