"""Let no statement of a web request run for ever.

Only servers call this: a migration or an import may take longer than any request should.
"""

from __future__ import annotations

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def limit_statements() -> None:
    """Tell every new PostgreSQL connection of this process the longest time of a statement."""
    connection_created.connect(_limit, dispatch_uid="crm.statement_timeout")


def _limit(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Set the limit; SQLite knows none."""
    if connection.vendor == "postgresql":
        milliseconds = str(settings.STATEMENT_TIMEOUT * 1000)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [milliseconds])
