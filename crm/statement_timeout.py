"""Let no statement of a web request run for ever.

Only servers call this: a migration or an import may take longer than any request should.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created


def limit_statements() -> None:
    """Tell every new connection of this process the longest time of a statement."""
    connection_created.connect(_limit, dispatch_uid="crm.statement_timeout")


def _limit(*, connection: Any, **_: object) -> None:  # noqa: ANN401 -- one of our two backends
    """Set the limit, which both backends watch in their own way.

    PostgreSQL compiles no statement either: for those that look at all contacts it took 1,150 of
    1,318 ms to do so.
    """
    connection.limit_statements(settings.STATEMENT_TIMEOUT)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('jit', 'off', false)")
