"""Write custom fields with their values, and read them back."""

from collections.abc import Iterator, Mapping, Sequence

from api.redmineup.mapping.shapes import Items, Marked
from contacts.access import Actor, readable_custom_fields
from contacts.fields import Field, reference


class Valued(Marked):
    """A field with its value."""

    __slots__ = ()
    attributes = ("id", "name", "multiple")


# Written as they are; of others it depends on the field.
PLAIN = frozenset({str, int, float})


class Column:
    """One field of all records: what is the same for each is prepared."""

    __slots__ = ("empty", "field", "has_few", "is_plain", "key", "known", "same")

    def __init__(self, field: Field) -> None:
        self.field = field
        self.key = str(field.custom_id)
        self.same: dict[str, object] = {"id": field.custom_id, "name": str(field.label)}
        if field.is_multiple:
            self.same["multiple"] = True
        # The field with each of its choices, written once; by their types too: True is 1.
        self.has_few = bool(field.choices) or field.type.name == "boolean"
        self.is_plain = not (self.has_few or field.is_multiple)
        self.known: dict[tuple[type, object], Marked] = {}
        self.empty = self._made(None)

    def written(self, value: object) -> Marked:
        """Return the field with its value; nobody may change it."""
        if self.is_plain and type(value) in PLAIN:
            written: Marked = Valued(self.same)
            written["value"] = str(value) or None
            return written
        if not self.has_few or isinstance(value, list):
            return self._made(value)
        place = (type(value), value)
        known = self.known.get(place)
        if known is None:
            known = self.known[place] = self._made(value)
        return known

    def _made(self, value: object) -> Marked:
        written = Valued(self.same)
        if self.field.is_multiple:
            several = value if isinstance(value, list) else [] if value is None else [value]
            written["value"] = Items("value", [text_of(self.field, each) for each in several])
        else:
            one = value[0] if isinstance(value, list) else value
            written["value"] = text_of(self.field, one)
        return written


def columns_of(fields: Sequence[Field]) -> list[Column]:
    """Return how each field is written, prepared once until a field changes."""
    known: dict[int | None, Column] = reference.kept("columns of custom fields", "catalogue", dict)
    found = []
    for field in fields:
        column = known.get(field.custom_id)
        if column is None or column.field is not field:
            column = known[field.custom_id] = Column(field)
        found.append(column)
    return found


def written(columns: Sequence[Column], values: Mapping[str, object]) -> list[object]:
    """Return every column with its value from a document's ``custom``; empty ones too."""
    get = values.get
    return [
        column.empty if (value := get(column.key)) is None else column.written(value)
        for column in columns
    ]


def to_wire(fields: list[Field], values: Mapping[str, object]) -> Items:
    """Return every field with its value from the document's ``custom``; empty ones too."""
    return Items("custom_field", written(columns_of(fields), values))


def text_of(field: Field, value: object) -> str | None:
    """Return one value as text: the label of a choice, ``1`` or ``0`` for yes and no."""
    if value is None or value == "":
        return None
    choice = field.choice_of(value) if field.choices else None
    if choice is not None:
        return str(choice.label)
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def from_wire(actor: Actor, sent: Mapping[str, object], kind: str) -> dict[str, object]:
    """Return the values of ``custom_fields`` and ``custom_field_values`` by field key.

    Fields that do not exist for the actor are ignored.
    """
    known = {str(field.custom_id): field for field in readable_custom_fields(actor, kind)}
    values: dict[str, object] = {}
    for field_id, value in _pairs(sent):
        field = known.get(str(field_id))
        if field is not None:
            values[field.key] = _value(field, value)
    return values


def _pairs(sent: Mapping[str, object]) -> Iterator[tuple[object, object]]:
    by_id = sent.get("custom_field_values")
    if isinstance(by_id, Mapping):
        yield from by_id.items()
    listed = sent.get("custom_fields")
    if isinstance(listed, Mapping):
        # XML without type="array", and hashes of numbered rows.
        listed = listed.get("custom_field", list(listed.values()))
    if isinstance(listed, Mapping):
        listed = [listed]
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, Mapping) and "id" in item and "value" in item:
            yield item["id"], item["value"]


def _value(field: Field, value: object) -> object:
    if isinstance(value, Mapping):
        value = list(value.values())
    if field.is_multiple:
        several = value if isinstance(value, list) else [value]
        return [each for each in several if each not in (None, "")]
    if isinstance(value, list) and len(value) < 2:
        return value[0] if value else None
    return value
