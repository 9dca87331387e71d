"""Two things that the ORM lacks: a plain LIKE, and folding inside the database.

Folding in the database serves long texts of small tables; everything large has stored keys.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.text import fold


class Like(Lookup):
    """`column LIKE pattern`, where % and _ are the client's wildcards."""

    lookup_name = "like"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:  # parameters of any type, as Django declares them
        """Return the SQL with its parameters."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return rf"{left} LIKE {right} ESCAPE '\'", [*left_params, *right_params]


CharField.register_lookup(Like)
TextField.register_lookup(Like)


class Folded(Func):
    """A text column folded as `contacts.fields.text.fold` does."""

    function = "ROSETTA_FOLD"
    arity = 1
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:  # parameters as Django declares them
        """Return the nearest that PostgreSQL offers without extensions."""
        return super().as_sql(
            compiler,
            connection,
            template=(
                "lower(regexp_replace(normalize(%(expressions)s, NFKD),"
                " '[\u0300-\u036f]', '', 'g'))"
            ),
        )


def teach_sqlite_to_fold(connection: BaseDatabaseWrapper) -> None:
    """Give a new SQLite connection the function that `Folded` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "ROSETTA_FOLD", 1, lambda text: fold(text) if text else "", deterministic=True
        )
