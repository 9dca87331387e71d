"""What a request costs, told by how often it asks the database."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRIES = 40 if connection.vendor == "postgresql" else 1


def statements_of(ask: Callable[[], object]) -> list[str]:
    """Return the statements of a request once the process knows what it needs.

    A total is known until anything changes, and PostgreSQL tells that for all databases of a
    cluster at once: a test beside this one can make it forgotten. The fewest of some tries count.
    """
    ask()
    found: list[list[str]] = []
    for _ in range(TRIES):
        with CaptureQueriesContext(connection) as captured:
            ask()
        found.append([each["sql"] for each in captured])
    return min(found, key=len)
