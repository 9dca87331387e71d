"""Values of built-in fields that few records have: typed rows, found by index."""

from dataclasses import dataclass

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.parts import Parts, Run
from contacts.fields.storage.comparisons import column_condition, many, typed_condition
from contacts.fields.storage.custom import INDEXED, stored, text_condition
from contacts.fields.storage.lookups import PerRow


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows with one `code` in the table of one kind of record."""

    model: type[Model]
    owner: str
    code: int

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return the records with such a value; a yes/no without a row is no."""
        column = field.type.value_column
        if column == "text":
            condition = text_condition(comparison)
            if comparison.case_sensitive:
                condition &= column_condition("given", comparison)
            return self._rows().filter(condition)
        if field.type.name == "boolean":
            return self._truth({bool(each) for each in many(comparison.value)})
        return self._rows().filter(typed_condition(column, field, comparison, stored))

    def _truth(self, wanted: set[bool]) -> Q | Rows:
        yes = self._rows().filter(number=1)
        if wanted == {True, False}:
            return Q()
        return yes if True in wanted else ~Q(pk__in=yes)

    def filled(self, field: Field, scope: str = "any") -> Q | Rows:
        """Return the records with any value; a yes/no always has one."""
        return Q() if field.type.name == "boolean" else self._rows()

    def sort(self, field: Field) -> SortedBy:
        """Return the value."""
        rows = self.model._default_manager.filter(Q(**{self.owner: OuterRef("pk")}), code=self.code)
        return Subquery(rows.values(field.type.value_column)[:1])

    def parts(self, field: Field) -> Parts | None:
        """Return those without a row, and along their index the rows: one of each at most."""
        column = field.type.value_column
        if self.owner != "contact" or column not in INDEXED:
            return None
        rows = self.model._default_manager.filter(code=self.code).order_by()
        valued = rows.filter(**{f"{column}__isnull": False})
        without = ~Q(PerRow(valued.filter(contact=OuterRef("pk"))))
        return Parts(without, (Run(column, Q(), valued, "contact_id"),))

    def _rows(self) -> QuerySet[Model, dict[str, object]]:
        rows = self.model._default_manager.filter(code=self.code)
        return rows.order_by().values(f"{self.owner}_id")
