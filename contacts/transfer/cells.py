"""The values of a portable record as the cells of a table, and back."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contacts.fields import Field
from contacts.fields.spreadsheets import as_cell, of_cell
from contacts.transfer.portable import CHANNELS

SEVERAL = ";"


def rows_under(fields: Sequence[Field]) -> Callable[[Mapping[str, Any]], list[str]]:
    """Return what makes the cells of a record, under the keys of the fields."""
    places = {field.key: (place, _main_of(field)) for place, field in enumerate(fields)}
    blank = [""] * len(fields)

    def row_of(record: Mapping[str, Any]) -> list[str]:
        row = blank.copy()
        for key, value in record.items():
            if key in places and value is not None:
                place, main = places[key]
                row[place] = _cell(value, main)
        return row

    return row_of


def _main_of(field: Field) -> str:
    main: str = field.traits.get("main", "")
    return main


def _cell(value: Any, main: str) -> str:  # noqa: ANN401  # any value of a record
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = list_cell(value, main) if isinstance(value, list) else str(value)
    return as_cell(text)


def list_cell(items: Sequence[Any], main: str = "") -> str:
    """Write a list plainly where nothing is lost by it, else as JSON."""
    texts = []
    for item in items:
        plain = item
        if isinstance(item, dict):
            plain = item[main] if len(item) == 1 and main in item else None
        text = "" if plain is None else str(plain)
        if plain is None or SEVERAL in text:
            return json.dumps(items, ensure_ascii=False)
        texts.append(text)
    return f"{SEVERAL} ".join(texts)


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
