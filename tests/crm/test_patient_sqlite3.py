"""SQLite runs Django's statements, which are written for it once."""

from typing import cast

import pytest
from django.db import connection

from crm.patient_sqlite3 import base

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="another database"),
]


def answered(statement: str, params: object = None) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, cast(list[str], params))
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("length", [0, base.LONGEST_KEPT])
def test_a_statement_means_the_same_each_time(length: int) -> None:
    statement = f"SELECT %s, '100%%', '%%s', %s /*{' ' * length}*/"
    for number in (1, 2):
        assert answered(statement, [number, "%s"]) == (number, "100%", "%s", "%s")


def test_values_may_have_names_or_be_missing() -> None:
    for number in (1, 2):
        assert answered("SELECT %(a)s, %(b)s", {"a": number, "b": "x"}) == (number, "x")
        assert answered("SELECT '100%', '%s'") == ("100%", "%s")


def test_a_statement_is_written_for_sqlite_once() -> None:
    statement = "SELECT %s, 'only here'"
    answered(statement, [1])
    before = base._marked.cache_info()
    answered(statement, [2])
    after = base._marked.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)
