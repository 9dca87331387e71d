"""Values in a column of the record's own row, or of a row that hangs on it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from contacts.fields.field import Comparison, Field, Records, Rows, SortedBy
from contacts.fields.parts import Group, Parts, Run, in_places
from contacts.fields.storage.column_parts import (
    child_groups,
    column_parts,
    seen_parts,
)
from contacts.fields.storage.comparisons import (
    Part,
    column_condition,
    key_condition,
    many,
    narrowed_to,
    place_of,
    typed_condition,
)
from contacts.fields.storage.lookups import PerRow, escaped
from contacts.models.contacts import STANDS_APART


@dataclass(frozen=True, slots=True)
class Column:
    """A plain column; `key` names the column with the folded text where there is one.

    Text without a key is compared as given: identifiers and words of our own.
    """

    name: str
    key: str = ""
    is_text: bool = False

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the condition on the column, or on its key unless case matters."""
        if self.key and not comparison.case_sensitive:
            return key_condition(self.key, comparison)
        return typed_condition(self.name, field, comparison)

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "is not empty"; yes or no always is one of them."""
        if field.type.name == "boolean" and field.key == self.name:
            return Q()
        return ~Q(**{self.name: ""}) if self.is_text else Q(**{f"{self.name}__isnull": False})

    def reached(self, field: Field) -> Q:
        """Return "is not empty" as a range of the column: to that an index leads on SQLite too."""
        if self.name.endswith("_id"):
            return Q(**{f"{self.name}__gt": 0})
        is_text = field.type.name == "text" and not self.is_text
        return Q(**{f"{self.name}__gte": ""}) if is_text else self.filled(field)

    def sort(self, field: Field) -> SortedBy:
        """Return the column."""
        return self.key or self.name

    def placed(self, field: Field, places: Mapping[object, int]) -> SortedBy:
        """Return the place of the value."""
        return place_of(self.name, places)

    def parts(self, field: Field) -> Parts | None:
        """Return the parts of the order, where it is a column of contacts that has some."""
        return None if self.key else column_parts(self.name, field)

    def placed_parts(self, field: Field, places: Mapping[object, int]) -> Parts | None:
        """Return those without a place, and those with the values of each place."""
        if field.kind != "contact":
            return None
        groups = (Group(self.name, values) for values in in_places(places))
        without = ~Q(**{f"{self.name}__in": list(places)}) | Q(**{f"{self.name}__isnull": True})
        return Parts(without, tuple(groups))

    def within(self, records: Records) -> "SeenColumn":
        """Return the column of ids as far as they are those of the records."""
        return SeenColumn(self.name, records)


@dataclass(frozen=True, slots=True)
class ApartColumn(Column):
    """A column in which nearly all contacts have the `usual` value; the others stand apart."""

    usual: object = None

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the condition on the column; an index has those who stand apart."""
        condition = super(ApartColumn, self).match(field, comparison)
        is_one_of = comparison.operator in ("eq", "in", "has_any")
        if is_one_of and self.usual not in many(comparison.value):
            condition &= STANDS_APART
        return condition


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of ids, in which those of other records than these count as nothing."""

    name: str
    records: Records

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the condition on the column."""
        return column_condition(self.name, comparison) & self.filled(field)

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "points to one of the records"."""
        return Q(PerRow(self.records.filter(pk=OuterRef(self.name))))

    def reached(self, field: Field) -> Q:
        """Return the same behind a range of the column, to which its index leads."""
        return Q(**{f"{self.name}__gt": 0}) & self.filled(field)

    def sort(self, field: Field) -> SortedBy:
        """Return the id."""
        return Subquery(self.records.filter(pk=OuterRef(self.name)).order_by().values("pk")[:1])

    def parts(self, field: Field) -> Parts | None:
        """Return those that point to none of the records, and the others along the column."""
        return seen_parts(self.name, self.records, field)


@dataclass(frozen=True, slots=True)
class NamesColumn:
    """A few machine names as a list of JSON: compared, one of them has to be so."""

    name: str

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return "has one of these names"."""
        condition = Q()
        for value in many(comparison.value):
            pattern = f"%{escaped(json.dumps(str(value)))}%"
            condition |= Part("like", pattern).on_expression(self._written())
        return condition

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "has any name"."""
        return ~Q(Exact(self._written(), "[]"))

    def sort(self, field: Field) -> SortedBy:
        """Return the names as they are written."""
        return self._written()

    def _written(self) -> Cast:
        return Cast(self.name, TextField())


@dataclass(frozen=True, slots=True)
class ChildColumn:
    """A column of rows that hang on the record (the country of an address)."""

    model: type[Model]
    column: str
    owner: str = "contact"
    has_primary: bool = False
    only: tuple[tuple[str, object], ...] = ()
    among: Records | None = None
    # Whether an index of the rows has the column and, after it, the owner.
    is_in_order: bool = False

    def within(self, records: Records) -> "ChildColumn":
        """Return the column of those rows alone that are such records."""
        return replace(self, among=records)

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the ids of the records with such a row."""
        return self._rows(comparison.scope).filter(typed_condition(self.column, field, comparison))

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the ids of the records that have a value there."""
        return self._rows(scope).filter(**{f"{self.column}__isnull": False})

    def sort(self, field: Field) -> SortedBy:
        """Return the first value."""
        rows = self._among(self.model._default_manager.filter(**{self.owner: OuterRef("pk")}))
        return Subquery(rows.order_by("id").values(self.column)[:1])

    def parts(self, field: Field) -> Parts | None:
        """Return those without a value, and the first rows of the others.

        None where no index has them in order, or where not all rows count.
        """
        if self.among is not None or self.owner != "contact":
            return None
        if "__" in self.column:
            return child_groups(self.model, self.owner, self.column)
        if not self.is_in_order:
            return None
        rows = self.model._default_manager.order_by().filter(**{f"{self.column}__isnull": False})
        same = self.model._default_manager.filter(**{self.owner: OuterRef(self.owner)})
        is_first = ~Q(PerRow(same.filter(pk__lt=OuterRef("pk"))))
        own = rows.filter(is_first, **{self.owner: OuterRef("pk")})
        return Parts(~Q(PerRow(own)), (Run(self.column, is_first, rows, f"{self.owner}_id"),))

    def _among(self, rows: QuerySet[Model]) -> QuerySet[Model]:
        return rows if self.among is None else narrowed_to(rows, "pk", self.among)

    def _rows(self, scope: str) -> QuerySet[Model, dict[str, object]]:
        rows = self._among(self.model._default_manager.filter(**dict(self.only))).order_by()
        if scope == "primary" and self.has_primary:
            rows = rows.filter(is_primary=True)
        if self.model._meta.get_field(self.owner).null:
            # Nothing is "not in" rows of which one is nobody's, such as a note about a deal.
            rows = rows.filter(**{f"{self.owner}__isnull": False})
        return rows.values(f"{self.owner}_id")
