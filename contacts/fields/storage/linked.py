"""Contacts of one kind that a record of work has, as its main contact or among the further ones."""

from dataclasses import dataclass, replace

from django.db.models import Model, OuterRef, Q, Subquery

from contacts.fields.field import Comparison, Field, Records, SortedBy
from contacts.fields.storage.comparisons import column_condition
from contacts.fields.storage.lookups import PerRow


@dataclass(frozen=True, slots=True)
class LinkedContacts:
    """Links to contacts of some kinds, seen from the record; `main` is its own column, if any.

    Where there are `stages`, contacts of others do not count.
    """

    model: type[Model]
    owner: str
    kinds: tuple[str, ...]
    main: str = ""
    stages: tuple[str, ...] = ()
    among: Records | None = None

    def within(self, records: Records) -> "LinkedContacts":
        """Return the links to these contacts alone."""
        return replace(self, among=records)

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the records that have such a contact."""
        return self._having(column_condition("contact_id", comparison))

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return the records that have any contact of the kinds."""
        return self._having(Q())

    def sort(self, field: Field) -> SortedBy:
        """Return the main contact, else the first of the further ones."""
        own = Q(**{self.owner: OuterRef("pk")})
        rows = self.model._default_manager.filter(own, self._counting())
        return Subquery(rows.order_by("id").values("contact_id")[:1])

    def _having(self, condition: Q) -> Q:
        whole = condition & self._counting()
        links = self.model._default_manager.filter(whole).order_by().values(self.owner)
        found = Q(pk__in=links)
        return found | whole if self.main else found

    def _counting(self) -> Q:
        """Return the condition on a link, or on the record's own column, under which it counts."""
        counting = Q(contact__kind__in=self.kinds)
        if self.stages:
            counting &= Q(contact__stage__in=self.stages)
        if self.among is not None:
            counting &= Q(PerRow(self.among.filter(pk=OuterRef("contact_id"))))
        return counting
