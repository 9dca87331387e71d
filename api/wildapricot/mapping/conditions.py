"""Put conditions together as this protocol means them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from contacts.fields import Comparison
from contacts.query import And, Compare, Condition, Not, Or

ALWAYS = And(())
NEVER = Or(())


def opposite(condition: Condition) -> Condition:
    """Return what is true exactly where the condition is not."""
    return condition.part if isinstance(condition, Not) else Not(condition)


def either(parts: Sequence[Condition]) -> Condition:
    """Return the parts joined by OR; comparisons of one field with one value each become one.

    Clients send hundreds of ``ID eq 1 OR ID eq 2``; docs/dialects/wildapricot.md, "Filters".
    """
    merged = list(_merged(parts))
    return merged[0] if len(merged) == 1 else Or(tuple(merged))


def every(parts: Sequence[Condition]) -> Condition:
    """Return the parts joined by AND; a row of ``ne`` of one field becomes one as well."""
    inner = [part.part for part in parts if isinstance(part, Not)]
    others = [part for part in parts if not isinstance(part, Not)]
    merged = [*others, *(Not(part) for part in _merged(inner))]
    return merged[0] if len(merged) == 1 else And(tuple(merged))


def _merged(parts: Iterable[Condition]) -> Iterable[Condition]:
    """Yield the parts with equal-field equalities joined into one ``in`` each."""
    groups: dict[tuple[object, ...], list[Compare]] = {}
    others: list[Condition] = []
    for part in parts:
        key = _key(part)
        if key is None or not isinstance(part, Compare):
            others.append(part)
        else:
            groups.setdefault(key, []).append(part)
    for group in groups.values():
        if len(group) == 1:
            yield group[0]
            continue
        values = tuple(dict.fromkeys(each.comparison.value for each in group))
        yield replace(group[0], comparison=_one_of(group[0].comparison, values))
    yield from others


def _key(part: Condition) -> tuple[object, ...] | None:
    """Return what comparisons must share to be joined; None for what is joined with nothing."""
    if not isinstance(part, Compare) or part.comparison.operator != "eq":
        return None
    comparison = part.comparison
    if comparison.value == "" or "in" not in part.field.type.operators:
        return None
    return part.field.key, comparison.case_sensitive, comparison.scope


def _one_of(first: Comparison, values: tuple[object, ...]) -> Comparison:
    return replace(first, operator="in", value=values)
