"""Conditions that say how they are asked: checked of each row, or of a column that few fit.

Both are told to SQLite, which knows less of its data than PostgreSQL does.
"""

from typing import Any, TypeGuard

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.sql import Query as SqlQuery
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.storage.lookups import Sql
from contacts.models import Contact

NOTHING = Q(pk__in=())


class _Hinted(Func):
    """A condition, written for SQLite so that it says how to ask it."""

    template = "(%(expressions)s)"
    on_sqlite: str
    arity = 1
    output_field = BooleanField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: str
    ) -> Sql:
        """Return the condition as SQLite is told it."""
        sql, params = self.as_sql(compiler, connection, template=self.on_sqlite, **context)
        return sql, tuple(params)


class Checked(_Hinted):
    """A condition that is checked of each row, never a way to find rows.

    Without statistics SQLite takes an index of what half of all contacts share for the best way
    to a page, reads them all and sorts them; no index sees through the plus, so the order leads.
    """

    on_sqlite = "+(%(expressions)s)"


class Denied(Checked):
    """The same where NOT follows: of a column without a value it is not so, and not unknown."""

    template = "((%(expressions)s) IS TRUE)"
    on_sqlite = f"+{template}"


class Few(_Hinted):
    """A comparison of a column that hardly any record fits, and to which its index leads.

    Where nearly all records have nothing in the column, or all the same, SQLite's statistics say
    that each value is that of nearly all: it would read all records for a value that nobody has.
    """

    on_sqlite = "likelihood(%(expressions)s, 0.0001)"


def few_fit(condition: Q) -> Q:
    """Return a condition on a column in which each comparison says that few fit it."""
    if condition.negated or condition.connector != Q.AND:
        return condition
    few = Q()
    for child in condition.children:
        if isinstance(child, tuple):
            few &= Q(Few(Q(child)))
        else:
            few &= few_fit(child) if isinstance(child, Q) else Q(child)
    return few


def denied(condition: Q) -> Q:
    """Return NOT of a condition."""
    return ~_told(whole(condition))


def _told(condition: Q) -> Q:
    """Return a condition that is never unknown: where a column has no value it is not so."""
    children: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            children.append(_told(child))
        elif isinstance(child, Checked):
            children.append(Denied(*child.get_source_expressions()))
        elif isinstance(child, Few):
            children += child.get_source_expressions()
        elif _is_ids(child) and connections[router.db_for_read(Contact)].vendor == "postgresql":
            joined = [Q(_joined(rows)) for rows in _united(child[1])]
            children.append(Q(*joined, _connector=Q.OR))
        else:
            children.append(child)
    return Q.create(children, connector=condition.connector, negated=condition.negated)


def _is_ids(child: object) -> TypeGuard[tuple[str, QuerySet[Any, Any]]]:
    """Tell whether a part of a condition is "the id is among those of some rows"."""
    if not isinstance(child, tuple) or child[0] != "pk__in" or not isinstance(child[1], QuerySet):
        return False
    query = child[1].query
    return all(len(each.values_select) == 1 and not each.is_sliced for each in _queries(query))


def _queries(query: SqlQuery) -> tuple[SqlQuery, ...]:
    return query.combined_queries if query.combinator == "union" else (query,)


def _united(rows: QuerySet[Any, Any]) -> list[QuerySet[Any, Any]]:
    """Return the rows that were united, or these alone."""
    return [QuerySet(rows.model, each, rows.db) for each in _queries(rows.query)]


def _joined(rows: QuerySet[Any, Any]) -> Exists:
    """Return the same so that PostgreSQL joins the rows, which are none where it is denied.

    NOT IN is hashed while it fits into the memory of an operation, and beyond that all rows are
    gone through for each record: with 700,000 rows a page took longer than a statement may.
    """
    owner = rows.query.values_select[0]
    return Exists(rows.filter(**{owner: OuterRef("pk")}))


def whole(condition: Q) -> Q:
    """Return a condition that stays itself under OR and NOT: an empty Q would vanish."""
    return condition if condition else ~NOTHING
