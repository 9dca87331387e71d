"""Values of custom fields: typed rows, found by index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.storage.comparisons import (
    column_condition,
    key_condition,
    many,
    place_of,
    typed_condition,
)
from contacts.fields.storage.lookups import PerRow
from contacts.fields.text import KEY_LENGTH, fold

# Columns of values of which there is an index in their order.
INDEXED = frozenset({"text", "number", "date"})


@dataclass(frozen=True, slots=True)
class CustomRows:
    """The rows of one custom field in the table of one kind of record."""

    model: type[Model]
    owner: str

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the records with such a value."""
        column = field.type.value_column
        if column != "text":
            return self._rows(field).filter(typed_condition(column, field, comparison, stored))
        condition = text_condition(comparison)
        if comparison.case_sensitive:
            condition &= column_condition("given", comparison)
        return self._rows(field).filter(condition)

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the records with any value."""
        return self._rows(field)

    def sort(self, field: Field) -> SortedBy:
        """Return the first value; choices by their position."""
        column = field.type.value_column
        if column == "option_id":
            column = "option__position"
        return Subquery(self._own(field).values(column)[:1])

    def placed(self, field: Field, places: Mapping[object, int]) -> SortedBy:
        """Return the place of the first value."""
        rows = self._own(field).annotate(place=place_of(field.type.value_column, places))
        return Subquery(rows.values("place")[:1])

    def first_rows(self, field: Field) -> tuple[QuerySet[Model], Q, str] | None:
        """Return the values, which are first of their contact, and the column that has an order."""
        column = field.type.value_column
        if self.owner != "contact" or column not in INDEXED:
            return None
        own = self.model._default_manager.filter(field_id=field.custom_id)
        earlier = own.filter(position__lt=OuterRef("position"), contact=OuterRef("contact"))
        is_first = Q(position=0) | ~Q(PerRow(earlier))
        return own.filter(**{f"{column}__isnull": False}), is_first, column

    def _own(self, field: Field) -> QuerySet[Model]:
        own = Q(**{self.owner: OuterRef("pk")})
        rows = self.model._default_manager.filter(own, field_id=field.custom_id)
        return rows.order_by("position", "id")

    def _rows(self, field: Field) -> QuerySet[Model, dict[str, object]]:
        rows = self.model._default_manager.filter(field_id=field.custom_id)
        return rows.order_by().values(f"{self.owner}_id")


def text_condition(comparison: Comparison) -> Q:
    """Return the condition on folded text: the key decides, or the whole of a longer text."""
    if comparison.operator in ("eq", "in", "has_any"):
        texts = [fold(str(value)) for value in many(comparison.value)]
        short = [text for text in texts if len(text) <= KEY_LENGTH]
        longer = [text for text in texts if len(text) > KEY_LENGTH]
        condition = Q(text__in=short, folded="")
        if longer:
            keys = [text[:KEY_LENGTH] for text in longer]
            condition |= Q(text__in=keys, folded__in=longer)
        return condition
    condition = key_condition("text", comparison)
    if comparison.operator in ("contains", "starts_with", "ends_with", "like"):
        whole = column_condition("folded", comparison, lambda value: fold(str(value)))
        either = (condition & Q(folded="")) | (whole & ~Q(folded=""))
        # What is short is whole in the key: the index has it, and no row is read for it.
        length = Length("text")
        condition &= Q(LessThan(length, KEY_LENGTH))
        condition |= Q(GreaterThanOrEqual(length, KEY_LENGTH)) & either
    return condition


def stored(value: object) -> object:
    """Return a comparable value as the row holds it: days as UTC midnights, truth as 0 or 1."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, Decimal) else value
