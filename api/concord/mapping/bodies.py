"""Read the values of a body as Laravel does, collecting what breaks this protocol's own rules."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from api.concord.errors import RejectedError
from api.concord.labels import label_of

MOST_TEXT = 191
MOST_PLACES = 3
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")

_REQUIRED = "The {label} field is required."
_FILLED = "The {label} field must have a value."
_STRING = "The {label} field must be a string."
ADDRESS = "The {label} field must be a valid email address."
SELECTED = "The selected {label} is invalid."
_NUMBER = "The {label} field must be a number."
_INTEGER = "The {label} field must be an integer."
_DATE = "The {label} field must be a valid date."
FORMAT = "The {label} field format is invalid."
_TRUTH = "The {label} field must be true or false."
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TRUTHS = {
    **dict.fromkeys(("1", "true", "on", "yes"), True),
    **dict.fromkeys(("0", "false", "off", "no"), False),
}
MOST_WHOLE = 2**31 - 1
ARRAY = "The {label} field must be an array."
PLACES = f"The {{label}} field must have 0-{MOST_PLACES} decimal places."


def has_more_places(number: Decimal) -> bool:
    """Tell whether a number has more decimal places than the original keeps."""
    return -int(number.normalize().as_tuple().exponent) > MOST_PLACES


def too_long(most: int = MOST_TEXT) -> str:
    """Return what is said of a text with more characters than it may have."""
    return f"The {{label}} field must not be greater than {most} characters."


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

    def fill(self, *keys: str) -> None:
        """Reject keys that are present and blank, on create as well."""
        for key in keys:
            if key in self.sent and self.sent[key] in (None, "", []):
                self.reject(key, _FILLED)

    def text(self, key: str, *, most: int = MOST_TEXT) -> str | None:
        """Return a text, or None for a blank one; rejects what is no text or too long."""
        value = self.sent.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.reject(key, _STRING)
        elif len(value) > most:
            self.reject(key, too_long(most))
        else:
            return value
        return None

    def email(self, key: str) -> str | None:
        """Return an address, or None for a blank one; rejects what is none."""
        value = self.text(key)
        if value is not None and not EMAIL.fullmatch(value):
            self.reject(key, ADDRESS)
            return None
        return value

    def chosen(self, key: str, find: Callable[[object], int | None]) -> int | None:
        """Return the id that a value means, or None for a blank one; rejects unknown ones."""
        value = self.sent.get(key)
        if value is None:
            return None
        found = find(value)
        if found is None:
            self.reject(key, SELECTED)
        return found

    def number(self, key: str) -> Decimal | None:
        """Return a number, or None for a blank one; rejects what is none."""
        value = self.sent.get(key)
        if value is None:
            return None
        try:
            found = Decimal(str(value).strip())
        except InvalidOperation:
            found = Decimal("NaN")
        if isinstance(value, bool) or not found.is_finite():
            self.reject(key, _NUMBER)
            return None
        return found

    def whole(self, key: str) -> int | None:
        """Return a whole number, or None for a blank one; rejects what is none."""
        found = self.number(key)
        if found is not None and (found != found.to_integral_value() or abs(found) > MOST_WHOLE):
            self.reject(key, _INTEGER)
            return None
        return None if found is None else int(found)

    def day(self, key: str) -> str | None:
        """Return a day, also of a moment, or None for a blank one; rejects what is none."""
        value = self.sent.get(key)
        if value is None:
            return None
        found = _DAY.match(str(value).strip())
        if found is None or not _is_day(found[0]):
            self.reject(key, _DATE)
            return None
        return found[0]

    def moment(self, key: str, text: str) -> datetime | None:
        """Return a moment that a text says, in UTC where it names no zone; rejects what is none."""
        try:
            found = datetime.fromisoformat(text.strip())
        except ValueError:
            self.reject(key, _DATE)
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def color(self, key: str) -> str | None:
        """Return a colour, or None for a blank one; rejects what is none."""
        value = self.text(key)
        if value is not None and not COLOR.fullmatch(value):
            self.reject(key, FORMAT)
            return None
        return value

    def truth(self, key: str) -> bool | None:
        """Return a yes or no, or None for a blank one; rejects what is neither."""
        value = self.sent.get(key)
        if value is None:
            return None
        word = str(value).strip().lower()
        if word not in _TRUTHS:
            self.reject(key, _TRUTH)
            return None
        return _TRUTHS[word]

    def finish(self) -> None:
        """Raise RejectedError where anything was rejected."""
        if self.messages:
            raise RejectedError(self.messages)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def ids_of(value: object) -> list[int]:
    """Return ids from a list, one number or text between commas; what is no id is left out.

    Records stand for their ids: clients send back what they have read.
    """
    if isinstance(value, Mapping):
        value = [value] if "id" in value else list(value.values())
    listed = value if isinstance(value, list) else str(value).split(",")
    items = [item.get("id") if isinstance(item, Mapping) else item for item in listed]
    words = [str(item).strip() for item in items if isinstance(item, int | str)]
    found = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19]
    return list(dict.fromkeys(found))


def names_of(value: object) -> list[str]:
    """Return what a list of ids names instead by text."""
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    words = [item.strip() for item in items if isinstance(item, str)]
    return [word for word in words if word and not word.isdecimal()]


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
