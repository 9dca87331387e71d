"""Values of custom fields: typed rows, found by index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.parts import Group, Parts, Run, grouped, in_places
from contacts.fields.storage.comparisons import (
    column_condition,
    key_condition,
    many,
    place_of,
    typed_condition,
)
from contacts.fields.storage.lookups import PerRow
from contacts.fields.text import KEY_LENGTH, fold
from contacts.models import CustomFieldOption

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

    def parts(self, field: Field) -> Parts | None:
        """Return those without a value, and the values that are first, along their index.

        Choices are groups in the order of their positions.
        """
        column = field.type.value_column
        if self.owner != "contact":
            return None
        first, is_first = self._first(field)
        valued = first.filter(**{f"{column}__isnull": False})
        without = ~Q(PerRow(valued.filter(contact=OuterRef("pk"))))
        if column in INDEXED:
            return Parts(without, (Run(column, is_first, valued, "contact_id"),))
        if column != "option_id":
            return None
        options = CustomFieldOption.objects.filter(field_id=field.custom_id)
        ids = grouped(options.order_by("position").values_list("position", "pk"))
        rows = first.filter(is_first)
        groups = (Group(column, each, rows, "contact_id") for each in ids)
        return Parts(without, tuple(groups))

    def placed_parts(self, field: Field, places: Mapping[object, int]) -> Parts | None:
        """Return those without a place, and those whose first value is at each of the places."""
        if self.owner != "contact":
            return None
        first, is_first = self._first(field)
        rows, column = first.filter(is_first), field.type.value_column
        placed = rows.filter(**{f"{column}__in": list(places)}, contact=OuterRef("pk"))
        groups = (Group(column, each, rows, "contact_id") for each in in_places(places))
        return Parts(~Q(PerRow(placed)), tuple(groups))

    def _first(self, field: Field) -> tuple[QuerySet[Model], Q]:
        """Return the rows of the field, and which are the first of their contact."""
        rows = self.model._default_manager.filter(field_id=field.custom_id).order_by()
        earlier = rows.filter(contact=OuterRef("contact"), position__lt=OuterRef("position"))
        return rows, Q(position=0) | ~Q(PerRow(earlier))

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
