"""The least that taking rows in can cost PostgreSQL: COPY of ready-made ones without documents.

They go into the same tables, under the same indexes and constraints, and all that the import has
written is among them but the documents: the history as well, which no import may leave out.
"""

from typing import Any

from benchmarks.clock import Taken, timed
from benchmarks.growing import place

TABLES = (
    "Contact EmailAddress Phone ContactTag ContactProject CustomValue ContactAccess ContactKey"
    " ContactText Change"
)


def copied(after: int) -> tuple[int, Taken]:
    """Copy the contacts with ids above this one, and all of theirs; none where there is no COPY."""
    from django.db import connection, transaction  # noqa: PLC0415 -- after the set-up

    from contacts import models  # noqa: PLC0415 -- the same

    if connection.vendor != "postgresql":
        return 0, Taken()
    ready = [_ready(connection, getattr(models, name), after) for name in TABLES.split()]
    rows = models.Contact.objects.filter(pk__gt=after).count()
    with transaction.atomic(), connection.cursor() as cursor:
        with timed() as took:
            for words, body in ready:
                with cursor.copy(words) as copy:
                    copy.write(body)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # They were here to be timed only.
        transaction.set_rollback(True)
    return rows, took


def _ready(connection: Any, model: Any, after: int) -> tuple[str, bytes]:  # noqa: ANN401 -- Django's
    """Return the statement that takes a table's rows in, and the rows under ids of their own."""
    fields, table = model._meta.concrete_fields, model._meta.db_table
    shift, pace = (_span(connection, name) for name in ("contacts_contact", table))
    places = ", ".join(place("postgresql", field, shift, pace) for field in fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    owner = "id" if table == "contacts_contact" else "contact_id"
    rows = f"SELECT {places} FROM {table} WHERE {owner} > {after}"  # noqa: S608 -- ours
    with connection.cursor() as cursor, cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
        body = b"".join(bytes(piece) for piece in copy)
    return f"COPY {table} ({columns}) FROM STDIN", body


def _span(connection: Any, table: str) -> int:  # noqa: ANN401 -- Django's
    """Return a number that, added to an id of a table, gives a free one; 0 without ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.columns"
            " WHERE table_name = %s AND column_name = 'id'",
            [table],
        )
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 -- ours
        return int(cursor.fetchone()[0] or 0)
