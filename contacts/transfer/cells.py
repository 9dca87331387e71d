"""The values of a portable record as the cells of a table, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from contacts.fields import Field
from contacts.fields.spreadsheets import as_cell, of_cell
from contacts.transfer.portable import CHANNELS

SEVERAL = ";"


def row_of(record: Mapping[str, Any], fields: Sequence[Field]) -> list[str]:
    """Return the cells of a record under the keys of the fields."""
    values = (record.get(field.key) for field in fields)
    return [
        "" if value is None else _cell(value, field)
        for value, field in zip(values, fields, strict=True)
    ]


def _cell(value: Any, field: Field) -> str:  # noqa: ANN401  # any value of a record
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = _list_cell(value, field) if isinstance(value, list) else str(value)
    return as_cell(text)


def _list_cell(items: list[Any], field: Field) -> str:
    """Write a list plainly where nothing is lost by it, else as JSON."""
    main = field.traits.get("main", "")
    plain = [item.get(main) if set(item) == {main} else None for item in map(_item_of(main), items)]
    texts = [str(text) for text in plain if text is not None]
    if len(texts) == len(items) and not any(SEVERAL in text for text in texts):
        return f"{SEVERAL} ".join(texts)
    return json.dumps(items, ensure_ascii=False)


def _item_of(main: str) -> Any:  # noqa: ANN401  # a function
    return lambda item: item if isinstance(item, dict) else {main: item}


def value_of(text: str, field: Field) -> Any:  # noqa: ANN401  # any value of a record
    """Return what a cell says of a field."""
    text = of_cell(text)
    if not holds_several(field):
        return text
    if text.startswith(("[", "{")):
        try:
            found = json.loads(text)
        except ValueError:
            return [text]
        return found if isinstance(found, list) else [found]
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]


def holds_several(field: Field) -> bool:
    """Tell whether a field holds a list."""
    return field.is_multiple or field.type.name in (CHANNELS, "tags")
