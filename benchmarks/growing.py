# ruff: noqa: ANN401 -- models are there after the set-up only
"""Make a database of many contacts from one of fewer, by copying every contact inside the database.

Loading a million one by one takes an hour on a small machine. The copies have
the names, tags, projects and values of their originals and ids of their own; history, notes, deals
and activities are not copied. Everything that a list, a filter, a search or a count reads grows.
"""

import argparse
import sys
from typing import Any

import django

# Whatever is lost when this is broken off is made again.
FAST = {
    "sqlite": (
        "PRAGMA foreign_keys=OFF",
        "PRAGMA journal_mode=OFF",
        "PRAGMA synchronous=OFF",
        "PRAGMA temp_store=FILE",
        "PRAGMA cache_size=-500000",
    ),
    "postgresql": (
        "SET session_replication_role=replica",
        "SET maintenance_work_mem='512MB'",
        "SET synchronous_commit=off",
    ),
}


def grow(times: int) -> None:
    """Copy every contact so often that there are so many times as many."""
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    with connection.cursor() as cursor:
        for statement in FAST[connection.vendor]:
            cursor.execute(statement)
        step = _highest(cursor, "contacts_contact")
        models = _copied_models()
        # Made anew after the rows, which is much faster than keeping them.
        dropped = [sql for model in models for sql in _without_indexes(connection, cursor, model)]
        for model in models:
            print(f"  copying {model._meta.db_table}", file=sys.stderr)
            pace = 0 if model._meta.pk.is_relation else _highest(cursor, model._meta.db_table)
            for number in range(1, times):
                cursor.execute(_copy(connection.vendor, model, step * number, pace * number, step))
        for sql in dropped:
            cursor.execute(sql)
        _settle(connection, cursor, models)


def _highest(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 -- ours
    return int(cursor.fetchone()[0] or 0)


def _copied_models() -> list[Any]:
    from contacts import models  # noqa: PLC0415 -- after the set-up

    hanging = (
        "EmailAddress Phone PostalAddress Website Messenger CustomValue ContactFact Membership"
        " ContactTag ContactProject ContactAccess ContactKey ContactText ContactDocument"
    )
    return [models.Contact, *(getattr(models, name) for name in hanging.split())]


def _without_indexes(connection: Any, cursor: Any, model: Any) -> list[str]:
    """Drop the indexes and triggers of a table; returns the statements that bring them back."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)",
            [table, table],
        )
        found = [(name, sql, "INDEX") for name, sql in cursor.fetchall()]
    else:
        cursor.execute(
            "SELECT name, sql, upper(type) FROM sqlite_master WHERE tbl_name = %s AND sql NOT NULL"
            " AND type IN ('index', 'trigger')",
            [table],
        )
        found = cursor.fetchall()
    for name, _sql, kind in found:
        cursor.execute(f'DROP {kind} "{name}"')
    return [sql for _name, sql, _kind in found]


def _copy(vendor: str, model: Any, shift: int, pace: int, step: int) -> str:
    """Return the statement that copies the originals once, to other ids."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(place(vendor, field, shift, pace) for field in fields)
    owner = "id" if table == "contacts_contact" else "contact_id"
    return f"INSERT INTO {table} ({columns}) SELECT {places} FROM {table} WHERE {owner} <= {step}"  # noqa: S608 -- ours


def place(vendor: str, field: Any, shift: int, pace: int) -> str:
    """Return what stands in a column of a copy."""
    column = f'"{field.column}"'
    if field.column == "external_identifier":
        return "NULL"
    if field.is_relation and field.related_model._meta.db_table == "contacts_contact":
        return f"{column} + {shift}"
    if field.primary_key:
        return f"{column} + {pace}"
    if field.column == "body":
        written = f"json_set({column}, '$.id', contact_id + {shift})"
        rewritten = f"jsonb_set({column}::jsonb, '{{id}}', to_jsonb(contact_id + {shift}))::text"
        return written if vendor == "sqlite" else rewritten
    return column


def _settle(connection: Any, cursor: Any, models: list[Any]) -> None:
    """Bring the index of the search text, the numbers that come next, and totals up to date."""
    from django.core.management.color import no_style  # noqa: PLC0415 -- after the set-up

    from contacts.index.circles import mend  # noqa: PLC0415 -- the same

    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608 -- ours
    counting = [model for model in models if model._meta.pk.get_internal_type() == "BigAutoField"]
    for sql in connection.ops.sequence_reset_sql(no_style(), counting):
        cursor.execute(sql)
    mend()


def main() -> int:
    """Grow the database of this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, required=True)
    grow(parser.parse_args().times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
