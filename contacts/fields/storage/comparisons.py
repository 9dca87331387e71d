"""Turn one operator into one ORM condition on one column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import (
    Case,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import BaseExpression

from contacts.fields.field import Comparison, Field, Records
from contacts.fields.storage.lookups import PerRow, escaped
from contacts.fields.storage.written import WRITTEN, range_of
from contacts.fields.text import fold, key_of

Prepare = Callable[[object], object]

_ORDER = {"eq": "exact", "lt": "lt", "le": "lte", "gt": "gt", "ge": "gte"}
# Where in a text the value is looked for, as a pattern of LIKE.
_PLACES = {"contains": "%{}%", "starts_with": "{}%", "ends_with": "%{}", "like": "{}"}


@dataclass(frozen=True, slots=True)
class Part:
    """One lookup on a column; a comparison is true when all of its parts are."""

    lookup: str
    value: object

    def on(self, column: str) -> Q:
        """Return the condition on a column or path."""
        return Q(**{f"{column}__{self.lookup}": self.value})

    def on_expression(self, expression: BaseExpression) -> Q:
        """Return the condition on an expression, which has no name to put a lookup behind."""
        lookup = expression.get_lookup(self.lookup)
        if lookup is None:
            raise LookupError(self.lookup)
        return Q(lookup(expression, self.value))


def parts_of(comparison: Comparison, prepare: Prepare) -> list[Part]:
    """Return the lookups of a comparison; `prepare` turns values into what the column holds."""
    operator, value = comparison.operator, comparison.value
    if operator in ("in", "has_any"):
        return [Part("in", [prepare(each) for each in many(value)])]
    if operator == "between":
        low, high = (prepare(each) for each in many(value))
        return [Part("gte", low), Part("lte", high)]
    if operator in _PLACES:
        text = str(prepare(value))
        wanted = text if operator == "like" else escaped(text)
        return [Part("like", _PLACES[operator].format(wanted))]
    return [Part(_ORDER[operator], prepare(value))]


def column_condition(column: str, comparison: Comparison, prepare: Prepare | None = None) -> Q:
    """Return the condition on a column that holds values as given, or as `prepare` makes them."""
    condition = Q()
    for part in parts_of(comparison, prepare or _same):
        condition &= part.on(column)
    return condition


def typed_condition(
    column: str, field: Field, comparison: Comparison, prepare: Prepare | None = None
) -> Q:
    """Return the condition on a column of the field's type.

    For `like`, with the wildcards of a client, what is no text is written as text.
    """
    if comparison.operator != "like" or field.type.name not in WRITTEN:
        return column_condition(column, comparison, prepare)
    (part,) = parts_of(comparison, str)
    written = part.on_expression(WRITTEN[field.type.name](column))
    return range_of(column, field.type.name, str(part.value), prepare or _same) & written


def key_condition(column: str, comparison: Comparison) -> Q:
    """Return the condition on a column of comparison keys.

    A value that is to be found inside a text is not shortened, or its beginning would be found.
    """
    is_part = comparison.operator in _PLACES
    return column_condition(column, comparison, _whole_key if is_part else _key)


def _same(value: object) -> object:
    return value


def _key(value: object) -> str:
    return key_of(str(value))


def _whole_key(value: object) -> str:
    return fold(str(value))


def place_of(column: str, places: Mapping[object, int]) -> Case:
    """Return the place of a column's value, NULL for one without."""
    found = (When(**{column: value}, then=Value(place)) for value, place in places.items())
    return Case(*found, default=None, output_field=IntegerField())


def narrowed_to(rows: QuerySet[Model], column: str, records: Records) -> QuerySet[Model]:
    """Return the rows in which a column holds the id of one of these records."""
    return rows.filter(PerRow(records.filter(pk=OuterRef(column))))


def many(value: object) -> tuple[object, ...]:
    """Return the values of an operator that takes several."""
    return tuple(value) if isinstance(value, tuple | list) else (value,)
