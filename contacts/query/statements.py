"""Statements that lists make again and again: put together by the ORM once, run often.

Putting one together costs the ORM several times what the database needs to answer it. Its text is
kept under all that it depends on: what is asked, who sees what, and the state of the catalogue and
of the tags, by which names become ids.
Ids and values that differ from page to page stand in it as slots that are filled when it runs.
Numbers that do not, as those of who sees a contact, stand in the text itself: there may be a
hundred, and PostgreSQL's driver would write each of them in anew.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from contacts.access.ids import IdSlot, one_parameter
from contacts.access.kept_cursor import kept_cursor
from contacts.fields import reference
from contacts.fields.types import LARGEST_ID
from contacts.query.slots import ValueSlot

KEEP_AT_MOST = 500
# The stamps of the tables in memory that conditions are compiled with.
LOOKED_UP = ("catalogue", "tags")

# A place for a value, or a percent sign.
_MARK = re.compile("%[s%]")

Rows = list[tuple[Any, ...]]
Ids = Mapping[str, Sequence[int] | str]
NO_IDS: Ids = {}
NO_VALUES: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class _Statement:
    """The text for one database, with the way back from its columns to Python values."""

    sql: str
    params: tuple[Any, ...]  # whatever the database's driver takes, and slots
    slots: tuple[tuple[int, IdSlot | ValueSlot], ...]  # with their places among the above
    compiler: SQLCompiler
    converters: dict[int, Any]  # Django's own, without a public name
    is_prepared: bool

    def rows(self, using: str, ids: Ids, values: Mapping[str, object]) -> Rows:
        """Return the rows for these ids and values."""
        connection = connections[using]
        params = list(self.params)
        texts = {name: one_parameter(connection, each) for name, each in ids.items()}
        for place, slot in self.slots:
            held: Mapping[str, object] = texts if isinstance(slot, IdSlot) else values
            params[place] = held[slot.name]
        with kept_cursor(connection) if self.is_prepared else connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        if not self.converters:
            return list(found)
        return list(map(tuple, self.compiler.apply_converters(found, self.converters)))


_kept: dict[Hashable, _Statement | None] = {}


def rows_of(
    key: Hashable,
    build: Callable[[], QuerySet[Any, Any]],
    *,
    using: str,
    ids: Ids = NO_IDS,
    values: Mapping[str, object] = NO_VALUES,
    is_prepared: bool = False,
) -> Rows:
    """Return the rows of the `values_list` that `build` returns; one statement.

    The database may keep one prepared whose best plan does not depend on the ids and values.

    Whatever `build` looks at besides the catalogue and the tags has to be in the key; a key that
    cannot be looked up is not kept.
    """
    whole = (using, *map(reference.version, LOOKED_UP), key)
    try:
        statement = _kept[whole]
    except TypeError:
        statement = _put_together(build(), using, is_prepared=is_prepared)
    except KeyError:
        if len(_kept) >= KEEP_AT_MOST:
            _kept.clear()
        statement = _kept[whole] = _put_together(build(), using, is_prepared=is_prepared)
    return statement.rows(using, ids, values) if statement is not None else []


def _put_together(rows: QuerySet[Any, Any], using: str, *, is_prepared: bool) -> _Statement | None:
    """Return the statement, or None where it could find nothing."""
    compiler = rows.using(using).query.get_compiler(using)
    try:
        sql, params = _with_numbers(*compiler.as_sql())
    except EmptyResultSet:
        return None
    slots = ((n, each) for n, each in enumerate(params) if isinstance(each, IdSlot | ValueSlot))
    columns = [each[0] for each in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    return _Statement(sql, tuple(params), tuple(slots), compiler, converters, is_prepared)


def _with_numbers(sql: str, params: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a statement with its numbers written in, and what else has to be bound."""
    following, bound = iter(params), list[Any]()

    def written(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return mark[0]
        param = next(following)
        # PostgreSQL's driver has kinds of its own, which are numbers too.
        if isinstance(param, int) and type(param) is not bool and abs(param) <= LARGEST_ID:
            number = int(param)
            # A minus sign might meet another one, which begins a comment.
            return str(number) if number >= 0 else f"({number})"
        bound.append(param)
        return mark[0]

    return _MARK.sub(written, sql), tuple(bound)
