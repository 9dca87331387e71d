"""Text without a stored key, folded by the database: for what is few or seldom asked."""

from dataclasses import dataclass

from django.db.models import Case, OuterRef, Q, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Concat

from contacts.fields.field import Comparison, Field, Records, Rows, SortedBy
from contacts.fields.parts import Parts
from contacts.fields.storage.column_parts import pointed_parts, seen_parts
from contacts.fields.storage.comparisons import column_condition, many, parts_of
from contacts.fields.storage.looking import where_found
from contacts.fields.storage.lookups import Folded, PerRow
from contacts.fields.text import fold


def fits_nothing(comparison: Comparison) -> bool:
    """Tell whether the empty text may fit a comparison."""
    if comparison.operator in ("lt", "le"):
        return True
    values = many(comparison.value)[: 1 if comparison.operator == "between" else None]
    return any(not fold(str(value)).replace("%", "") for value in values)


@dataclass(frozen=True, slots=True)
class FoldedColumn:
    """Text without a stored key; folded by the database, for what is few or seldom asked.

    Where `is_beside` it stands, folded, in the text beside the search as well.
    """

    name: str
    is_beside: bool = False

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return a condition on the folded text."""
        if comparison.case_sensitive:
            return column_condition(self.name, comparison)
        # Most have no such text, and folding takes long.
        condition = Q() if fits_nothing(comparison) else ~Q(**{self.name: ""})
        text = where_found(self.name, "beside" if self.is_beside else "", comparison)
        for part in parts_of(comparison, lambda value: fold(str(value))):
            condition &= part.on_expression(Folded(text))
        return condition

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "is not empty"."""
        return ~Q(**{self.name: ""})

    def sort(self, field: Field) -> SortedBy:
        """Return the folded text."""
        return Folded(self.name)

    def parts(self, field: Field) -> Parts | None:
        """Return the parts of the order by a text of what the contact points to."""
        path, _, name = self.name.rpartition("__")
        return pointed_parts(path, Folded(name), field) if path else None

    def within(self, records: Records) -> "SeenText":
        """Return the text of another record as far as it is one of these."""
        return SeenText(self.name, records)


@dataclass(frozen=True, slots=True)
class SeenText:
    """Text of the record that a column points to, only for ordering; of others than these, none."""

    name: str
    records: Records

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Refuse: conditions on other records are asked of those."""
        raise NotImplementedError

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Refuse likewise."""
        raise NotImplementedError

    def sort(self, field: Field) -> SortedBy:
        """Return the folded text."""
        pointed = OuterRef(self.name.rpartition("__")[0])
        is_seen = Q(PerRow(self.records.filter(pk=pointed)))
        return Case(When(is_seen, then=Folded(self.name)), output_field=TextField())

    def parts(self, field: Field) -> Parts | None:
        """Return those that point to none of the records, and those that point to one."""
        path = self.name.rpartition("__")[0]
        return seen_parts(f"{path}_id", self.records, field, of_text=True)


@dataclass(frozen=True, slots=True)
class FullName:
    """The full name of the user that a column points to, or of the user itself without one."""

    path: str

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the condition on the folded name."""
        condition = Q()
        for part in parts_of(comparison, lambda value: fold(str(value))):
            condition &= part.on_expression(self._name())
        return condition

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "there is somebody"."""
        return Q(**{f"{self.path or 'pk'}__isnull": False})

    def sort(self, field: Field) -> SortedBy:
        """Return the folded name; somebody without one comes behind nobody."""
        if not self.path:
            return self._name()
        is_set = Q(**{f"{self.path}__isnull": False})
        return Case(When(is_set, then=self._name()), output_field=TextField())

    def parts(self, field: Field) -> Parts | None:
        """Return those without a user, and those of each name."""
        return pointed_parts(self.path, FullName("")._name(), field) if self.path else None

    def _name(self) -> Folded:
        path = f"{self.path}__" if self.path else ""
        first, last = f"{path}first_name", f"{path}last_name"
        return Folded(Concat(first, Value(" "), last, output_field=TextField()))


@dataclass(frozen=True, slots=True)
class FoldedTrait:
    """Text among the `traits` of a row; folded by the database."""

    name: str

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return a condition on the folded text; case never matters here."""
        condition = Q(traits__has_key=self.name)
        for part in parts_of(comparison, lambda value: fold(str(value))):
            condition &= part.on_expression(Folded(KT(f"traits__{self.name}")))
        return condition

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "is there": empty ones are not kept."""
        return Q(traits__has_key=self.name)

    def sort(self, field: Field) -> SortedBy:
        """Return the folded text."""
        return Folded(KT(f"traits__{self.name}"))
