"""How the facts of a record stand in its document: each under its field's key, as text or yes."""

from collections.abc import Iterable

from contacts.fields.fact_fields import BY_CODE

Document = dict[str, object]


def facts_document(kind: str, facts: Iterable[tuple[int, str]]) -> Document:
    """Return the facts, given as pairs of code and text, by the keys of their fields."""
    fields = BY_CODE[kind]
    known = ((fields[code], text) for code, text in sorted(facts) if code in fields)
    return {field.key: True if field.type.name == "boolean" else text for field, text in known}
