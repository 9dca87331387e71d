"""Tell whether a database is as it was, where that costs less than to read one row.

SQLite numbers what other connections have committed, and each connection counts what it has changed
itself: while both stay, so does every row.
"""

from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper


class State(NamedTuple):
    """What is equal only while nothing in a database changes."""

    connection: object  # the driver's own: another one counts from its own beginning
    others: int
    own: int


def state_of(connection: BaseDatabaseWrapper) -> State | None:
    """Return the state of a database; None where it is not told.

    Within a transaction it is not: what that has changed may be taken back, and the count stays.
    """
    if connection.vendor != "sqlite":
        return None
    connection.ensure_connection()
    driver = connection.connection
    if driver.in_transaction:
        return None
    # Past Django's cursor, which takes as long as SQLite to read the row.
    with connection.wrap_database_errors:
        ((others,),) = driver.execute("PRAGMA data_version")
    return State(driver, others, driver.total_changes)
