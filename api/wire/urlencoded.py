"""Read and print ``application/x-www-form-urlencoded`` text, keeping the order of the fields.

Query strings are the same format. Only ``&`` separates fields: a ``;`` belongs to the value, as
clients that send ``search_fields=email:=;phones.number:=`` rely on.
"""

from collections.abc import Iterable
from urllib.parse import quote_plus, unquote_to_bytes

from api.wire.charsets import UTF_8, codec_named, text_of
from api.wire.errors import LimitError, MalformedError

Fields = list[tuple[str, str]]

MAX_FIELDS = 10_000
CHARSET_FIELD = "_charset_"


def read_fields(
    raw: bytes, *, charset: str = UTF_8, max_fields: int = MAX_FIELDS, drop_nul: bool = False
) -> Fields:
    """Return the (name, value) pairs of the text in their order.

    A field ``_charset_`` names the character set of all fields, as HTML forms send it. NUL
    characters are refused, or taken out with ``drop_nul``.
    """
    if raw.count(b"&") >= max_fields:
        raise LimitError("fields", max_fields)
    pairs = [_split(piece) for piece in raw.split(b"&") if piece]
    codec = _codec(pairs, charset)
    fields = [(text_of(name, codec), text_of(value, codec)) for name, value in pairs]
    if b"%00" in raw or b"\0" in raw:
        return _without_nul(fields, drop_nul)
    return fields


def write_fields(fields: Iterable[tuple[str, str]]) -> str:
    """Print pairs as a query string or form body that ``read_fields`` reads back."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields)


def _split(piece: bytes) -> tuple[bytes, bytes]:
    name, _, value = piece.partition(b"=")
    return unquote_to_bytes(name.replace(b"+", b" ")), unquote_to_bytes(value.replace(b"+", b" "))


def _codec(pairs: list[tuple[bytes, bytes]], charset: str) -> str:
    for name, value in pairs:
        if name == CHARSET_FIELD.encode() and value:
            return codec_named(text_of(value, "ascii"))
    return codec_named(charset)


def _without_nul(fields: Fields, drop_nul: bool) -> Fields:
    if not drop_nul:
        raise MalformedError("a NUL character")
    return [(name.replace("\0", ""), value.replace("\0", "")) for name, value in fields]
