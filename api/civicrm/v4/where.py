"""Read ``where``: a list of conditions, nested by OR, AND and NOT.

where     = "[" { condition } "]"                      all of them
condition = "[" field "," operator [ "," operand ] "]"
          | "[" ( "OR" | "AND" | "NOT" ) "," where "]"
"""

from collections.abc import Mapping
from typing import Any

from api.civicrm.contact_ids import resolved
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import Tree
from api.wire.errors import MalformedError
from api.wire.regular import matches
from contacts.access import Actor

MAX_DEPTH = 20
MAX_CONDITIONS = 500
JOINTS = frozenset({"AND", "OR", "NOT"})
# Understood by what is in memory alone; see `computing`.
MATCHING = frozenset({"REGEXP", "NOT REGEXP"})
_SEVERAL = frozenset({"IN", "NOT IN", "BETWEEN", "NOT BETWEEN"})
_PLAIN = frozenset({"=", "!=", ">", ">=", "<", "<=", "LIKE", "NOT LIKE", *MATCHING})
_ALONE: Mapping[str, str] = {
    "IS NULL": "IS NULL",
    "IS NOT NULL": "IS NOT NULL",
    "IS EMPTY": "IS NULL",
    "IS NOT EMPTY": "IS NOT NULL",
}
_CONTAINING: Mapping[str, str] = {"CONTAINS": "LIKE", "NOT CONTAINS": "NOT LIKE"}


def tree_of(where: object, contact_names: frozenset[str], actor: Actor) -> Tree:
    """Return the conditions; those on contacts may name users. Raises CiviApiError."""
    reader = _Reader(contact_names, actor)
    return Tree("AND", reader.all_of(where, 1))


class _Reader:
    """Reads the conditions of one call and counts them."""

    def __init__(self, contact_names: frozenset[str], actor: Actor) -> None:
        self.contact_names = contact_names
        self.actor = actor
        self.count = 0

    def all_of(self, where: object, depth: int) -> tuple[Filter | Tree, ...]:
        if not isinstance(where, list):
            raise CiviApiError('Parameter "where" must be a list of conditions.', 0)
        if depth > MAX_DEPTH:
            raise CiviApiError(f'Parameter "where" is nested deeper than {MAX_DEPTH}.', 0)
        return tuple(self.one(each, depth) for each in where)

    def one(self, condition: object, depth: int) -> Filter | Tree:
        self.count += 1
        if self.count > MAX_CONDITIONS:
            raise CiviApiError(f'Parameter "where" has more than {MAX_CONDITIONS} conditions.', 0)
        if not isinstance(condition, list) or not condition or not isinstance(condition[0], str):
            raise CiviApiError("A condition is a list of field, operator and value.", 0)
        first = condition[0]
        if first.upper() in JOINTS and len(condition) == 2:
            return Tree(first.upper(), self.all_of(condition[1], depth + 1))
        operator = str(condition[1]).upper().strip() if len(condition) > 1 else ""
        operand = condition[2] if len(condition) > 2 else None
        if first in self.contact_names:
            operand = resolved({first: operand}, self.contact_names, self.actor)[first]
        return _filter(first, operator, operand)


def _filter(name: str, operator: str, operand: Any) -> Filter:  # noqa: ANN401 -- JSON
    if operator in _ALONE:
        return Filter(name, _ALONE[operator])
    if operator in _SEVERAL:
        items = operand if isinstance(operand, list) else [operand]
        if not items or (operator.endswith("BETWEEN") and len(items) != 2):
            raise CiviApiError(f"Illegal value for {operator} on field '{name}'", 0)
        return Filter(name, operator, items)
    if operator in _CONTAINING:
        escaped = str(operand).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return Filter(name, _CONTAINING[operator], f"%{escaped}%")
    if operator not in _PLAIN or isinstance(operand, dict | list):
        raise CiviApiError(f"Illegal operator '{operator}' for field '{name}'", 0)
    if operand is None:
        return Filter(name, "IS NOT NULL" if operator == "!=" else "IS NULL")
    if operator in MATCHING:
        _require_readable(name, str(operand))
    return Filter(name, operator, operand)


def _require_readable(name: str, pattern: str) -> None:
    try:
        matches(pattern, "")
    except MalformedError as error:
        raise CiviApiError(f"Illegal value for REGEXP on field '{name}': {error}", 0) from None
