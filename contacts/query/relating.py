"""Ask and order by facts of the record that a reference points to: the name of an e-mail's contact.

What the actor does not see is as good as not there: it matches nothing and comes first in order.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from contacts.access import Actor, find_readable
from contacts.access.visibility import visible_contacts
from contacts.errors import UnknownFieldError
from contacts.fields import Comparison, Field
from contacts.fields.field import Rows, SortedBy
from contacts.query.compiler import compile_condition
from contacts.query.records import KINDS
from contacts.query.sight import seen
from contacts.query.tree import Condition, Related, SortKey


def related(actor: Actor, field: Field, kind: str, condition: Condition) -> Related:
    """Return "the record of this kind in the field is one that matches"."""
    rows = _seen(actor, kind).filter(compile_condition(actor, condition))
    return Related(field, condition, actor.user_id, rows)


def sorted_through(
    actor: Actor, field: Field, kind: str, key: str, *, descending: bool = False
) -> SortKey:
    """Return the sort key of a field of the record that another field points to.

    Raises UnknownFieldError for a field that cannot be sorted by.
    """
    target = find_readable(actor, kind, key)
    if target is None or not target.is_sortable or not field.column:
        raise UnknownFieldError(key)
    through = _Through(field.column, _seen(actor, kind), seen(actor, target).storage.sort(target))
    return SortKey(replace(target, storage=through), descending)


@dataclass(frozen=True, slots=True)
class _Through:
    """The values of records that a column points to; only for ordering."""

    column: str
    rows: QuerySet[Any]
    value: SortedBy

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Refuse: conditions on other records are `Related` nodes."""
        raise NotImplementedError

    def filled(self, field: Field, scope: str = "any") -> Q | Rows:
        """Refuse likewise."""
        raise NotImplementedError

    def sort(self, field: Field) -> SortedBy:
        """Return the value of the record that the column points to."""
        pointed = self.rows.filter(pk=OuterRef(self.column)).order_by()
        if isinstance(self.value, str):
            return Subquery(pointed.values(self.value)[:1])
        return Subquery(pointed.annotate(ordered_by=self.value).values("ordered_by")[:1])


def _seen(actor: Actor, kind: str) -> QuerySet[Any]:
    if kind == "contact":
        return visible_contacts(actor)
    return KINDS[kind].visible(actor)
