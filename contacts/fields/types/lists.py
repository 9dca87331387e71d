"""Fields that hold several things: channels, tags, projects, related contacts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from contacts.fields.text import normalise
from contacts.fields.types.base import LISTS, TEXT, FieldType, ValueFaultError

if TYPE_CHECKING:
    from contacts.fields.field import Field


class ChannelsType(FieldType):
    """E-mails, phones, addresses, websites or messengers, as a list of dicts.

    `traits["main"]` names the text without which an item is no channel, `traits["texts"]` all texts
    with their greatest lengths, `traits["lists"]` the references to option lists,
    `traits["flags"]` the booleans. An item with the id of a stored channel keeps its identity;
    a missing key of such an item means "leave".
    """

    name: ClassVar[str] = "channels"
    operators: ClassVar[frozenset[str]] = TEXT | LISTS
    empty: ClassVar[object] = ()

    def parse(self, value: object, field: "Field") -> tuple[dict[str, object], ...]:
        """Return the items; raises ValueFaultError: invalid, too_long."""
        if isinstance(value, str | Mapping):
            value = [value]
        if not isinstance(value, Sequence):
            raise ValueFaultError("invalid", value=value)
        items = [self._item(item, field) for item in value]
        return tuple(item for item in items if item)

    def _item(self, item: object, field: "Field") -> dict[str, object]:
        main = str(field.traits["main"])
        if isinstance(item, str):
            item = {main: item}
        if not isinstance(item, Mapping):
            raise ValueFaultError("invalid", value=item)
        texts = field.traits["texts"]
        cleaned: dict[str, object] = dict(item)
        for key, limit in texts.items():  # type: ignore[attr-defined]  # a mapping by declaration
            if key in cleaned:
                cleaned[key] = self._text(cleaned[key], limit)
        if "id" not in cleaned and not any(cleaned.get(key) for key in texts):  # type: ignore[attr-defined]
            return {}
        return cleaned

    def _text(self, value: object, limit: int) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueFaultError("invalid", value=value)
        text = normalise(str(value)).strip()
        if len(text) > limit:
            raise ValueFaultError("too_long", limit=limit)
        return text

    def compared(self, value: object, field: "Field") -> str:
        """Return the text to compare with."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueFaultError("invalid", value=value)
        return normalise(str(value))


class TagsType(FieldType):
    """Tags by name; a number is the id of a tag."""

    name: ClassVar[str] = "tags"
    operators: ClassVar[frozenset[str]] = LISTS
    empty: ClassVar[object] = ()

    def parse(self, value: object, field: "Field") -> tuple[str | int, ...]:
        """Return names and ids without blanks; raises ValueFaultError: invalid, too_long."""
        if isinstance(value, str | int):
            value = [value]
        if not isinstance(value, Sequence):
            raise ValueFaultError("invalid", value=value)
        return tuple(name for name in map(self._name, value) if name != "")

    def _name(self, value: object) -> str | int:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueFaultError("invalid", value=value)
        if isinstance(value, int):
            return value
        name = normalise(value).strip()
        if len(name) > 255:
            raise ValueFaultError("too_long", limit=255)
        return name

    def compared(self, value: object, field: "Field") -> str | int:
        """Return one name or id."""
        return self._name(value)


class IdsType(FieldType):
    """Ids of records in order (projects, companies)."""

    name: ClassVar[str] = "ids"
    operators: ClassVar[frozenset[str]] = LISTS
    empty: ClassVar[object] = ()

    def parse(self, value: object, field: "Field") -> tuple[int, ...]:
        """Return the ids, each once; raises ValueFaultError: unknown."""
        if isinstance(value, str | int):
            value = [value]
        if not isinstance(value, Sequence):
            raise ValueFaultError("unknown", value=value)
        return tuple(dict.fromkeys(self._id(item) for item in value))

    def _id(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueFaultError("unknown", value=value)
        try:
            return int(value)
        except ValueError:
            raise ValueFaultError("unknown", value=value) from None

    def compared(self, value: object, field: "Field") -> int:
        """Return one id."""
        return self._id(value)
