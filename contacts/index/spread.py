"""Let SQLite know how values are spread over its indexes; PostgreSQL finds that out by itself.

Where it does not know, it takes one index for as good as another. Each is looked through by itself:
whoever writes meanwhile waits for one of them only. A server knows from its next start.
"""

from django.db import DEFAULT_DB_ALIAS, connections

_ALL = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY tbl_name, name"
_KNOWN = "SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL"


def learn_spread() -> int:
    """Look through all indexes; returns how many, none on PostgreSQL."""
    return _look_through(known=frozenset()) if _is_sqlite() else 0


def learn_spread_of_new() -> int:
    """Look through those that came since; none where nothing was looked through before."""
    if not _is_sqlite():
        return 0
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone():
            return 0
        cursor.execute(_KNOWN)
        known = frozenset(name for (name,) in cursor.fetchall())
    return _look_through(known) if known else 0


def _look_through(known: frozenset[str]) -> int:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        names = [name for (name,) in cursor.fetchall() if name not in known]
        for name in names:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
    return len(names)


def _is_sqlite() -> bool:
    return connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
