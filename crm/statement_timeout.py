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
    """Set the limit; SQLite knows none.

    Statements are not compiled either: for those that look at all contacts PostgreSQL took 1,150
    of 1,318 ms to do so.
    """
    if connection.vendor == "postgresql":
        settled = {"statement_timeout": str(settings.STATEMENT_TIMEOUT * 1000), "jit": "off"}
        with connection.cursor() as cursor:
            for name, value in settled.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
