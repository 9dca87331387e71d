"""From a field's key and a literal to a checked comparison, and back to what can be stored.

Saved filters keep conditions as JSON: `{"and": [...]}`, `{"or": [...]}`, `{"not": {...}}`,
`{"field": key, "operator": name, "value": ...}` with the flags that differ from the usual.
"""

from collections.abc import Callable, Mapping
from typing import Any

from contacts.access import Actor, find_readable
from contacts.errors import BadOperatorError, BadValueError, UnknownFieldError
from contacts.fields import Comparison, Field, compare
from contacts.query.tree import And, Compare, Condition, Not, Or, Related, SortKey

FLAGS = ("case_sensitive", "include_empty", "scope")


def field_of(actor: Actor, kind: str, key: str, *, position: int | None = None) -> Field:
    """Return a field that the actor may filter by; raises UnknownFieldError.

    A field that exists but may not be read looks exactly like one that does not exist.
    """
    field = find_readable(actor, kind, key)
    if field is None or not field.is_filterable:
        raise UnknownFieldError(key, position)
    return field


def where(
    actor: Actor,
    key: str,
    operator: str,
    value: object,
    *,
    kind: str = "contact",
    **flags: Any,  # the flags of `contacts.fields.compare`
) -> Compare:
    """Return one comparison; raises UnknownFieldError, BadOperatorError, BadValueError."""
    field = field_of(actor, kind, key)
    return Compare(field, compare(field, operator, value, **flags))


def sorted_by(
    actor: Actor, key: str, *, kind: str = "contact", descending: bool = False
) -> SortKey:
    """Return one sort key; raises UnknownFieldError for a field that cannot be sorted by."""
    field = find_readable(actor, kind, key)
    if field is None or not field.is_sortable:
        raise UnknownFieldError(key)
    return SortKey(field, descending)


def all_of(*conditions: Condition | None) -> Condition | None:
    """Return the conditions joined by AND; None where there is none."""
    parts = tuple(condition for condition in conditions if condition is not None)
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(parts)


def to_json(condition: Condition | None) -> dict[str, object]:
    """Return a condition as JSON for keeping; {} for none."""
    if condition is None:
        return {}
    if isinstance(condition, Not):
        return {"not": to_json(condition.part)}
    if isinstance(condition, Related):
        # What depends on who asks cannot be kept for others.
        raise BadOperatorError(condition.field.key, "related")
    if isinstance(condition, And | Or):
        word = "and" if isinstance(condition, And) else "or"
        return {word: [to_json(part) for part in condition.parts]}
    return _comparison_to_json(condition)


def _comparison_to_json(compare_node: Compare) -> dict[str, object]:
    comparison = compare_node.comparison
    usual = Comparison(comparison.operator, comparison.value)
    flags = {
        flag: getattr(comparison, flag)
        for flag in FLAGS
        if getattr(comparison, flag) != getattr(usual, flag)
    }
    value = comparison.value
    listed = (
        [_json_value(each, compare_node.field) for each in value]
        if isinstance(value, tuple)
        else None
    )
    return {
        "field": compare_node.field.key,
        "operator": comparison.operator,
        "value": listed if listed is not None else _json_value(value, compare_node.field),
        **flags,
    }


def _json_value(value: object, field: Field) -> object:
    return value if isinstance(value, bool | int | str) else field.type.to_document(value)


def from_json(actor: Actor, kind: str, kept: Mapping[str, Any]) -> Condition | None:
    """Return the condition that was kept; fields that the actor may not read raise."""
    if not kept:
        return None
    for word, node in _JOINED.items():
        if word in kept:
            parts = (from_json(actor, kind, part) for part in kept[word])
            return node(tuple(part for part in parts if part is not None))
    if "not" in kept:
        part = from_json(actor, kind, kept["not"])
        return Not(part) if part is not None else None
    if not {"field", "operator"} <= kept.keys():
        raise BadValueError("condition", kept)
    flags = {flag: kept[flag] for flag in FLAGS if flag in kept}
    return where(actor, kept["field"], kept["operator"], kept.get("value"), kind=kind, **flags)


_JOINED: dict[str, Callable[[tuple[Condition, ...]], Condition]] = {"and": And, "or": Or}
