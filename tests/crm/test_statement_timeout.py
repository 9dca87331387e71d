"""Statements of web requests end in time, those of commands take the time they need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_setting('statement_timeout'), current_setting('jit')")
    print(*cursor.fetchone())
"""


def limit_in_a_process(postgres: TemporaryPostgres, beginning: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", beginning + ASK],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": postgres.url,
            "DJANGO_SETTINGS_MODULE": "crm.settings",
            "STATEMENT_TIMEOUT": "7",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_only_servers_limit_the_time_of_a_statement_and_compile_none(
    postgres: TemporaryPostgres,
) -> None:
    assert limit_in_a_process(postgres, "import crm.wsgi") == "7s off"
    assert limit_in_a_process(postgres, "import crm.asgi") == "7s off"
    assert limit_in_a_process(postgres, "import django; django.setup()") == "0 on"
