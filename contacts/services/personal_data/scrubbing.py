"""Clean what a database keeps of rows that were deleted: a job, and a step of the command."""

import time

from django.db import connection

SCRUB = "scrub"
TRIES = 20
PAUSE_IN_SECONDS = 0.25


def scrub() -> None:
    """Overwrite what is left of deleted rows in the files of the database.

    On SQLite nothing stays: the indexes of texts are merged, the file written anew, its log
    emptied; others wait meanwhile. PostgreSQL gives the room of the rows back; what its log and
    copies keep is beyond its reach. Not to be called in a transaction.
    """
    if connection.vendor == "sqlite":
        _scrub_sqlite()
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def _scrub_sqlite() -> None:
    with connection.cursor() as cursor:
        for words in ("contacts_search", "contacts_beside"):
            cursor.execute(f"INSERT INTO {words}({words}) VALUES('optimize')")
        # The new file is written beside the old one: for a large one memory would not do.
        cursor.execute("PRAGMA temp_store=FILE")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA temp_store=MEMORY")
        for _attempt in range(TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
            if not busy:
                return
            time.sleep(PAUSE_IN_SECONDS)
    raise TimeoutError("Somebody reads an old state of the database; its log is still there.")
