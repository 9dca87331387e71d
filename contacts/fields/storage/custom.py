"""Values of custom fields: typed rows, found by index."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from contacts.fields.field import Comparison, Field
from contacts.fields.storage.comparisons import column_condition
from contacts.fields.text import fold, key_of


@dataclass(frozen=True, slots=True)
class CustomRows:
    """The rows of one custom field in the table of one kind of record."""

    model: type[Model]
    owner: str

    def match(self, field: Field, comparison: Comparison) -> QuerySet[Model]:
        """Return the records with such a value."""
        column = field.type.value_column
        if column != "text":
            return self._rows(field).filter(column_condition(column, comparison, stored))
        condition = column_condition("text", comparison, lambda value: key_of(str(value)))
        if comparison.operator in ("contains", "like", "ends_with"):
            # Longer than its key: the whole folded text decides.
            condition |= column_condition("folded", comparison, lambda value: fold(str(value)))
        if comparison.case_sensitive:
            condition &= column_condition("given", comparison)
        return self._rows(field).filter(condition)

    def filled(self, field: Field, scope: str = "any") -> QuerySet[Model]:
        """Return the records with any value."""
        return self._rows(field)

    def sort(self, field: Field) -> str | Combinable:
        """Return the first value; choices by their position."""
        column = field.type.value_column
        if column == "option_id":
            column = "option__position"
        rows = self.model._default_manager.filter(
            Q(**{self.owner: OuterRef("pk")}), field_id=field.custom_id
        )
        return Subquery(rows.order_by("position", "id").values(column)[:1])

    def _rows(self, field: Field) -> QuerySet[Model]:
        rows = self.model._default_manager.filter(field_id=field.custom_id)
        return rows.order_by().values(f"{self.owner}_id")


def stored(value: object) -> object:
    """Return a comparable value as the row holds it: days as UTC midnights, truth as 0 or 1."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, bool):
        return int(value)
    return float(value) if hasattr(value, "quantize") else value  # type: ignore[arg-type]  # a Decimal
