"""The primary key of a table of which each contact has one row: the number of the contact."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class SharedKey(models.OneToOneField[Any, Any]):
    """A link to a contact by which its row lies where SQLite looks for a number at once.

    SQLite takes a primary key for the number of the row only if its type is `integer`. Any other
    has an index beside the table, and to read one row means to go down two trees.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
