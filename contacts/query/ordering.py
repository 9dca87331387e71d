"""The total order of a list: what was asked for, and always the id last."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import F
from django.db.models.expressions import OrderBy

from contacts.access import Actor
from contacts.query.sight import seen
from contacts.query.tree import SortKey

Ordering = list[str | OrderBy]

# Columns that are never empty, each with an index that leads through all contacts in its order.
# Spelling out NULLS FIRST would keep PostgreSQL from using these.
INDEXED = frozenset(
    {
        *("pk", "sort_name", "name_key", "first_name_key", "company_key"),
        *("created_at", "updated_at"),
    }
)


class Columns(NamedTuple):
    """The columns that a list is ordered by, all in one direction; none of them is ever empty."""

    names: tuple[str, ...]
    is_down: bool

    @property
    def deciding(self) -> tuple[str, ...]:
        """Return the columns before the id: after it nothing is left to decide."""
        return self.names[: self.names.index("pk")]

    @property
    def turned(self) -> Ordering:
        """Return the order that begins at the end."""
        return [name if self.is_down else f"-{name}" for name in self.names]


def columns_of(ordering: Sequence[str | OrderBy]) -> Columns | None:
    """Return the columns of an order, or None where it is no plain one: nothing goes by it."""
    texts = [each for each in ordering if isinstance(each, str)]
    downs = {text.startswith("-") for text in texts}
    if len(texts) < len(ordering) or len(downs) != 1:
        return None
    names = tuple(dict.fromkeys(text.removeprefix("-") for text in texts))
    return Columns(names, downs.pop()) if INDEXED.issuperset(names) else None


def ordering_of(actor: Actor, sort: Sequence[SortKey], default: Sequence[str]) -> Ordering:
    """Return what to order by; empty values come first going up and last going down.

    What the actor does not see is nowhere pointed to.
    """
    ordering: Ordering = [_one(actor, key) for key in sort] or list(default)
    directions = [key.descending for key in sort]
    ordering.append("-pk" if directions[-1:] == [True] else "pk")
    return ordering


def _one(actor: Actor, key: SortKey) -> str | OrderBy:
    field = seen(actor, key.field)
    expression = field.storage.sort(field)
    if isinstance(expression, str) and expression in INDEXED:
        return f"-{expression}" if key.descending else expression
    column = F(expression) if isinstance(expression, str) else expression
    if key.descending:
        return OrderBy(column, descending=True, nulls_last=True)
    return OrderBy(column, nulls_first=True)
