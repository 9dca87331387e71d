"""A lookup for "the id is one of these thousands", sent as one parameter."""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler


class AmongIds(Lookup):
    """`column` is one of the ids, whatever their number."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(
        self, value: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:  # as Django declares it
        """Return the placeholder with the one parameter."""
        return "%s", [list(value)]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:  # as Django declares it
        """Return the SQL of SQLite: a JSON array taken apart."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:  # as Django declares it
        """Return the SQL of PostgreSQL: an array."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, list(self.rhs)]


BigAutoField.register_lookup(AmongIds)
ForeignKey.register_lookup(AmongIds)
