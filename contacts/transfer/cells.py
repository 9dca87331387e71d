"""A portable record as one row of a table, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from contacts.fields import Field
from contacts.fields.spreadsheets import as_cell, of_cell
from contacts.fields.text import fold
from contacts.transfer.portable import CHANNELS, Record

SEVERAL = ";"

# Headings of other programs for what we call otherwise, folded.
ALIASES = {
    "name": "last_name",
    "given name": "first_name",
    "family name": "last_name",
    "surname": "last_name",
    "organization": "company",
    "email": "emails",
    "e-mail": "emails",
    "e-mail address": "emails",
    "email address": "emails",
    "phone": "phones",
    "telephone": "phones",
    "phone number": "phones",
    "mobile": "phones",
    "website": "websites",
    "url": "websites",
    "address": "addresses",
    "notes": "background",
    "title": "job_title",
    "birth date": "birthday",
    "date of birth": "birthday",
}


def row_of(record: Mapping[str, Any], fields: Sequence[Field]) -> list[str]:
    """Return the cells of a record under the keys of the fields."""
    return [_cell(record.get(field.key), field) for field in fields]


def _cell(value: Any, field: Field) -> str:  # noqa: ANN401  # any value of a record
    if value is None:
        return ""
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


def record_of(row: Mapping[str, str], known: Mapping[str, Field]) -> Record:
    """Return the record in a row whose cells stand under field keys; blank cells say nothing."""
    return {
        key: _value(text.strip(), known[key])
        for key, text in row.items()
        if key in known and text.strip()
    }


def _value(text: str, field: Field) -> Any:  # noqa: ANN401  # any value of a record
    text = of_cell(text)
    if not field.is_multiple and field.type.name not in (CHANNELS, "tags"):
        return text
    if text.startswith(("[", "{")):
        try:
            found = json.loads(text)
        except ValueError:
            return [text]
        return found if isinstance(found, list) else [found]
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]


def keys_of(headings: Sequence[str], known: Mapping[str, Field]) -> list[str]:
    """Return the field key of each heading, "" for one that means nothing here.

    A heading is a key, a label in any language in use, or what other programs call it.
    """
    by_label = {fold(str(field.label)): key for key, field in known.items()}
    keys: list[str] = []
    for heading in headings:
        text = heading.strip()
        key = text if text in known else by_label.get(fold(text)) or ALIASES.get(fold(text), "")
        keys.append(key if key in known and key not in keys else "")
    return keys
