"""Statements of web requests end in time, those of commands take the time they need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.temporary_postgres import TemporaryPostgres

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_setting('statement_timeout'), current_setting('jit')")
    print(*cursor.fetchone())
"""


ASK_WITHOUT_END = """
import crm.wsgi
from django.db import OperationalError, connection
with connection.cursor() as cursor:
    for asked in ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                  "SELECT max(i) FROM n", "SELECT 5"):
        try:
            cursor.execute(asked)
            print(cursor.fetchone()[0])
        except OperationalError as error:
            print(error)
"""


def printed(code: str, *, database: str, seconds: int) -> str:
    """Run code in a process with this limit and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "crm.settings",
            "STATEMENT_TIMEOUT": str(seconds),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.strip()


def limit_in_a_process(postgres: TemporaryPostgres, beginning: str) -> str:
    return printed(beginning + ASK, database=postgres.url, seconds=7)


def test_sqlite_ends_a_statement_without_end_and_goes_on(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'rosetta.sqlite3'}"
    assert printed(ASK_WITHOUT_END, database=database, seconds=1) == "interrupted\n5"


@pytest.mark.postgres
def test_postgresql_ends_a_statement_without_end(postgres: TemporaryPostgres) -> None:
    found = printed(ASK_WITHOUT_END, database=postgres.url, seconds=1)
    assert found.splitlines()[0] == "canceling statement due to statement timeout"
    assert found.splitlines()[-1] == "5"


@pytest.mark.postgres
def test_only_servers_limit_the_time_of_a_statement_and_compile_none(
    postgres: TemporaryPostgres,
) -> None:
    assert limit_in_a_process(postgres, "import crm.wsgi") == "7s off"
    assert limit_in_a_process(postgres, "import crm.asgi") == "7s off"
    assert limit_in_a_process(postgres, "import django; django.setup()") == "0 on"
