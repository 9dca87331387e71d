"""Say whether a row in memory, with the types of version 4, meets a filter."""

from dataclasses import replace

from api.civicrm.calls import Record
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import TRUTHS, Tree, folded
from api.civicrm.mapping.conditions import NEGATIVE
from api.civicrm.mapping.options import meets

_NEGATIVE = frozenset({*NEGATIVE, "NOT REGEXP"})


def meets_all(tree: Tree, row: Record) -> bool:
    """Say whether a row meets what is put together by AND, OR and NOT."""
    return folded(tree, lambda each: row_meets(each, row), TRUTHS)


def row_meets(asked: Filter, row: Record) -> bool:
    """Say whether a row meets a filter; a list does where any of it, or none of it, does."""
    value = row.get(asked.name)
    ready = replace(asked, operand=_plain(asked.operand))
    if not isinstance(value, list):
        return meets(ready, _plain(value))
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return bool(value) == (asked.operator == "IS NOT NULL")
    joint = all if asked.operator in _NEGATIVE else any
    return bool(value) and joint(meets(ready, _plain(each)) for each in value)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, bool) else value
