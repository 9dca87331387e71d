"""Tell apart conditions that many records may fit from those that look for a few.

Both databases plan a question before they know its answer; this guesses better, because it knows
what the fields are for.
"""

from collections.abc import Callable

from contacts.query.tree import And, Compare, Condition, Not, Or

# Half of everything may lie on one side of a value, or have none.
ONE_SIDED = frozenset({"ne", "lt", "le", "gt", "ge", "between", "is_empty", "has_none"})
# Types of which many records share a value.
SHARED = frozenset({"boolean", "choice", "option", "decimal"})


def may_be_many(
    condition: Condition | None, known: Callable[[Compare], bool] = lambda _compare: False
) -> bool:
    """Tell whether a large part of all records may fit.

    `known` tells of a comparison that it is so where the field does not.
    """
    if condition is None or isinstance(condition, Not):
        return True
    if isinstance(condition, And):
        return all(may_be_many(part, known) for part in condition.parts)
    if isinstance(condition, Or):
        return any(may_be_many(part, known) for part in condition.parts)
    return isinstance(condition, Compare) and (_is_broad(condition) or known(condition))


def _is_broad(compare: Compare) -> bool:
    return compare.comparison.operator in ONE_SIDED or compare.field.type.name in SHARED


def may_be_most(condition: Condition) -> bool:
    """Tell whether what fits may be what has no value, or lies on one side of it."""
    if isinstance(condition, And):
        return all(map(may_be_most, condition.parts))
    if isinstance(condition, Or):
        return any(map(may_be_most, condition.parts))
    return isinstance(condition, Not) or (
        isinstance(condition, Compare) and condition.comparison.operator in ONE_SIDED
    )
