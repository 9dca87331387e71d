"""Complete what an address says of a database with the options that were measured."""

from __future__ import annotations

from pathlib import Path

from crm.environment import Described

# A write transaction takes the lock at its beginning: one that reads first cannot be upgraded
# once another has committed, and no waiting cures that. The write-ahead log keeps readers going
# meanwhile. 64 MiB of page cache, 256 MiB of the file mapped.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA cache_size=-65536; "
    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)
SQLITE_WAIT_IN_SECONDS = 20

# A new PostgreSQL connection per request costs fifteen times what a simple answer costs.
CONNECTION_AGE_IN_SECONDS = 600
CONNECT_TIMEOUT_IN_SECONDS = 5


def completed_database(
    described: Described, *, root: Path, synchronous: str, prepares: bool
) -> Described:
    """Return the full description of a database; SQLite files are looked for from the root."""
    if described["ENGINE"].endswith("sqlite3"):
        return _sqlite(described, root, synchronous)
    return _postgresql(described, prepares=prepares)


def _sqlite(described: Described, root: Path, synchronous: str) -> Described:
    """Add what keeps SQLite calm when several processes write."""
    name = described["NAME"]
    path = name if name == ":memory:" else root / name
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": SQLITE_WAIT_IN_SECONDS,
        "init_command": SQLITE_PRAGMAS.format(synchronous=synchronous),
    }
    return {
        **described,
        "ENGINE": "crm.patient_sqlite3",
        "NAME": path,
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        # Parallel test runs take a database in memory for granted of Django's own backend alone.
        "TEST": {"NAME": ":memory:"},
    }


def _postgresql(described: Described, *, prepares: bool) -> Described:
    """Add lasting connections that are looked after."""
    options = {
        "prepares": prepares,
        "connect_timeout": CONNECT_TIMEOUT_IN_SECONDS,
        "application_name": "rosetta-crm",
        **described.get("OPTIONS", {}),
    }
    return {
        **described,
        "ENGINE": "crm.prepared_postgresql",
        "OPTIONS": options,
        "CONN_MAX_AGE": CONNECTION_AGE_IN_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
