"""A cursor for statements that come again and again with other values."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


def kept_cursor(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """Return a cursor that has the database keep the statement prepared, where it can.

    For statements whose best plan does not depend on the values: one may serve all of them.
    """
    cursor: CursorWrapper = getattr(connection, "prepared_cursor", connection.cursor)()
    return cursor
