"""Contacts of one kind that a record of work has, as its main contact or among the further ones."""

from dataclasses import dataclass

from django.db.models import Model, OuterRef, Q, Subquery

from contacts.fields.field import Comparison, Field, SortedBy
from contacts.fields.storage.comparisons import many


@dataclass(frozen=True, slots=True)
class LinkedContacts:
    """Links to contacts of some kinds, seen from the record; `main` is its own column, if any."""

    model: type[Model]
    owner: str
    kinds: tuple[str, ...]
    main: str = ""

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the records that have any of the contacts."""
        return self._having(Q(contact_id__in=list(many(comparison.value))))

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return the records that have any contact of the kinds."""
        return self._having(Q())

    def sort(self, field: Field) -> SortedBy:
        """Return the main contact, else the first of the further ones."""
        rows = self.model._default_manager.filter(
            Q(**{self.owner: OuterRef("pk")}), contact__kind__in=self.kinds
        )
        return Subquery(rows.order_by("id").values("contact_id")[:1])

    def _having(self, condition: Q) -> Q:
        whole = condition & Q(contact__kind__in=self.kinds)
        links = self.model._default_manager.filter(whole).order_by().values(self.owner)
        found = Q(pk__in=links)
        return found | whole if self.main else found
