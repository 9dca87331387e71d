"""Give new rows their ids before they are stored, so that documents can name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model


@dataclass(slots=True)
class Reserved:
    """Ids for rows that are stored piece by piece: those of later pieces are asked for beforehand.

    `times` says how many times as many there will be with the pieces that follow. SQLite knows
    only of ids that were stored: meanwhile nobody else may give ids of these tables.
    """

    times: float = 1
    left: dict[type[Model], Sequence[int]] = field(default_factory=dict)

    def take(self, counts: Mapping[type[Model], int]) -> dict[type[Model], Sequence[int]]:
        """Return so many new ids for each table, in ascending order."""
        short = {model: n for model, n in counts.items() if n > len(self.left.get(model, ()))}
        if short:
            # What is left of these is not used: ids ascend.
            wanted = {model: ceil(count * self.times) for model, count in short.items()}
            self.left |= reserve_all(wanted)
        taken = {}
        for model, count in counts.items():
            ids = self.left.get(model, ())
            taken[model], self.left[model] = ids[:count], ids[count:]
        return taken


def reserve(model: type[Model], count: int) -> Sequence[int]:
    """Return ids in ascending order that nobody else is or was given."""
    return reserve_all({model: count})[model]


def reserve_all(counts: Mapping[type[Model], int]) -> dict[type[Model], Sequence[int]]:
    """Return so many new ids for each table, in ascending order; one statement."""
    asked = {model._meta.db_table: count for model, count in counts.items() if count}
    connection = connections[DEFAULT_DB_ALIAS]
    named = _from_sequences if connection.vendor == "postgresql" else _after_the_last
    found = named(connection, asked) if asked else {}
    return {model: found.get(model._meta.db_table, ()) for model in counts}


def _from_sequences(
    connection: BaseDatabaseWrapper, asked: Mapping[str, int]
) -> dict[str, Sequence[int]]:
    # One by one: whoever saves a contact meanwhile gets a number in between. The name of a sequence
    # is looked up once a table (OFFSET keeps it apart), and the numbers come as one text.
    each = (
        "SELECT %s, string_agg(nextval(name)::text, ',') FROM (SELECT pg_get_serial_sequence("
        "%s, 'id')::regclass AS name OFFSET 0) AS sequence, generate_series(1, %s)"
        for _table in asked
    )
    words = [word for table, count in asked.items() for word in (table, table, count)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), words)
        return {table: sorted(map(int, numbers.split(","))) for table, numbers in cursor.fetchall()}


def _after_the_last(
    connection: BaseDatabaseWrapper, asked: Mapping[str, int]
) -> dict[str, Sequence[int]]:
    # The transaction holds SQLite's one write lock. The sequence remembers ids of rows that
    # are gone: their history must not become that of somebody else.
    places = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({places})",  # noqa: S608 -- marks
            list(asked),
        )
        used = dict(cursor.fetchall())
    following = {table: int(used.get(table) or 0) + 1 for table in asked}
    return {table: range(first, first + asked[table]) for table, first in following.items()}
