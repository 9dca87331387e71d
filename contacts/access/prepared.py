"""Statements that every request makes: put together by the ORM once, run often.

Putting one together costs the ORM several times what the database needs to answer it. Here its
text is kept per database; a run only binds values and builds the record. Where the row is the one
that came the last time, the record is copied instead of built; what is annotated may differ, since
versions of the data move with every change of anything. Where the database can tell that nothing
has changed since, the row is not asked for.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from contacts.access.kept_cursor import kept_cursor
from contacts.access.unmoved import State, state_of

Record = TypeVar("Record", bound=Model)

KEEP_AT_MOST = 500
# Stands for a number in a statement: no record has it.
A_NUMBER = -4_611_686_018_427_387_001
# No database has a record with a larger number.
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Statement(Generic[Record]):
    """The text for one database, with the way back from its columns to a record."""

    sql: str
    params: Sequence[Any]  # whatever the database's driver takes
    compiler: SQLCompiler
    converters: dict[int, Any]  # Django's own, without a public name
    window: slice
    names: list[str]
    populators: list[Any]  # Django's own, without a public name
    annotations: dict[str, int]

    def says_the_same(self, row: tuple[object, ...], other: tuple[object, ...]) -> bool:
        """Tell whether two rows differ in nothing but what is annotated."""
        if not self.annotations:
            return row == other
        # They stand side by side, before the columns of related records.
        first, after = min(self.annotations.values()), max(self.annotations.values()) + 1
        return row[:first] == other[:first] and row[after:] == other[after:]

    def annotate(self, record: Record, values: Sequence[object]) -> None:
        """Attach what is annotated."""
        for name, place in self.annotations.items():
            setattr(record, name, values[place])

    def record(self, model: type[Record], row: tuple[object, ...], using: str) -> Record:
        """Return the record of a row, with its related ones and annotations attached."""
        (values,) = self.compiler.apply_converters([row], self.converters)
        record = model.from_db(using, self.names, values[self.window])
        for populator in self.populators:
            populator.populate(values, record)
        self.annotate(record, values)
        return record


class _Original(Generic[Record]):
    """A record that nobody else holds, for copies that know nothing of each other.

    Values are shared but for those that can be changed in place, which JSON columns have.
    """

    __slots__ = ("loose", "record", "related")

    def __init__(self, record: Record) -> None:
        self.record = record
        held = record.__dict__
        self.loose = {name: each for name, each in held.items() if isinstance(each, dict | list)}
        self.related = {
            name: _Original(each)
            for name, each in record._state.fields_cache.items()
            if isinstance(each, Model)
        }

    def copied(self) -> Record:
        """Return a copy, with copies of the related records."""
        copy = type(self.record).__new__(type(self.record))
        held = copy.__dict__
        held.update(self.record.__dict__)
        for name, value in self.loose.items():
            held[name] = deepcopy(value)
        held["_state"] = state = ModelState()
        known = self.record._state
        state.db, state.adding = known.db, known.adding
        related = {name: each.copied() for name, each in self.related.items()}
        state.fields_cache = {**known.fields_cache, **related}
        return copy


@dataclass(frozen=True, slots=True)
class _Found(Generic[Record]):
    """A row, the record that it is, and the state in which the database had it."""

    state: State | None
    row: tuple[object, ...]
    original: _Original[Record]


class PreparedRow(Generic[Record]):
    """A statement for the one record that fits some texts.

    ``build`` gets a placeholder for each text and returns the queryset that compares with it; the
    placeholders must reach the database as they are.
    """

    def __init__(
        self, model: type[Record], build: Callable[[Sequence[str]], QuerySet[Record]]
    ) -> None:
        self.model = model
        self.build = build
        self.statements: dict[tuple[str, int], _Statement[Record]] = {}
        # What was found for the same texts the last time.
        self.found: dict[tuple[str, ...], _Found[Record]] = {}

    def find(self, texts: Sequence[str]) -> Record | None:
        """Return the record, or None; one statement, or none where nothing can have changed."""
        using = router.db_for_read(self.model)
        statement = self.statements.get((using, len(texts)))
        if statement is None:
            statement = self._put_together(using, len(texts))
            self.statements[using, len(texts)] = statement
        # Before the row is read: whoever writes meanwhile makes the next one ask.
        state, known = state_of(connections[using]), self.found.get((using, *texts))
        if known is None or state is None or known.state != state:
            row = self._row(using, statement, texts)
            if row is None:
                return None
            known = self._keep((using, *texts), self._found(using, statement, row, state, known))
        record = known.original.copied()
        # Numbers and texts, which no database has to be asked the meaning of.
        statement.annotate(record, known.row)
        return record

    def _row(
        self, using: str, statement: _Statement[Record], texts: Sequence[str]
    ) -> tuple[object, ...] | None:
        bound: dict[Any, str] = dict(zip(_placeholders(len(texts)), texts, strict=True))
        params = [bound.get(param, param) for param in statement.params]
        with kept_cursor(connections[using]) as cursor:
            cursor.execute(statement.sql, params)
            row: tuple[object, ...] | None = cursor.fetchone()
        return row

    def _found(
        self,
        using: str,
        statement: _Statement[Record],
        row: tuple[object, ...],
        state: State | None,
        known: _Found[Record] | None,
    ) -> _Found[Record]:
        if known is not None and statement.says_the_same(known.row, row):
            return _Found(state, row, known.original)
        return _Found(state, row, _Original(statement.record(self.model, row, using)))

    def _keep(self, question: tuple[str, ...], found: _Found[Record]) -> _Found[Record]:
        if len(self.found) >= KEEP_AT_MOST:
            self.found.clear()
        # Whole, for other threads may be at it.
        self.found[question] = found
        return found

    def _put_together(self, using: str, count: int) -> _Statement[Record]:
        return _statement_of(self.build(_placeholders(count)).using(using)[:1], using)


class PreparedRows(Generic[Record]):
    """A statement for all records that fit one number, such as those of one contact.

    ``build`` gets a placeholder for the number and returns the queryset that compares with it.
    """

    def __init__(self, model: type[Record], build: Callable[[int], QuerySet[Record]]) -> None:
        self.model = model
        self.build = build
        self.statements: dict[str, _Statement[Record]] = {}

    def find_all(self, number: int) -> list[Record]:
        """Return the records in their order; one statement."""
        if abs(number) > LARGEST_NUMBER:
            return []
        # What is read in a change is read where it is made.
        using = router.db_for_write(self.model)
        statement = self.statements.get(using)
        if statement is None:
            statement = _statement_of(self.build(A_NUMBER).using(using), using)
            self.statements[using] = statement
        params = [number if param == A_NUMBER else param for param in statement.params]
        with kept_cursor(connections[using]) as cursor:
            cursor.execute(statement.sql, params)
            rows = cursor.fetchall()
        return [statement.record(self.model, row, using) for row in rows]


def _statement_of(rows: QuerySet[Record], using: str) -> _Statement[Record]:
    compiler = rows.query.get_compiler(using)
    sql, params = compiler.as_sql()
    info: dict[str, Any] = dict(compiler.klass_info or {})
    select = compiler.select or []
    columns = info["select_fields"]
    window = slice(columns[0], columns[-1] + 1)
    names = [expression.target.attname for expression, _sql, _alias in select[window]]
    # The stubs describe a newer Django.
    populators = get_related_populators(info, select, using)  # type: ignore[call-arg]  # as above
    converters = compiler.get_converters([each[0] for each in select])
    annotations = dict(compiler.annotation_col_map or {})
    return _Statement(sql, params, compiler, converters, window, names, populators, annotations)


def _placeholders(count: int) -> list[str]:
    return [f"\x00text {number}" for number in range(count)]
