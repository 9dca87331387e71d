"""The first contacts in the order of a list, among which a page of many that match is soon full.

A few thousand are looked at along the index of the order. That fills a page for a condition that
one in twenty fits, and costs little where it does not: then the ids that match are looked for.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigAutoField,
    BooleanField,
    DateTimeField,
    ForeignKey,
    Func,
    Model,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import OrderBy
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.storage.lookups import Sql
from contacts.fields.types import LARGEST_ID
from contacts.models import Contact
from contacts.query.leading import leading
from contacts.query.ordering import INDEXED, Ordering
from contacts.query.tree import Query

# The first and the last of all values there can be.
ENDS: Mapping[type, tuple[object, object]] = {
    BigAutoField: (0, LARGEST_ID),
    DateTimeField: (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)),
}
TEXTS = ("", chr(sys.maxunicode))

LOOKED_AT = 4
AT_LEAST = 2_000
MOST = 6_000
# Of what more than ten thousand are known to fit, a page takes so many times as long a look.
LONG = 10


class UpTo(Func):
    """A record that does not come after a place: its columns, and then those of the place.

    A range of the index of the order: who walks along it ends with the page, or at that place.
    """

    output_field = BooleanField()

    def as_sql(  # type: ignore[override]  # nothing of a call's own template is needed
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        """Return the comparison of rows."""
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        texts = [sql for sql, _params in parts]
        half = len(texts) // 2
        left, right = ", ".join(texts[:half]), ", ".join(texts[half:])
        params = tuple(param for _sql, params in parts for param in params)
        return f"({left}) {self.extra['sign']} ({right})", params


class UpToRow(UpTo):
    """The same of a row that is looked for; where there is none, of the end of all values.

    Columns, the row that has them, and their ends. The row is found once, by one look at the index.
    """

    def as_sql(  # type: ignore[override]  # nothing of a call's own template is needed
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        """Return the comparison with the row, or with the ends: they are behind any row."""
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        texts = [sql for sql, _params in parts]
        count = len(texts) // 2
        left, row, ends = ", ".join(texts[:count]), texts[count], ", ".join(texts[count + 1 :])
        sign = self.extra["sign"]
        way = "DESC" if sign == ">=" else "ASC"
        order = ", ".join(f"{place} {way}" for place in range(1, count + 1))
        either = f"SELECT * FROM {row} p UNION ALL SELECT {ends}"  # noqa: S608  # all of it ours
        params = tuple(param for _sql, params in parts for param in params)
        nearest = f"SELECT * FROM ({either}) q ORDER BY {order} LIMIT 1"  # noqa: S608  # the same
        return f"({left}) {sign} ({nearest})", params


def first_in_order(
    query: Query, ordering: Ordering, *, is_long: bool = False
) -> Callable[[], Q] | None:
    """Return what makes the condition of the first contacts, or None where that is no help.

    Of a list that `is_long` more are looked at.
    """
    reach = reach_of(query, times=LONG if is_long else 1)
    if reach is None:
        return None
    if not _is_indexed(ordering[0]):
        return None
    return lambda: _first(ordering, reach, leading(query.condition, ordering))


def reach_of(query: Query, times: int = 1) -> int | None:
    """Return how many to look at for a page, or None where that would be too many."""
    reach = times * (AT_LEAST + LOOKED_AT * (query.offset + query.limit))
    return reach if reach <= times * MOST and query.limit else None


def _is_indexed(first: object) -> bool:
    return isinstance(first, str) and first.removeprefix("-") in INDEXED


def _first(ordering: Sequence[str | OrderBy], reach: int, of_kind: Q) -> Q:
    ordered = Contact.objects.filter(of_kind).order_by(*ordering)
    columns = list(dict.fromkeys(str(name).removeprefix("-") for name in ordering))
    if len(columns) > 2:
        # What comes in between decides about the place as well.
        return Q(pk__in=ordered.values("pk")[:reach])
    return up_to(ordered, columns, reach, is_down=str(ordering[0]).startswith("-"))


def up_to(ordered: QuerySet[Any, Any], columns: Sequence[str], reach: int, *, is_down: bool) -> Q:
    """Return "is not behind the row at this place" of rows in the order of the columns."""
    last = ordered.values(*columns)[reach - 1 : reach]
    ends = [_end(_field_of(ordered.model, name), is_down=is_down) for name in columns]
    return Q(UpToRow(*columns, Subquery(last), *ends, sign=">=" if is_down else "<="))


def _field_of(model: type[Model], name: str) -> Any:  # noqa: ANN401 -- of any type of column
    fields = model._meta.concrete_fields
    field = next(each for each in fields if name in (each.attname, "pk" * each.primary_key))
    return field.target_field if isinstance(field, ForeignKey) else field


def _end(field: Any, *, is_down: bool) -> Value:  # noqa: ANN401 -- of any type of column
    """Return what comes after all values of a column, or before them."""
    first, last = ENDS.get(type(field), TEXTS)
    return Value(first if is_down else last, output_field=field)
