"""A lookup for "the id is one of these thousands", sent as one parameter."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.storage.lookups import Sql

if TYPE_CHECKING:
    IdsLookup = Lookup[Sequence[int]]
else:
    IdsLookup = Lookup


class AmongIds(IdsLookup):
    """`column` is one of the ids, whatever their number."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL of SQLite: a JSON array taken apart."""
        left, params = self.process_lhs(compiler, connection)
        among = f"{left} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # a column's name
        return among, (*params, json.dumps(list(self.rhs)))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL of PostgreSQL: an array."""
        left, params = self.process_lhs(compiler, connection)
        ids = ",".join(map(str, self.rhs))
        return f"{left} = ANY(%s::bigint[])", (*params, f"{{{ids}}}")


BigAutoField.register_lookup(AmongIds)
ForeignKey.register_lookup(AmongIds)
