"""The place of a value in a statement that is kept, or the value itself in one that is not."""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.storage.lookups import Sql


@dataclass(frozen=True, slots=True)
class ValueSlot:
    """The place of a value of which the database's driver is told when the statement runs."""

    name: str


class Given(Expression):
    """A parameter as it is: nothing is made of it for the database."""

    def __init__(self, parameter: object, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.parameter = parameter

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the mark of a parameter with it."""
        return "%s", (self.parameter,)  # type: ignore[return-value]  # filled before it runs
