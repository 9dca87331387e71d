"""Links to other records: tags, projects, related contacts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Count, Expression, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contacts.fields import reference
from contacts.fields.field import Comparison, Field, Records, Rows, SortedBy
from contacts.fields.parts import Group, Parts, Tallied, Those, grouped
from contacts.fields.storage.comparisons import column_condition, many, narrowed_to
from contacts.fields.storage.lookups import PerRow
from contacts.fields.text import key_of
from contacts.models import ContactProject, ContactTag, Tag

# Links that carry the name by which contacts are listed, with an index in that order.
_BY_NAME = frozenset({ContactProject, ContactTag})
# What both mean the same of a single link.
_ONE_OF = frozenset({"has_any", "has_all"})


@dataclass(frozen=True, slots=True)
class Links:
    """Rows of a link table; `target` is the column with the linked id, `only` which rows count.

    Records are ordered by their first id, or by the least of what `by` names.
    """

    model: type[Model]
    target: str
    owner: str = "contact_id"
    only: tuple[tuple[str, object], ...] = ()
    by: str = ""
    among: Records | None = None

    def within(self, records: Records) -> "Links":
        """Return the links to these records alone."""
        return replace(self, among=records)

    def has(self, value: int) -> Q:
        """Return "is linked to this id"."""
        return Q(pk__in=self._rows().filter(**{self.target: value}))

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the records with a link to such an id."""
        return self._rows().filter(column_condition(self.target, comparison))

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the records with any link."""
        return self._rows()

    def named(self, comparison: Comparison) -> Rows | None:
        """Return the records linked to one id, to be read in the order of names; else None."""
        ids = list(many(comparison.value))
        if comparison.operator not in _ONE_OF or len(ids) != 1 or self.model not in _BY_NAME:
            return None
        return self._rows().filter(**{self.target: ids[0]})

    def sort(self, field: Field) -> SortedBy:
        """Return the first linked id, or what stands for it."""
        rows = self._counting().filter(**{self.owner: OuterRef("pk")})
        if self.by:
            return Subquery(rows.order_by(self.by).values(self.by)[:1])
        return Subquery(rows.order_by("id").values(self.target)[:1])

    def _rows(self) -> QuerySet[Model, dict[str, object]]:
        return self._counting().order_by().values(self.owner)

    def _counting(self) -> QuerySet[Model]:
        rows = self.model._default_manager.filter(**dict(self.only))
        return rows if self.among is None else narrowed_to(rows, self.target, self.among)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows name the record, for ordering by it; `only` and `where` say which count.

    `target` is the column of the records that are counted, where it is not the rows themselves;
    one that is named twice counts once. `kind` says what they are where others count beside them.
    """

    model: type[Model]
    owner: str
    only: tuple[tuple[str, object], ...] = ()
    target: str = "pk"
    where: Q = field(default_factory=Q)
    among: Records | None = None
    kind: str = ""

    def within(self, records: Records) -> "Tally":
        """Return the number of these records alone."""
        return replace(self, among=records)

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return nothing: a tally is only ordered by."""
        return Q(pk__in=())

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return everything: there is always a number."""
        return Q()

    def sort(self, field: Field) -> SortedBy:
        """Return the number of the rows."""
        return self.number()

    def parts(self, field: Field) -> Parts | None:
        """Return those that no row names, and the others by how many do, whoever sees those."""
        return Tallies((self,)).parts(field)

    def number(self) -> Coalesce:
        """Return how many rows name a record."""
        rows = self.counted.filter(**{self.owner: OuterRef("pk")}).values(self.owner)
        tally = Count(self.target, distinct=self.target != "pk")
        return Coalesce(Subquery(rows.annotate(tally=tally).values("tally")), 0)

    @property
    def rows(self) -> QuerySet[Any]:
        """Return the rows that count, whoever sees what they name."""
        return self.model._default_manager.filter(self.where, **dict(self.only)).order_by()

    @property
    def counted(self) -> QuerySet[Any]:
        """Return the rows that count for who asks."""
        return self.rows if self.among is None else narrowed_to(self.rows, self.target, self.among)


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many rows of several tables name the record, no table the same."""

    each: tuple[Tally, ...]

    def within(self, records: Records) -> "Tallies":
        """Return the number of these records alone."""
        return replace(self, each=tuple(one.within(records) for one in self.each))

    def within_kinds(self, records: Callable[[str], Records]) -> "Tallies":
        """Return the number of these records alone, of each kind its own."""
        return replace(self, each=tuple(one.within(records(one.kind)) for one in self.each))

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return nothing: a tally is only ordered by."""
        return Q(pk__in=())

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return everything: there is always a number."""
        return Q()

    def sort(self, field: Field) -> SortedBy:
        """Return the number of the rows."""
        return self._number()

    def _number(self) -> Expression:
        first, *others = (one.number() for one in self.each)
        return reduce(add, others, first)

    def parts(self, field: Field) -> Parts | None:
        """Return those that no row names, and the others by how many do, whoever sees those."""
        if field.kind != "contact":
            return None
        without, few, named = Q(), list[QuerySet[Any]](), list[tuple[QuerySet[Any], str]]()
        for one in self.each:
            is_named = Q(**{f"{one.owner}__gt": 0})
            without &= ~Q(PerRow(one.counted.filter(**{one.owner: OuterRef("pk")})))
            few.append(one.counted.filter(is_named).values(one.owner))
            named.append((one.rows.filter(is_named), one.owner))
        return Parts(without, (Tallied(tuple(named), self._number()),), Those(tuple(few)))


@dataclass(frozen=True, slots=True)
class TagLinks:
    """Tags of contacts, asked for by name (whatever the case) or id."""

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the contacts with any of the tags; an unknown tag is on no contact."""
        rows = ContactTag.objects.order_by().values("contact_id")
        return rows.filter(tag_id__in=self._ids(comparison))

    def named(self, comparison: Comparison) -> Rows | None:
        """Return the contacts with one tag, to be read in the order of names; else None."""
        ids = self._ids(comparison)
        if comparison.operator not in _ONE_OF or len(ids) != 1:
            return None
        return ContactTag.objects.order_by().values("contact_id").filter(tag_id=ids[0])

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the contacts with any tag."""
        return ContactTag.objects.order_by().values("contact_id")

    def sort(self, field: Field) -> SortedBy:
        """Return the first tag's key."""
        rows = ContactTag.objects.filter(contact=OuterRef("pk"))
        return Subquery(rows.order_by("tag__name_key").values("tag__name_key")[:1])

    def parts(self, field: Field) -> Parts | None:
        """Return those without a tag, and those whose first tag is each of them."""
        own = ContactTag.objects.filter(contact=OuterRef("contact"))
        earlier = PerRow(own.filter(tag__name_key__lt=OuterRef("tag__name_key")))
        first = ContactTag.objects.order_by().filter(~Q(earlier))
        tags = Tag.objects.order_by("name_key").values_list("name_key", "pk")
        groups = (Group("tag_id", ids, first, "contact_id") for ids in grouped(tags))
        without = ~Q(PerRow(ContactTag.objects.filter(contact=OuterRef("pk"))))
        return Parts(without, tuple(groups))

    def _ids(self, comparison: Comparison) -> list[int]:
        tags = reference.tags()
        keys = many(comparison.value)
        ids = (each if isinstance(each, int) else tags.id_of(key_of(str(each))) for each in keys)
        return [tag_id for tag_id in ids if tag_id is not None]


@dataclass(frozen=True, slots=True)
class Counted:
    """A yes/no that follows from other records ("has deals").

    `records` are those that say yes, `owner` their column with the id of the one that it is about.
    """

    records: Callable[[], Records]
    owner: str
    among: Records | None = None

    def within(self, records: Records) -> "Counted":
        """Return the answer as if only these of the other records were there."""
        return replace(self, among=records)

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the records for which the answer is the one asked for."""
        wanted = {bool(each) for each in many(comparison.value)}
        if wanted == {True, False}:
            return Q()
        records = self.records().filter(**{f"{self.owner}__isnull": False})
        if self.among is not None:
            records = narrowed_to(records, "pk", self.among)
        yes = Q(pk__in=records.values(self.owner))
        return yes if True in wanted else ~yes

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return everything: the answer is always known."""
        return Q()

    def sort(self, field: Field) -> SortedBy:
        """Return the id: there is nothing to order by."""
        return "pk"
