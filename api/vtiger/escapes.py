"""Read what JavaScript's old ``escape`` makes of text that is no ASCII.

It writes ``%u0418`` for letters beyond Latin-1 and ``%E9`` for those within it; neither is UTF-8. A
client that sends its queries so would find nothing with other letters than English ones.
"""

import re
from urllib.parse import quote, unquote_to_bytes

_UNITS = re.compile(r"(?:%u[0-9A-Fa-f]{4})+")
_BYTES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def as_utf8(query_string: str) -> str:
    """Return a query string with such letters written as percent-encoded UTF-8.

    A percent sign that is meant as itself arrives as ``%25``, so nothing else looks like these.
    """
    return _BYTES.sub(_latin, _UNITS.sub(_units, query_string))


def _units(found: re.Match[str]) -> str:
    units = bytes.fromhex(found[0].replace("%u", ""))
    return quote(units.decode("utf-16-be", "replace"), safe="")


def _latin(found: re.Match[str]) -> str:
    raw = unquote_to_bytes(found[0])
    try:
        raw.decode()
    except UnicodeDecodeError:
        return quote(raw.decode("latin-1"), safe="")
    return found[0]
