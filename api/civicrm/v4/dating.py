"""Read the days and moments that conditions on rows in memory name.

Rows hold them as answers show them; conditions may say them in words, or name a period.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import Node, Tree
from api.civicrm.mapping import formats, moments
from api.civicrm.mapping.conditions import each_operand
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.periods import within_period
from api.civicrm.v4.expressions import Expression
from contacts.access import Actor

# The field of a name, or None for a name that is none.
Fields = Callable[[str], WireField | None]

_COMPARING = frozenset(
    {"=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN", "BETWEEN", "NOT BETWEEN"},
)
# Functions whose value is a day or moment where what they read is one.
_KEEPING = frozenset({"MIN", "MAX"})


def dated(tree: Tree, field_of: Fields, actor: Actor) -> Tree:
    """Return conditions in which days and moments are written as rows have them.

    Raises CiviApiError for a text that is none.
    """

    def one(each: Node) -> Node:
        if isinstance(each, Tree):
            return Tree(each.joint, tuple(map(one, each.parts)))
        is_plain = each.operator in _COMPARING and not isinstance(each.operand, Expression)
        field = field_of(each.name) if is_plain else None
        return each if field is None else _as_shown(each, field, actor)

    return Tree(tree.joint, tuple(map(one, tree.parts)))


def read_by(expression: Expression, field_of: Fields) -> WireField | None:
    """Return the field whose values an expression has: its own, or the only one that it reads."""
    if expression.name:
        return field_of(expression.name)
    if expression.function == "DATE":
        inner = read_by(expression.arguments[0], field_of)
        return replace(inner, format=formats.DAY) if inner else None
    return read_by(expression.arguments[0], field_of) if expression.function in _KEEPING else None


def _as_shown(asked: Filter, field: WireField, actor: Actor) -> Filter:
    if not isinstance(field.format, formats.Day | formats.Moment):
        return asked
    found = within_period(asked, actor)
    return replace(found, operand=each_operand(found, partial(_written, field, actor)))


def _written(field: WireField, actor: Actor, value: object) -> str:
    if isinstance(field.format, formats.Day):
        return moments.day_of(value, field.name, actor).isoformat()
    return moments.written(moments.moment_of(value, field.name, actor))
