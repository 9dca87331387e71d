"""A lookup for "the id is one of these thousands", sent as one parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.storage.lookups import Sql


@dataclass(frozen=True, slots=True)
class IdSlot:
    """The place of ids in a statement that is kept; see `statements`."""

    name: str


@dataclass(frozen=True, slots=True)
class ManyIds:
    """Ids as one value: at those of a list Django looks one by one, which takes milliseconds."""

    ids: Sequence[int]


if TYPE_CHECKING:
    IdsLookup = Lookup[Sequence[int] | ManyIds | IdSlot]
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
        return among, (*params, self._ids(connection))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL of PostgreSQL: an array."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*params, self._ids(connection))

    def _ids(self, connection: BaseDatabaseWrapper) -> str:
        if isinstance(self.rhs, IdSlot):
            return cast(str, self.rhs)  # filled before any driver sees it
        return one_parameter(
            connection, self.rhs.ids if isinstance(self.rhs, ManyIds) else self.rhs
        )


def one_parameter(connection: BaseDatabaseWrapper, ids: Sequence[int] | str) -> str:
    """Return the ids as the one text that the lookup compares with; one that is made is that."""
    if isinstance(ids, str):
        return ids
    if connection.vendor == "postgresql":
        return f"{{{','.join(map(str, ids))}}}"
    return f"[{','.join(map(str, ids))}]"


BigAutoField.register_lookup(AmongIds)
ForeignKey.register_lookup(AmongIds)
