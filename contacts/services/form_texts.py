"""Find the texts in what a visitor gave, and tell people what it was."""

from collections.abc import Iterator, Mapping, Sequence

from contacts.fields import Field
from contacts.fields.text import normalise
from contacts.services.form_askable import find_field, label_of

Values = Mapping[str, object]


def texts_of(value: object) -> Iterator[str]:
    """Yield every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for item in value:
            yield from texts_of(item)


def storable(text: str) -> str:
    """Return the text without what a database refuses: NUL and halves of characters."""
    return normalise(text.encode("utf-8", "replace").decode("utf-8"))


def plain(value: object) -> object:
    """Return a value with every text in it storable; what is no text is left alone."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def main_texts(key: str, value: object) -> list[str]:
    """Return the texts that make a value of channels: the addresses of e-mails, for example."""
    field = find_field(key)
    main = str(field.traits.get("main", "")) if field else ""
    items = value if isinstance(value, list | tuple) else [value]
    texts = [item.get(main, "") if isinstance(item, Mapping) else item for item in items]
    return [text.strip() for text in texts if isinstance(text, str) and text.strip()]


def told(values: Values) -> str:
    """Return values as lines of label and text, for a note or a mail."""
    lines = []
    for key, value in values.items():
        field = find_field(key)
        text = _worded(field, value) if field is not None else ""
        if text:
            lines.append(f"{label_of(key)}: {text}")
    return "\n".join(lines)


def _worded(field: Field, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_worded(field, item) for item in value)))
    choice = field.choice_of(value) if isinstance(value, int | str) else None
    if choice is not None:
        return str(choice.label)
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, Mapping):
        return " ".join(text for text in texts_of(value) if text.strip())
    return "" if value is None else str(value).strip()
