"""Read ``where``: a list of conditions, nested by OR, AND and NOT.

where     = "[" { condition } "]"                      all of them
condition = "[" ( field | function ) "," operator [ "," operand [ "," is-expression ] ] "]"
          | "[" ( "OR" | "AND" ) "," where "]"
          | "[" "NOT" "," ( where | condition ) "]"
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.civicrm.contact_ids import resolved
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import is_yes
from api.civicrm.grammar.trees import Tree
from api.civicrm.v4.expressions import expression_of
from api.wire.errors import MalformedError
from api.wire.regular import matches
from contacts.access import Actor

MAX_DEPTH = 20
MAX_CONDITIONS = 500
JOINTS = frozenset({"AND", "OR", "NOT"})
# Understood by what is in memory alone; see `computing`.
MATCHING = frozenset({"REGEXP", "NOT REGEXP"})
_SEVERAL = frozenset({"IN", "NOT IN", "BETWEEN", "NOT BETWEEN"})
_PLAIN = frozenset({"=", "!=", "<>", ">", ">=", "<", "<=", "LIKE", "NOT LIKE", *MATCHING})
_ALONE: Mapping[str, str] = {
    "IS NULL": "IS NULL",
    "IS NOT NULL": "IS NOT NULL",
    "IS EMPTY": "IS NULL",
    "IS NOT EMPTY": "IS NOT NULL",
}
_PAIRS = {
    "=": "!=",
    "<": ">=",
    ">": "<=",
    "LIKE": "NOT LIKE",
    "IN": "NOT IN",
    "BETWEEN": "NOT BETWEEN",
    "REGEXP": "NOT REGEXP",
    "IS NULL": "IS NOT NULL",
}
_OPPOSITES = {**_PAIRS, **{negative: positive for positive, negative in _PAIRS.items()}}
_CONTAINING = frozenset({"CONTAINS", "NOT CONTAINS", "CONTAINS ONE OF", "NOT CONTAINS ONE OF"})


def tree_of(where: object, contact_names: frozenset[str], actor: Actor) -> Tree:
    """Return the conditions; those on contacts may name users. Raises CiviApiError."""
    reader = _Reader(contact_names, actor)
    return Tree("AND", tuple(map(settled, reader.all_of(where, 1))))


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

    def tree(self, joint: str, parts: Any, depth: int) -> Tree:  # noqa: ANN401 -- JSON
        """Return the parts of a joint; one without any says nothing, whichever it is."""
        if joint == "NOT" and isinstance(parts, list) and parts and isinstance(parts[0], str):
            parts = [parts]
        return Tree(joint if parts else "AND", self.all_of(parts or [], depth))

    def one(self, condition: object, depth: int) -> Filter | Tree:
        self.count += 1
        if self.count > MAX_CONDITIONS:
            raise CiviApiError(f'Parameter "where" has more than {MAX_CONDITIONS} conditions.', 0)
        if not isinstance(condition, list) or not condition or not isinstance(condition[0], str):
            raise CiviApiError("A condition is a list of field, operator and value.", 0)
        first = condition[0]
        if first.upper() in JOINTS and len(condition) == 2:
            return self.tree(first.upper(), condition[1], depth + 1)
        operator = str(condition[1]).upper().strip() if len(condition) > 1 else ""
        operand = condition[2] if len(condition) > 2 else None
        if len(condition) > 3 and is_yes(condition[3]):
            return _compared(first, operator, operand)
        if first in self.contact_names:
            operand = resolved({first: operand}, self.contact_names, self.actor)[first]
        return _filter(first, operator, operand)


def settled(node: Filter | Tree, *, is_denied: bool = False) -> Filter | Tree:
    """Return conditions in which NOT is said of comparisons alone.

    As in SQL, what has no value meets neither a comparison nor its opposite.
    """
    if isinstance(node, Tree) and node.joint == "NOT":
        return settled(Tree("AND", node.parts), is_denied=not is_denied)
    if isinstance(node, Tree):
        joint = node.joint if not is_denied else "OR" if node.joint == "AND" else "AND"
        return Tree(joint, tuple(settled(part, is_denied=is_denied) for part in node.parts))
    if not is_denied:
        return node
    if node.operator in _OPPOSITES:
        return replace(node, operator=_OPPOSITES[node.operator])
    return Tree("AND", (Tree("NOT", (node,)), Filter(node.name, "IS NOT NULL")))


def _filter(name: str, operator: str, operand: Any) -> Filter | Tree:  # noqa: ANN401 -- JSON
    if operator in _ALONE:
        return Filter(name, _ALONE[operator])
    if operator in _SEVERAL:
        return _of_several(name, operator, operand if isinstance(operand, list) else [operand])
    if operator in _CONTAINING:
        return _containing(name, operator, operand if isinstance(operand, list) else [operand])
    if operator not in _PLAIN or isinstance(operand, dict | list):
        raise CiviApiError(f"Illegal operator '{operator}' for field '{name}'", 0)
    operator = "!=" if operator == "<>" else operator
    if operand is None:
        return Filter(name, "IS NOT NULL" if operator == "!=" else "IS NULL")
    if operator in MATCHING:
        _require_readable(name, str(operand))
    return Filter(name, operator, operand)


def _compared(name: str, operator: str, operand: Any) -> Filter:  # noqa: ANN401 -- JSON
    """Return a comparison with another field, or what a function makes of some."""
    if operator not in _PLAIN or not isinstance(operand, str):
        raise CiviApiError(f"Illegal operator '{operator}' for field '{name}'", 0)
    return Filter(name, "!=" if operator == "<>" else operator, expression_of(operand))


def _of_several(name: str, operator: str, items: list[Any]) -> Filter | Tree:
    if operator.endswith("BETWEEN") and len(items) != 2:
        raise CiviApiError(f"Illegal value for {operator} on field '{name}'", 0)
    if not items:
        # Nothing is among none, and everything is not among them.
        return Tree("OR" if operator == "IN" else "AND", ())
    return Filter(name, operator, items)


def _containing(name: str, operator: str, items: list[Any]) -> Filter | Tree:
    """Return what has all of some items, or one of them; NOT takes what has nothing at all too."""
    joint = "OR" if operator.endswith("ONE OF") else "AND"
    found = Tree(joint, tuple(Filter(name, "CONTAINS", item) for item in items))
    if not operator.startswith("NOT"):
        return found.parts[0] if len(found.parts) == 1 else found
    return Tree("OR", (Tree("NOT", (found,)), Filter(name, "IS NULL")))


def as_pattern(asked: Filter) -> Filter:
    """Return CONTAINS as the pattern of a text that holds another."""
    escaped = str(asked.operand).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return Filter(asked.name, "LIKE", f"%{escaped}%")


def _require_readable(name: str, pattern: str) -> None:
    try:
        matches(pattern, "")
    except MalformedError as error:
        raise CiviApiError(f"Illegal value for REGEXP on field '{name}': {error}", 0) from None
