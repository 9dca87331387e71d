"""Links to other records: tags, projects, related contacts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from contacts.fields import reference
from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.storage.comparisons import many
from contacts.fields.text import key_of
from contacts.models import ContactTag


@dataclass(frozen=True, slots=True)
class Links:
    """Rows of a link table; `target` is the column with the linked id, `only` which rows count."""

    model: type[Model]
    target: str
    owner: str = "contact_id"
    only: tuple[tuple[str, object], ...] = ()

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the records linked to any of the ids."""
        return self._rows().filter(**{f"{self.target}__in": list(many(comparison.value))})

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the records with any link."""
        return self._rows()

    def sort(self, field: Field) -> SortedBy:
        """Return the first linked id."""
        rows = self.model._default_manager.filter(**{self.owner: OuterRef("pk")}, **dict(self.only))
        return Subquery(rows.order_by("id").values(self.target)[:1])

    def _rows(self) -> QuerySet[Model, dict[str, object]]:
        rows = self.model._default_manager.filter(**dict(self.only)).order_by()
        return rows.values(self.owner)


@dataclass(frozen=True, slots=True)
class TagLinks:
    """Tags of contacts, asked for by name (whatever the case) or id."""

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the contacts with any of the tags; an unknown tag is on no contact."""
        tags = reference.tags()
        keys = (each for each in many(comparison.value))
        ids = [each if isinstance(each, int) else tags.id_of(key_of(str(each))) for each in keys]
        rows = ContactTag.objects.order_by().values("contact_id")
        return rows.filter(tag_id__in=[tag_id for tag_id in ids if tag_id is not None])

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the contacts with any tag."""
        return ContactTag.objects.order_by().values("contact_id")

    def sort(self, field: Field) -> SortedBy:
        """Return the first tag's key."""
        rows = ContactTag.objects.filter(contact=OuterRef("pk"))
        return Subquery(rows.order_by("tag__name_key").values("tag__name_key")[:1])


@dataclass(frozen=True, slots=True)
class Counted:
    """A yes/no that follows from other records ("has deals"): a query of the ids that say yes."""

    rows: Callable[[], Rows]

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the records for which the answer is the one asked for."""
        wanted = {bool(each) for each in many(comparison.value)}
        if wanted == {True, False}:
            return Q()
        yes = Q(pk__in=self.rows())
        return yes if True in wanted else ~yes

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return everything: the answer is always known."""
        return Q()

    def sort(self, field: Field) -> SortedBy:
        """Return the id: there is nothing to order by."""
        return "pk"
