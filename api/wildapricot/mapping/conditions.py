"""Put conditions together as this protocol means them."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from contacts.query import And, Compare, Condition, Not, Or

ALWAYS = And(())
NEVER = Or(())


def opposite(condition: Condition) -> Condition:
    """Return what is true exactly where the condition is not."""
    return condition.part if isinstance(condition, Not) else Not(condition)


def either(parts: Sequence[Condition]) -> Condition:
    """Return the parts joined by OR; comparisons of one field with one value each become one.

    Clients send hundreds of ``ID eq 1 OR ID eq 2``; docs/dialects/wildapricot.md, "Filters". Of
    fields that look at several of ours each comparison is itself some parts joined by OR.
    """
    merged = list(_merged(_flat(parts, Or)))
    return merged[0] if len(merged) == 1 else Or(tuple(merged))


def every(parts: Sequence[Condition]) -> Condition:
    """Return the parts joined by AND; a row of ``ne`` of one field becomes one as well."""
    flat = list(_flat(parts, And))
    inner = [part.part for part in flat if isinstance(part, Not)]
    others = [part for part in flat if not isinstance(part, Not)]
    merged = [*others, *(Not(part) for part in _merged(_flat(inner, Or)))]
    return merged[0] if len(merged) == 1 else And(tuple(merged))


def _flat(parts: Iterable[Condition], join: type[And | Or]) -> Iterator[Condition]:
    """Yield the parts, and in the place of those that are joined in the same way their own."""
    for part in parts:
        if isinstance(part, join):
            yield from _flat(part.parts, join)
        else:
            yield part


def _merged(parts: Iterable[Condition]) -> Iterator[Condition]:
    """Yield the parts with equal-field equalities joined into one ``in`` each.

    Such an equality may stand beside other conditions, if these are the same.
    """
    groups: dict[Hashable, list[tuple[Condition, Compare]]] = {}
    others: list[Condition] = []
    for part in parts:
        equality = _equality_in(part)
        if equality is None:
            others.append(part)
        else:
            groups.setdefault(_shape(part, but=equality), []).append((part, equality))
    for group in groups.values():
        part, equality = group[0]
        if len(group) == 1:
            yield part
            continue
        values = tuple(dict.fromkeys(each.comparison.value for _part, each in group))
        yield _replaced(part, equality, _one_of(equality, values))
    yield from others


def _equality_in(part: Condition) -> Compare | None:
    """Return the last equality with a value that a part demands, or None."""
    demanded = part.parts if isinstance(part, And) else (part,)
    found = (each for each in reversed(demanded) if isinstance(each, Compare) and _has_value(each))
    return next(found, None)


def _has_value(part: Compare) -> bool:
    is_equality = part.comparison.operator == "eq" and part.comparison.value != ""
    return is_equality and "in" in part.field.type.operators


def _shape(part: Condition, *, but: Compare) -> Hashable:
    """Return what parts must share to be joined: all but the value of this equality."""
    if isinstance(part, And | Or):
        return type(part).__name__, tuple(_shape(each, but=but) for each in part.parts)
    if isinstance(part, Not):
        return "Not", _shape(part.part, but=but)
    if not isinstance(part, Compare):
        return id(part)
    asked = part.comparison
    value = None if part is but else asked.value
    return part.field.key, asked.operator, asked.case_sensitive, asked.scope, value


def _replaced(part: Condition, old: Compare, new: Compare) -> Condition:
    if not isinstance(part, And):
        return new
    return And(tuple(new if each is old else each for each in part.parts))


def _one_of(equality: Compare, values: tuple[object, ...]) -> Compare:
    return replace(equality, comparison=replace(equality.comparison, operator="in", value=values))
