"""Say whether a row in memory, with the types of version 4, meets a filter."""

import re
from dataclasses import replace

from api.civicrm.calls import Record
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import TRUTHS, Tree, folded
from api.civicrm.mapping.conditions import NEGATIVE
from api.civicrm.mapping.options import meets
from api.civicrm.v4.expressions import Expression, column_of
from api.civicrm.v4.where import as_pattern

# A day that is custom is shown with its midnight, which filters need not name.
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")
_NEGATIVE = frozenset({*NEGATIVE, "NOT REGEXP"})


def meets_all(tree: Tree, row: Record) -> bool:
    """Say whether a row meets what is put together by AND, OR and NOT."""
    return folded(tree, lambda each: row_meets(each, row), TRUTHS)


def row_meets(asked: Filter, row: Record) -> bool:
    """Say whether a row meets a filter; a list does where any of it, or none of it, does."""
    value = value_of(asked.name, row)
    if isinstance(asked.operand, Expression):
        other = asked.operand.value([row])
        if other is None:
            return False
        asked = replace(asked, operand=other)
    if asked.operator == "CONTAINS":
        asked = replace(asked, operator="=") if isinstance(value, list) else as_pattern(asked)
    ready = replace(asked, operand=_plain(asked.operand))
    if not isinstance(value, list):
        return meets(ready, _plain(value))
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return bool(value) == (asked.operator == "IS NOT NULL")
    joint = all if asked.operator in _NEGATIVE else any
    return bool(value) and joint(meets(ready, _plain(each)) for each in value)


def value_of(name: str, row: Record) -> object:
    """Return the value of a field, or what a function makes of the values of the row."""
    if "(" not in name:
        return row.get(name)
    # A total that is shown is known already; of one row there is none.
    column = column_of(name)
    return row[column.name] if column.name in row else column.expression.value([row])


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        day = _MIDNIGHT.fullmatch(value)
        return day[1] if day else value
    return int(value) if isinstance(value, bool) else value
