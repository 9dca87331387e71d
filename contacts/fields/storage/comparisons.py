"""Turn one operator into one ORM condition on one column."""

from collections.abc import Callable

from django.db.models import Q

from contacts.fields.field import Comparison

_LOOKUPS = {
    "eq": "exact",
    "lt": "lt",
    "le": "lte",
    "gt": "gt",
    "ge": "gte",
    "contains": "contains",
    "starts_with": "startswith",
    "ends_with": "endswith",
    "like": "like",
}


def column_condition(
    column: str, comparison: Comparison, prepare: Callable[[object], object] | None = None
) -> Q:
    """Return the condition; `prepare` turns each value into what the column holds."""
    ready = prepare or (lambda value: value)
    operator, value = comparison.operator, comparison.value
    if operator in ("in", "has_any"):
        return Q(**{f"{column}__in": [ready(each) for each in many(value)]})
    if operator == "between":
        low, high = (ready(each) for each in many(value))
        return Q(**{f"{column}__gte": low, f"{column}__lte": high})
    return Q(**{f"{column}__{_LOOKUPS[operator]}": ready(value)})


def many(value: object) -> tuple[object, ...]:
    """Return the values of an operator that takes several."""
    return tuple(value) if isinstance(value, tuple | list) else (value,)
