"""Text, long text and links."""

from typing import TYPE_CHECKING, ClassVar

from contacts.fields import patterns
from contacts.fields.text import normalise
from contacts.fields.types.base import TEXT, FieldType, ValueFaultError

if TYPE_CHECKING:
    from contacts.fields.field import Field

MAX_LONG_TEXT = 1_000_000


def written(value: object) -> str:
    """Return a text or number as text that can be stored; raises ValueFaultError: invalid."""
    if type(value) is str:
        return normalise(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueFaultError("invalid", value=value)
    try:
        return normalise(str(value))
    except ValueError:
        # Python writes no whole number of more than 4,300 digits.
        raise ValueFaultError("invalid") from None


class TextType(FieldType):
    """One line of text; stored as given, without blanks around it."""

    name: ClassVar[str] = "text"
    operators: ClassVar[frozenset[str]] = TEXT
    empty: ClassVar[object] = ""
    default_max_length: ClassVar[int] = 255

    def parse(self, value: object, field: "Field") -> str:
        """Return the text; raises ValueFaultError: invalid, too_long, too_short, pattern."""
        text = self.trimmed(written(value))
        limit = min(field.max_length or self.default_max_length, self.default_max_length)
        if len(text) > limit:
            raise ValueFaultError("too_long", limit=limit)
        # What is left of a text of nothing but unstorable characters is no text.
        if text and field.min_length and len(text) < field.min_length:
            raise ValueFaultError("too_short", limit=field.min_length)
        if text and field.pattern:
            self._require_pattern(text, field.pattern)
        return text

    def _require_pattern(self, text: str, pattern: str) -> None:
        if len(text) > patterns.MOST_TEXT:
            raise ValueFaultError("too_long", limit=patterns.MOST_TEXT)
        try:
            is_found = patterns.is_found(pattern, text)
        except patterns.PatternError:
            # Refused where fields are defined; one that came in another way binds nobody.
            return
        if not is_found:
            raise ValueFaultError("pattern", pattern=pattern)

    def trimmed(self, text: str) -> str:
        """Return the text without what this type never stores."""
        return text.strip()

    def compared(self, value: object, field: "Field") -> str:
        """Return the text to compare with; limits of stored values do not bind a filter."""
        return written(value)


class LongTextType(TextType):
    """Text of many lines; blanks and line ends are kept as they come."""

    name: ClassVar[str] = "long_text"
    default_max_length: ClassVar[int] = MAX_LONG_TEXT

    def trimmed(self, text: str) -> str:
        """Return the text as it came."""
        return text


class LinkType(TextType):
    """An address on the web."""

    name: ClassVar[str] = "link"
    default_max_length: ClassVar[int] = 500
