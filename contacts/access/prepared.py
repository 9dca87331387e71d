"""Statements that every request makes: put together by the ORM once, run often.

Putting one together costs the ORM several times what the database needs to answer it. Here its
text is kept per database; a run only binds values and builds the record. Where the row is the one
that came the last time, the record is copied instead of built; what is annotated may differ, since
versions of the data move with every change of anything.
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
        # What was found for the same texts the last time: the row, and a record nobody else holds.
        self.found: dict[tuple[str, ...], tuple[tuple[object, ...], Record]] = {}

    def find(self, texts: Sequence[str]) -> Record | None:
        """Return the record, or None; one statement."""
        using = router.db_for_read(self.model)
        statement = self.statements.get((using, len(texts)))
        if statement is None:
            statement = self._put_together(using, len(texts))
            self.statements[using, len(texts)] = statement
        bound: dict[Any, str] = dict(zip(_placeholders(len(texts)), texts, strict=True))
        params = [bound.get(param, param) for param in statement.params]
        with connections[using].cursor() as cursor:
            cursor.execute(statement.sql, params)
            row = cursor.fetchone()
        return None if row is None else self._record((using, *texts), statement, row)

    def _record(
        self, question: tuple[str, ...], statement: _Statement[Record], row: tuple[object, ...]
    ) -> Record:
        known = self.found.get(question)
        if known is not None and statement.says_the_same(known[0], row):
            twin = _twin(known[1])
            # Numbers and texts, which no database has to be asked the meaning of.
            statement.annotate(twin, row)
            return twin
        record = statement.record(self.model, row, question[0])
        if len(self.found) >= KEEP_AT_MOST:
            self.found.clear()
        self.found[question] = row, _twin(record)
        return record

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
        with connections[using].cursor() as cursor:
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


def _twin(record: Record) -> Record:
    """Return a copy, with copies of the related records: neither knows what happens to the other.

    Values are shared but for those that can be changed in place, which JSON columns have.
    """
    twin = type(record).__new__(type(record))
    twin.__dict__.update(record.__dict__)
    for name, value in record.__dict__.items():
        if isinstance(value, dict | list):
            twin.__dict__[name] = deepcopy(value)
    state, known = ModelState(), record._state
    state.db, state.adding = known.db, known.adding
    state.fields_cache = {
        name: _twin(each) if isinstance(each, Model) else each
        for name, each in known.fields_cache.items()
    }
    twin._state = state
    return twin


def _placeholders(count: int) -> list[str]:
    return [f"\x00text {number}" for number in range(count)]
