"""What follows from two moments of a record: how long it lasts, and the time of day of either."""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, ExpressionWrapper, F, Func, IntegerField, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Greatest
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.field import Comparison, Field, SortedBy
from contacts.fields.storage.comparisons import parts_of
from contacts.fields.storage.lookups import Sql, Written

MINUTES = 60


class MinutesBetween(Func):
    """The whole minutes from the second of two moments to the first."""

    arity = 2
    output_field = BigIntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: str
    ) -> Sql:
        """Return the SQL of SQLite, for which Django counts microseconds."""
        (later, first), (earlier, second) = map(compiler.compile, self.get_source_expressions())
        sql = f"(django_timestamp_diff({later}, {earlier}) / 60000000)"
        return sql, (*first, *second)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL of PostgreSQL."""
        (later, first), (earlier, second) = map(compiler.compile, self.get_source_expressions())
        sql = f"floor(extract(epoch from ({later} - {earlier})) / 60)::bigint"
        return sql, (*first, *second)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The whole hours that something lasts, or the minutes beyond them.

    What is stored counts, else the time from its start to its end; with neither it is 0.
    """

    stored: str
    start: str
    end: str
    is_hours: bool

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the condition on the number."""
        condition = Q()
        for part in parts_of(comparison, lambda value: value):
            condition &= part.on_expression(self._number())
        return condition

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return everything: there is always a number."""
        return Q()

    def sort(self, field: Field) -> SortedBy:
        """Return the number."""
        return self._number()

    def _number(self) -> "ExpressionWrapper[CombinedExpression]":
        counted = Greatest(MinutesBetween(F(self.end), F(self.start)), Value(0))
        minutes = Coalesce(F(self.stored), counted, Value(0), output_field=BigIntegerField())
        part = minutes / MINUTES if self.is_hours else minutes % MINUTES
        return ExpressionWrapper(part, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """The time of a moment in UTC, as "22:41:30"."""

    name: str

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return the condition on the text."""
        condition = Q()
        for part in parts_of(comparison, str):
            condition &= part.on_expression(self._written())
        return condition

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "there is a moment"."""
        return Q(**{f"{self.name}__isnull": False})

    def sort(self, field: Field) -> SortedBy:
        """Return the text."""
        return self._written()

    def _written(self) -> Written:
        return Written(self.name, shape="time")
