"""The nearest moment among other records: when somebody is spoken to next, or was last."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from contacts.fields.field import Comparison, Field, Records, SortedBy
from contacts.fields.parts import Parts, Those
from contacts.fields.storage.comparisons import narrowed_to
from contacts.fields.storage.lookups import PerRow


@dataclass(frozen=True, slots=True)
class Nearest:
    """The earliest moment of the rows that name a record, or the latest; for ordering by it.

    `only` says which rows count, `target` is their column of the records whose moments they are.
    """

    model: type[Model]
    owner: str
    column: str
    only: tuple[tuple[str, object], ...]
    target: str
    is_latest: bool = False
    among: Records | None = None

    def within(self, records: Records) -> "Nearest":
        """Return the moment among these records alone."""
        return replace(self, among=records)

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return nothing: it is only ordered by."""
        return Q(pk__in=())

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "has such a moment"."""
        return Q(PerRow(self._own))

    def sort(self, field: Field) -> SortedBy:
        """Return the moment, empty where there is none."""
        order = f"-{self.column}" if self.is_latest else self.column
        return Subquery(self._own.order_by(order).values(self.column)[:1])

    def parts(self, field: Field) -> Parts | None:
        """Return those without such a moment, and who has one: few have."""
        if field.kind != "contact":
            return None
        having = self._rows.values(self.owner)
        return Parts(~Q(PerRow(self._own)), few=Those((having,)))

    @property
    def _own(self) -> QuerySet[Any]:
        return self._rows.filter(**{self.owner: OuterRef("pk")})

    @property
    def _rows(self) -> QuerySet[Any]:
        rows = self.model._default_manager.filter(**dict(self.only)).order_by()
        return rows if self.among is None else narrowed_to(rows, self.target, self.among)
