"""The total order of a list: what was asked for, and always the id last."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, F, Func, TextField
from django.db.models.expressions import OrderBy
from django.db.models.sql.compiler import SQLCompiler

from contacts.access import Actor
from contacts.fields.storage.lookups import Sql
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


class Raw(Func):
    """A column as Python gets it fastest, in the same order: of ten thousand each counts.

    What SQLite has is left as it is. PostgreSQL's moments become microseconds: its driver takes
    longer to read one than the server to find it.
    """

    output_field = TextField()
    template = "%(expressions)s"

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        """Return the column, or the number of a moment."""
        (column,) = self.get_source_expressions()
        if isinstance(column.output_field, DateTimeField):
            context["template"] = "(extract(epoch from %(expressions)s) * 1000000)::bigint"
        sql, params = self.as_sql(compiler, connection, **context)
        return sql, tuple(params)


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
