"""Build lists and dicts from the bracketed names of form fields.

Two grammars are spoken, alike in looks and different in meaning:

``rails_params``
    ``a[b]`` a key, ``a[]`` one more item, ``a[][k]`` a key of the last item, or of a new item when
    the last one has that key already. Contradictions are refused.
``php_params``
    every bracket is a key of an ordered map, ``[]`` means the next free number, and a map whose
    keys are 0, 1, 2 ... comes out as a list. Of contradictions the later wins, as in PHP.

Both take pairs in the order of the request, because the order carries meaning. Values pass
through untouched, so files of a multipart body nest like text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar, cast

from api.wire.errors import LimitError, MalformedError

Leaf = TypeVar("Leaf")
Nested: TypeAlias = Leaf | "list[Nested[Leaf]]" | "dict[str, Nested[Leaf]]"
Params: TypeAlias = dict[str, Nested[Leaf]]

MAX_DEPTH = 100

# A path of segments: a key, or None for "[]".
Path: TypeAlias = list[str | None]

_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


class ConflictingParamsError(MalformedError):
    """Refuse a name that is used as two kinds of value, as in ``a=1&a[b]=2``."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("a name used as two kinds of value")


def rails_params(fields: Iterable[tuple[str, Leaf]], *, max_depth: int = MAX_DEPTH) -> Params[Leaf]:
    """Nest the fields by the rules of Rails."""
    params: Params[Leaf] = {}
    for name, value in fields:
        path = split_name(name, max_depth)
        if path:
            _put(params, path, value)
    return params


def php_params(fields: Iterable[tuple[str, Leaf]], *, max_depth: int = MAX_DEPTH) -> Params[Leaf]:
    """Nest the fields by the rules of PHP."""
    params: _Map[Leaf] = _Map()
    for name, value in fields:
        path = split_name(name.lstrip(" "), max_depth)
        if path:
            _put_in_map(params, path, value)
    return {key: _listed(value) for key, value in params.items()}


def flat_fields(params: Params[str], *, numbered: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the pairs that nest to these params; ``numbered`` writes ``a[0]`` instead of ``a[]``.

    Empty lists and dicts have no spelling and vanish. Lists inside lists, and hashes whose first
    key is not in every item, survive only when numbered.
    """
    for key, value in params.items():
        yield from _flat(key, value, numbered)


def split_name(name: str, max_depth: int = MAX_DEPTH) -> Path:
    """Split ``a[b][]`` into ``["a", "b", None]``; brackets that do not pair stay in the key."""
    start = name.find("[", 1)
    if start < 0:
        return [name] if name else []
    path: Path = [name[:start]]
    while start < len(name) and name[start] == "[":
        end = name.find("]", start)
        if end < 0:
            return [name] if len(path) == 1 else path
        path.append(name[start + 1 : end] or None)
        if len(path) > max_depth:
            raise LimitError("levels of brackets", max_depth)
        start = end + 1
    return path


def _put(params: Params[Leaf], path: Path, value: Leaf) -> None:
    """Set the value at the path, whose first segment is a key of ``params``."""
    key = cast(str, path[0])
    rest = path[1:]
    if not rest:
        if isinstance(params.get(key), list | dict):
            raise ConflictingParamsError(key)
        params[key] = value
    elif rest[0] is None:
        items = params.setdefault(key, [])
        if not isinstance(items, list):
            raise ConflictingParamsError(key)
        _append(items, rest[1:], value)
    else:
        inner = params.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ConflictingParamsError(key)
        _put(inner, rest, value)


def _append(items: list[Nested[Leaf]], path: Path, value: Leaf) -> None:
    """Add the value to a list: as an item, in the last item, or in a new one."""
    if not path:
        items.append(value)
    elif path[0] is None:
        inner: list[Nested[Leaf]] = []
        items.append(inner)
        _append(inner, path[1:], value)
    else:
        last = items[-1] if items else None
        if not isinstance(last, dict) or _has(last, path):
            last = {}
            items.append(last)
        _put(last, path, value)


def _has(item: Params[Leaf], path: Path) -> bool:
    """Say whether setting the path would overwrite something; a path through a list never does."""
    node: Nested[Leaf] = item
    for segment in path:
        if segment is None or not isinstance(node, dict) or segment not in node:
            return False
        node = node[segment]
    return True


class _Map(dict[str, Nested[Leaf]]):
    """A map of PHP's, which knows the next free number, so that ``[]`` never scans its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.next_number = 0

    def key(self, segment: str | None) -> str:
        """Return the key that a segment means here, and count a number as used."""
        if segment is None:
            segment = str(self.next_number)
        if _NUMBER.fullmatch(segment):
            self.next_number = max(self.next_number, int(segment) + 1)
        return segment


def _put_in_map(params: _Map[Leaf], path: Path, value: Leaf) -> None:
    node = params
    for segment in path[:-1]:
        key = node.key(segment)
        inner = node.get(key)
        if not isinstance(inner, _Map):
            inner = _Map()
            node[key] = inner
        node = inner
    node[node.key(path[-1])] = value


def _listed(value: Nested[Leaf]) -> Nested[Leaf]:
    """Turn every map with the keys 0, 1, 2 ... in this order into a list."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(item) for key, item in value.items()}
    if all(key == str(index) for index, key in enumerate(inner)):
        return list(inner.values())
    return inner


def _flat(name: str, value: Nested[str], numbered: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(f"{name}[{key}]", item, numbered)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _flat(f"{name}[{index if numbered else ''}]", item, numbered)
    else:
        yield name, value
