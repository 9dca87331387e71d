"""Text, long text and links."""

import re
from typing import TYPE_CHECKING, ClassVar

from contacts.fields.text import normalise
from contacts.fields.types.base import TEXT, FieldType, ValueFaultError

if TYPE_CHECKING:
    from contacts.fields.field import Field

MAX_LONG_TEXT = 1_000_000


class TextType(FieldType):
    """One line of text; stored as given, without blanks around it."""

    name: ClassVar[str] = "text"
    operators: ClassVar[frozenset[str]] = TEXT
    empty: ClassVar[object] = ""
    default_max_length: ClassVar[int] = 255

    def parse(self, value: object, field: "Field") -> str:
        """Return the text; raises ValueFaultError: invalid, too_long, too_short, pattern."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueFaultError("invalid", value=value)
        text = self.trimmed(normalise(str(value)))
        limit = field.max_length or self.default_max_length
        if len(text) > limit:
            raise ValueFaultError("too_long", limit=limit)
        if field.min_length and len(text) < field.min_length:
            raise ValueFaultError("too_short", limit=field.min_length)
        if field.pattern and not re.search(field.pattern, text):
            raise ValueFaultError("pattern", pattern=field.pattern)
        return text

    def trimmed(self, text: str) -> str:
        """Return the text without what this type never stores."""
        return text.strip()

    def compared(self, value: object, field: "Field") -> str:
        """Return the text to compare with; limits of stored values do not bind a filter."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueFaultError("invalid", value=value)
        return normalise(str(value))


class LongTextType(TextType):
    """Text of many lines; inner and outer blanks are kept."""

    name: ClassVar[str] = "long_text"
    default_max_length: ClassVar[int] = MAX_LONG_TEXT

    def trimmed(self, text: str) -> str:
        """Return the text with line ends as one character."""
        return text.replace("\r\n", "\n")


class LinkType(TextType):
    """An address on the web."""

    name: ClassVar[str] = "link"
    default_max_length: ClassVar[int] = 500
