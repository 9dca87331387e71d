"""The first contacts in the order of a list, among which a page of many that match is soon full.

A few thousand are looked at along the index of the order. That fills a page for a condition that
one in twenty fits, and costs little where it does not: then the ids that match are looked for.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, BooleanField, DateTimeField, Func, Q, Subquery, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from contacts.access import Actor
from contacts.fields.storage.lookups import Sql
from contacts.fields.types import LARGEST_ID
from contacts.models import Contact
from contacts.query.leading import leading
from contacts.query.ordering import INDEXED, ordering_of
from contacts.query.tree import Query

# The first and the last of all values there can be.
ENDS: Mapping[type, tuple[object, object]] = {
    BigAutoField: (0, LARGEST_ID),
    DateTimeField: (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)),
}
TEXTS = ("", chr(sys.maxunicode))

FIELDS = Contact._meta.concrete_fields

LOOKED_AT = 4
AT_LEAST = 2_000
MOST = 6_000


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


def first_in_order(actor: Actor, query: Query, default: tuple[str, ...]) -> Callable[[], Q] | None:
    """Return what makes the condition of the first contacts, or None where that is no help."""
    reach = AT_LEAST + LOOKED_AT * (query.offset + query.limit)
    if reach > MOST or not query.limit:
        return None
    ordering = ordering_of(actor, query.sort, default)
    if not _is_indexed(ordering[0]):
        return None
    return lambda: _first(ordering, reach, leading(query.condition, ordering))


def _is_indexed(first: object) -> bool:
    return isinstance(first, str) and first.removeprefix("-") in INDEXED


def _first(ordering: Sequence[str | OrderBy], reach: int, of_kind: Q) -> Q:
    ordered = Contact.objects.filter(of_kind).order_by(*ordering)
    columns = list(dict.fromkeys(str(name).removeprefix("-") for name in ordering))
    if len(columns) > 2:
        # What comes in between decides about the place as well.
        return Q(pk__in=ordered.values("pk")[:reach])
    is_down = str(ordering[0]).startswith("-")
    places = [
        # Where there are fewer, all of them are meant.
        Coalesce(Subquery(ordered.values(name)[reach - 1 : reach]), _end(name, is_down=is_down))
        for name in columns
    ]
    return Q(UpTo(*columns, *places, sign=">=" if is_down else "<="))


def _end(column: str, *, is_down: bool) -> Value:
    """Return what comes after all values of a column, or before them."""
    field = next(each for each in FIELDS if column in (each.name, "pk" * each.primary_key))
    first, last = ENDS.get(type(field), TEXTS)
    return Value(first if is_down else last, output_field=field)
