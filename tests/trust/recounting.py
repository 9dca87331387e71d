"""What has to be true of a database after whatever was done to it."""

import sqlite3

from tests.serving import Server

CONTACTS = (
    "from contacts.models import Contact; print(Contact.objects.filter({conditions}).count())"
)


def assert_whole(server: Server) -> None:
    """Check the file of the database, and what is derived in it."""
    if server.database_url.startswith("sqlite"):
        connection = sqlite3.connect(server.database_url.removeprefix("sqlite:///"))
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
    server.manage("reindex", "--verify")


def contacts_in(server: Server, conditions: str) -> int:
    """Return how many contacts meet conditions, asked of the database itself."""
    question = CONTACTS.format(conditions=conditions)
    return int(server.manage("shell", "--verbosity=0", "-c", question))
