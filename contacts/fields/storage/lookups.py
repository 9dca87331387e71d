"""What the ORM lacks: LIKE with the client's wildcards, and folding inside the database.

Folding in the database serves long texts of small tables; everything large has stored keys.
"""

from collections.abc import Mapping
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, DateTimeField, Exists, Func, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.text import fold, folding_tables

if TYPE_CHECKING:
    TextLookup = Lookup[str]
else:
    TextLookup = Lookup

Sql = tuple[str, tuple[str | int, ...]]


def escaped(text: str) -> str:
    """Return a LIKE pattern that matches exactly this text."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def glob_of(pattern: str) -> str:
    """Return the GLOB pattern of SQLite that matches what a LIKE pattern matches."""
    written, chars = [], iter(pattern)
    for char in chars:
        if char == "\\":
            written.append(_bracketed(next(chars, "\\")))
        else:
            written.append({"%": "*", "_": "?"}.get(char) or _bracketed(char))
    return "".join(written)


def _bracketed(char: str) -> str:
    return f"[{char}]" if char in "*?[" else char


class Like(TextLookup):
    """`column LIKE pattern`, where % and _ are wildcards and a backslash makes them plain.

    Case matters on both databases: SQLite's own LIKE takes "A" for "a", its GLOB does not.
    """

    lookup_name = "like"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL with its parameters."""
        left, params = self.process_lhs(compiler, connection)
        if connection.vendor == "sqlite":
            return f"{left} GLOB %s", (*params, glob_of(self.rhs))
        # Its escape is the backslash anyhow; saying so would hide the pattern from the planner.
        return f"{left} LIKE %s", (*params, self._complete(self.rhs))

    def _complete(self, pattern: str) -> str:
        """Return the pattern with a last backslash meaning itself; PostgreSQL refuses it alone."""
        count = len(pattern) - len(pattern.rstrip("\\"))
        return pattern + "\\" if count % 2 else pattern


class LikeWord(Like):
    """The same of a key; of a code and a pattern, where few texts are those of very many contacts.

    Each of the texts is found by one look at the index of the keys.
    """

    lookup_name = "like_word"
    EACH = (
        "WITH RECURSIVE word(said) AS ("
        "SELECT min(text) FROM contacts_contactkey WHERE code = %s UNION ALL"
        " SELECT (SELECT min(k.text) FROM contacts_contactkey k WHERE k.code = %s"
        " AND k.text > word.said) FROM word WHERE word.said IS NOT NULL)"
    )

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL with its parameters."""
        left, params = self.process_lhs(compiler, connection)
        code, pattern = self.rhs
        if connection.vendor == "sqlite":
            fits, pattern = "GLOB", glob_of(pattern)
        else:
            fits, pattern = "LIKE", self._complete(pattern)
        among = f"{self.EACH} SELECT said FROM word WHERE said {fits} %s"  # noqa: S608 -- ours
        return f"{left} IN ({among})", (*params, code, code, pattern)


CharField.register_lookup(Like)
CharField.register_lookup(LikeWord)
TextField.register_lookup(Like)


class PerRow(Exists):
    """EXISTS that PostgreSQL checks row by row.

    Without OFFSET 0 it turns a membership test into a hash of the whole access table: 299 ms
    instead of 0.8 ms for a page at a million contacts.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


class Compared(Func):
    """A column that is compared, never looked up.

    Of one contact SQLite would look up each of dozens of principals in the index instead of reading
    the one or two rows that there are: a walk took two to three times as long.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: str
    ) -> Sql:
        """Return the column behind a plus, which no index of SQLite sees through."""
        sql, params = self.as_sql(compiler, connection, template="+%(expressions)s", **context)
        return sql, tuple(params)


class Folded(Func):
    """A text column folded as `contacts.fields.text.fold` does."""

    function = "ROSETTA_FOLD"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the same without a function of our own: `fold` step by step.

        Not by `lower`, which depends on the locale that the database was made with. Through the
        table of a script a text goes only if it has a letter of it: letter by letter that of all
        scripts takes a third of a millisecond for a short text, to look for one a hundredth.
        """
        (column,) = self.get_source_expressions()
        inner, params = compiler.compile(column)
        bare, bare_params = _bare()
        either = (
            f"CASE WHEN octet_length(v) = char_length(v) THEN {_spaced(_small('v'))}"
            f" ELSE {bare} END"
        )
        # The text may be what a question finds; it is asked once.
        sql = f'(SELECT {either} FROM (SELECT {inner} AS v OFFSET 0) given) COLLATE "C"'  # noqa: S608 -- ours
        return f"({sql})", (_BLANKS, *bare_params, *params)


_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Letters up to here are those of Europe's languages.
LAST_OF_EUROPE = "\u052f"


@cache
def _bare() -> tuple[str, tuple[str, ...]]:
    """Return what folds a text `v` that is not of ASCII alone, with its parameters.

    Each step is taken where there is something to do. What a step makes of a letter is nothing
    that another one changes.
    """
    listed, changed, longer = folding_tables()
    pairs = [each for each in zip_longest(listed, changed, fillvalue="") if not each[0].isascii()]
    marks = "".join(char for char, to in pairs if not to)
    sql = f"SELECT {_small('normalize(v, NFKD)')} AS v"
    params: tuple[str, ...] = ()
    steps: list[tuple[str, str, tuple[str, ...]]] = [
        (marks, "regexp_replace(v, %s, '', 'g')", (_one_of(marks),)),
    ]
    for is_european in (True, False):
        script = [each for each in pairs if each[1] and (each[0] <= LAST_OF_EUROPE) is is_european]
        given, folded = ("".join(chars) for chars in zip(*script, strict=True))
        steps.append((given, "translate(v, %s, %s)", (given, folded)))
    steps += [(char, "replace(v, %s, %s)", (char, to)) for char, to in longer]
    for chars, done, values in steps:
        step = f"CASE WHEN v ~ %s THEN {done} ELSE v END"
        sql = f"SELECT {step} AS v FROM ({sql} OFFSET 0) given"  # noqa: S608 -- ours
        params = (_one_of(chars), *values, *params)
    whole = _spaced("normalize(v, NFKC)")
    return f"(SELECT {whole} FROM ({sql} OFFSET 0) given)", (_BLANKS, *params)  # noqa: S608 -- ours


def _one_of(chars: str) -> str:
    """Return the pattern of one of these characters, in few ranges."""
    codes = sorted(map(ord, chars))
    firsts = [code for code in codes if code - 1 not in codes]
    lasts = [code for code in codes if code + 1 not in codes]
    ranges = (f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))
    return f"[{''.join(ranges)}]"


def _small(text: str) -> str:
    return f"translate({text}, '{_CAPITALS}', '{_CAPITALS.lower()}')"


def _spaced(text: str) -> str:
    """Return the text with single blanks; the pattern of blanks is a parameter."""
    return f"btrim(regexp_replace({text}, %s, ' ', 'g'))"


# What `\s` of Python means besides what decomposition has made a plain blank already.
_BLANKS = "[ \t-\r\x1c-\x1f\x85\u1680\u2028\u2029]+"


class Written(Func):
    """A moment in UTC as text: its day "2026-11-21", its time "22:41:30", or both with a blank."""

    arity = 1
    output_field = TextField()

    # Where the text of SQLite is, and the pattern of PostgreSQL.
    SHAPES: ClassVar[Mapping[str, tuple[str, str]]] = {
        "day": ("1, 10", "YYYY-MM-DD"),
        "time": ("12, 8", "HH24:MI:SS"),
        "moment": ("1, 19", "YYYY-MM-DD HH24:MI:SS"),
    }

    def __init__(self, column: str, *, shape: str) -> None:
        super().__init__(column)
        self.shape = shape

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: str
    ) -> Sql:
        """Return the SQL of SQLite, which keeps them as such text already."""
        inner, params = compiler.compile(self.get_source_expressions()[0])
        return f"substr({inner}, {self.SHAPES[self.shape][0]})", tuple(params)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL of PostgreSQL."""
        (column,) = self.get_source_expressions()
        inner, params = compiler.compile(column)
        if isinstance(column.output_field, DateTimeField):
            inner = f"{inner} AT TIME ZONE 'UTC'"
        return f"to_char({inner}, '{self.SHAPES[self.shape][1]}')", tuple(params)


def teach_sqlite_to_fold(connection: BaseDatabaseWrapper) -> None:
    """Give a new SQLite connection the function that `Folded` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "ROSETTA_FOLD", 1, lambda text: fold(text) if text else "", deterministic=True
        )
