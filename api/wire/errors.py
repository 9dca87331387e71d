"""Say why bytes of the wire cannot be read.

    WireError
    ├── MalformedError   not the format it claims to be
    └── LimitError       well-formed as far as read, but beyond a bound of ours

They carry facts; the words for the client are the dialect's.
"""


class WireError(ValueError):
    """Stop reading: the input cannot become a value."""


class MalformedError(WireError):
    """Report input that is not the format it claims to be.

    ``position`` counts bytes or characters from 0 where the reader knows it.
    """

    def __init__(self, reason: str, position: int | None = None) -> None:
        self.reason = reason
        self.position = position
        super().__init__(reason if position is None else f"{reason} at {position}")


class LimitError(WireError):
    """Report input beyond a bound: too deep, too many parts, too long."""

    def __init__(self, what: str, limit: int) -> None:
        self.what = what
        self.limit = limit
        super().__init__(f"more than {limit} {what}")
