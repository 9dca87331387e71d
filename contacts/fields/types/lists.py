"""Fields that hold several things: channels, tags, projects, related contacts."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from contacts.fields import reference
from contacts.fields.text import normalise
from contacts.fields.types.base import LISTS, TEXT, FieldType, ValueFaultError, is_blank, read_id
from contacts.fields.types.choices import BooleanType
from contacts.fields.types.texts import written

if TYPE_CHECKING:
    from contacts.fields.field import Field

MOST_CHANNELS = 200
MOST_LINKS = 1_000

Item = dict[str, object]

_yes_no = BooleanType()


class ChannelsType(FieldType):
    """E-mails, phones, addresses, websites or messengers, as a list of dicts.

    `traits["main"]` names the text without which an item is no channel, `traits["texts"]` all texts
    with their greatest lengths, `traits["extras"]` those that no list is searched by,
    `traits["lists"]` the references to option lists, `traits["flags"]` the booleans,
    `traits["numbers"]` the numbers with their greatest size. An item with the id of a
    stored channel keeps its identity; a missing key of such an item means "leave".
    """

    name: ClassVar[str] = "channels"
    operators: ClassVar[frozenset[str]] = TEXT | LISTS
    empty: ClassVar[object] = ()

    def parse(self, value: object, field: "Field") -> tuple[Item, ...]:
        """Return the items with cleaned values; references to options as `<name>_id`.

        Raises ValueFaultError: invalid, too_long, too_large, not_in_list, unknown, not_a_boolean,
        not_a_number.
        """
        if not isinstance(value, list):
            value = _several(value)
        if len(value) > MOST_CHANNELS:
            raise ValueFaultError("too_large", limit=MOST_CHANNELS)
        items = [item for item in (self._item(each, field) for each in value) if item]
        ids = [item["id"] for item in items if "id" in item]
        if ids and len(ids) != len(set(ids)):
            raise ValueFaultError("invalid", value=value)
        return tuple(items)

    def _item(self, given: object, field: "Field") -> Item:
        """Return one cleaned item; an empty one where it is no channel."""
        if isinstance(given, str):
            main = field.traits["main"]
            text = _text(given, field.traits["texts"][main])
            return {main: text} if text else {}
        if not isinstance(given, Mapping):
            raise ValueFaultError("invalid", value=given)
        item: Item = {}
        if not is_blank(given.get("id")):
            item["id"] = _id(given["id"])
        texts = {**field.traits["texts"], **field.traits.get("extras", {})}
        numbers = field.traits.get("numbers", {})
        item |= {key: _text(given[key], texts[key]) for key in texts if key in given}
        item |= {key: _number(given[key], numbers[key]) for key in numbers if key in given}
        for key in field.traits["flags"]:
            if key in given:
                item[key] = bool(_yes_no.clean(given[key], field))
        for key, list_name in field.traits["lists"].items():
            item |= _option(given, key, list_name)
        if "country" in texts and "country_id" in given:
            item["country_id"] = _country(given["country_id"])
        return item if any(item.get(key) for key in (*texts, "country_id", "id")) else {}

    def compared(self, value: object, field: "Field") -> str:
        """Return the text to compare with."""
        return written(value)


def _several(value: object) -> Sequence[object]:
    if isinstance(value, str | Mapping):
        return [value]
    if isinstance(value, bytes) or not isinstance(value, Sequence):
        raise ValueFaultError("invalid", value=value)
    return value


def _id(value: object) -> int:
    found = read_id(value)
    if found is None:
        raise ValueFaultError("unknown", value=value)
    return found


def _text(value: object, limit: int) -> str:
    text = "" if value is None else written(value).strip()
    if len(text) > limit:
        raise ValueFaultError("too_long", limit=limit)
    return text


def _option(given: Mapping[str, object], key: str, list_name: str) -> Item:
    """Return the id of the option that an item names by id, machine name or label."""
    if key not in given and f"{key}_id" not in given:
        return {}
    value = given[key] if key in given else given[f"{key}_id"]
    if is_blank(value):
        return {f"{key}_id": None}
    option = reference.options().find(list_name, value)
    if option is None:
        raise ValueFaultError("not_in_list", value=value)
    return {f"{key}_id": option.pk}


def _country(value: object) -> int | None:
    if is_blank(value):
        return None
    country_id = read_id(value)
    if country_id not in reference.countries().by_id:
        raise ValueFaultError("unknown", value=value)
    return country_id


def _number(value: object, largest: int) -> float | None:
    if is_blank(value):
        return None
    try:
        number = float(written(value))
    except ValueError:
        raise ValueFaultError("not_a_number", value=value) from None
    if not math.isfinite(number):
        raise ValueFaultError("not_a_number", value=value)
    if abs(number) > largest:
        raise ValueFaultError("too_large", limit=largest)
    return number


class TagsType(FieldType):
    """Tags by name; a number is the id of a tag."""

    name: ClassVar[str] = "tags"
    operators: ClassVar[frozenset[str]] = LISTS
    empty: ClassVar[object] = ()

    def parse(self, value: object, field: "Field") -> tuple[str | int, ...]:
        """Return names and ids without blanks; raises ValueFaultError: invalid, too_long."""
        items = _listed(value, "invalid")
        return tuple(name for name in map(self._name, items) if name != "")

    def _name(self, value: object) -> str | int:
        if isinstance(value, int):
            found = read_id(value)
            if found is None:
                raise ValueFaultError("invalid", value=value)
            return found
        if not isinstance(value, str):
            raise ValueFaultError("invalid", value=value)
        name = normalise(value).strip()
        if len(name) > 255:
            raise ValueFaultError("too_long", limit=255)
        return name

    def compared(self, value: object, field: "Field") -> str | int:
        """Return one name or id."""
        return self._name(value)


class IdsType(FieldType):
    """Ids of records in order (projects, companies); compared, one of them has to be so."""

    name: ClassVar[str] = "ids"
    operators: ClassVar[frozenset[str]] = LISTS | {"lt", "le", "gt", "ge"}
    empty: ClassVar[object] = ()

    def parse(self, value: object, field: "Field") -> tuple[int, ...]:
        """Return the ids, each once; raises ValueFaultError: unknown, too_large."""
        return tuple(dict.fromkeys(_id(item) for item in _listed(value, "unknown")))

    def compared(self, value: object, field: "Field") -> int:
        """Return one id."""
        return _id(value)


def _listed(value: object, code: str) -> Sequence[object]:
    if isinstance(value, str | int):
        return [value]
    if isinstance(value, bytes) or not isinstance(value, Sequence):
        raise ValueFaultError(code, value=value)
    if len(value) > MOST_LINKS:
        raise ValueFaultError("too_large", limit=MOST_LINKS)
    return value
