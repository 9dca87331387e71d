"""The values of words on a command line."""

from typing import Any

from api.wire.errors import WireError
from api.wire.json_text import read_json

Params = dict[str, Any]  # JSON


class LineError(Exception):
    """Say to the person at the terminal what about the line is wrong."""


def value_of(text: str) -> Any:  # noqa: ANN401 -- JSON
    """Return the JSON that a text holds, where it looks like a list or map; else the text."""
    if text[:1] not in ("{", "["):
        return text
    try:
        return read_json(text.encode())
    except WireError:
        return text
