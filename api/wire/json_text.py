"""Read and write JSON text.

Of a key given twice the last counts, as in the originals. ``NaN`` and ``Infinity`` are refused,
whole numbers beyond 64 bits become floats.
"""

from typing import Any, TypeAlias

import orjson

from api.wire.charsets import UTF_8, codec_named, text_of
from api.wire.errors import LimitError, MalformedError

# JSON values are anything; who reads them checks each by its place.
Json: TypeAlias = Any

MAX_DEPTH = 100

_BOM = b"\xef\xbb\xbf"


def read_json(
    raw: bytes, *, charset: str = UTF_8, max_depth: int = MAX_DEPTH, drop_nul: bool = False
) -> Json:
    """Return the value of a JSON text, or raise ``MalformedError`` with the place of the fault.

    NUL characters in strings are refused, or taken out with ``drop_nul``.
    """
    raw = raw.removeprefix(_BOM)
    if charset != UTF_8 and (codec := codec_named(charset)) != UTF_8:
        raw = text_of(raw, codec).removeprefix("\ufeff").encode()
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedError("not valid JSON", error.pos) from None
    # Most bodies cannot be that deep: counting brackets is cheaper than walking the value.
    if raw.count(b"[") + raw.count(b"{") > max_depth:
        _check_depth(value, max_depth)
    if b"\\u0000" in raw:
        return _without_nul(value, drop_nul)
    return value


def write_json(value: Json, *, indent: bool = False) -> bytes:
    """Return compact UTF-8 JSON, or JSON indented by two for people."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else None)


def _check_depth(value: Json, limit: int) -> None:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise LimitError("levels of JSON", limit)


def _without_nul(value: Json, drop: bool) -> Json:
    if isinstance(value, str):
        if "\0" in value and not drop:
            raise MalformedError("a NUL character")
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(item, drop) for item in value]
    if isinstance(value, dict):
        return {_without_nul(key, drop): _without_nul(item, drop) for key, item in value.items()}
    return value
