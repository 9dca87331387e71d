"""Read the values of a body as Laravel does, collecting what breaks this protocol's own rules."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from api.concord.errors import RejectedError
from api.concord.labels import label_of

MOST_TEXT = 191
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")

_REQUIRED = "The {label} field is required."
_FILLED = "The {label} field must have a value."
_STRING = "The {label} field must be a string."
_LONG = f"The {{label}} field must not be greater than {MOST_TEXT} characters."
_ADDRESS = "The {label} field must be a valid email address."
_SELECTED = "The selected {label} is invalid."
ARRAY = "The {label} field must be an array."


def trimmed(value: object) -> Any:  # noqa: ANN401 -- any JSON value, as it came
    """Return a value with its texts trimmed and blank ones made null, however deep they are."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        return {key: trimmed(each) for key, each in value.items()}
    return [trimmed(each) for each in value] if isinstance(value, list) else value


class Body:
    """What was sent, with the messages about it; ``finish`` raises them together."""

    def __init__(
        self, sent: Mapping[str, Any], *, creating: bool, labels: Mapping[str, str] | None = None
    ) -> None:
        self.sent = sent
        self.creating = creating
        self.labels = labels or {}
        self.messages: dict[str, list[str]] = {}

    def reject(self, key: str, sentence: str, label: str = "") -> None:
        """Remember a message about a key."""
        word = label or self.labels.get(key) or label_of(key)
        self.messages.setdefault(key, []).append(sentence.replace("{label}", word))

    def require(self, *keys: str) -> None:
        """Reject keys that are missing from a create, or present and blank."""
        for key in keys:
            if self.sent.get(key) not in (None, "", []):
                continue
            if self.creating:
                self.reject(key, _REQUIRED)
            elif key in self.sent:
                self.reject(key, _FILLED)

    def text(self, key: str, *, most: int = MOST_TEXT) -> str | None:
        """Return a text, or None for a blank one; rejects what is no text or too long."""
        value = self.sent.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.reject(key, _STRING)
        elif len(value) > most:
            self.reject(key, _LONG)
        else:
            return value
        return None

    def email(self, key: str) -> str | None:
        """Return an address, or None for a blank one; rejects what is none."""
        value = self.text(key)
        if value is not None and not _EMAIL.fullmatch(value):
            self.reject(key, _ADDRESS)
            return None
        return value

    def chosen(self, key: str, find: Callable[[object], int | None]) -> int | None:
        """Return the id that a value means, or None for a blank one; rejects unknown ones."""
        value = self.sent.get(key)
        if value is None:
            return None
        found = find(value)
        if found is None:
            self.reject(key, _SELECTED)
        return found

    def finish(self) -> None:
        """Raise RejectedError where anything was rejected."""
        if self.messages:
            raise RejectedError(self.messages)


def ids_of(value: object) -> list[int]:
    """Return ids from a list, one number or text between commas; what is no id is left out."""
    if isinstance(value, Mapping):
        value = list(value.values())
    items = value if isinstance(value, list) else str(value).split(",")
    words = [str(item).strip() for item in items if isinstance(item, int | str)]
    found = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19]
    return list(dict.fromkeys(found))


def names_of(value: object) -> list[str]:
    """Return what a list of ids names instead by text."""
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, str) and not item.isdecimal()]


def tags_of(body: Body) -> list[str] | None:
    """Return the names of tags, None where nothing is said of them; rejects what is no list."""
    value = body.sent.get("tags")
    if value is None:
        return None
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        body.reject("tags", ARRAY)
        return None
    items = [item.get("name") if isinstance(item, Mapping) else item for item in value]
    return [str(item).strip() for item in items if isinstance(item, str | int) and str(item)]
