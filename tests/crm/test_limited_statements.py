"""A block whose statements may take less time than usual, on either database."""

import time
from typing import Any, cast

import pytest
from django.db import OperationalError, connection, transaction

from contacts.errors import TooSlowError, is_canceled, outage_of
from contacts.models import Tag

pytestmark = pytest.mark.django_db

WITHOUT_END = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
# Takes several times as long as the limit of the blocks.
LONG = WITHOUT_END.replace("FROM n)", "FROM n WHERE i < %s)")
SECONDS = 0.05


@pytest.fixture
def limiting() -> Any:
    return cast("Any", connection)


def asked(statement: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.fetchone()[0])


def is_refused(limiting: Any, seconds: float) -> bool:
    """Say whether a statement without end ends in such a block, as one that took too long."""
    started = time.monotonic()
    with pytest.raises(OperationalError) as refused, limiting.limited(seconds):
        asked(WITHOUT_END)
    assert time.monotonic() - started < 60
    return is_canceled(refused.value) and isinstance(outage_of(refused.value), TooSlowError)


def long_enough() -> int:
    """Return how far to count so that it takes longer than the limit of the blocks."""
    steps, started = 100_000, time.monotonic()
    asked(LONG, steps)
    return int(steps * 4 * SECONDS / (time.monotonic() - started)) + steps


@pytest.mark.usefixtures("django_db_serialized_rollback", "transactional_db")
def test_a_block_outside_of_a_transaction_leaves_none_open(limiting: Any) -> None:
    steps = long_enough()
    with limiting.limited(60):
        assert asked(LONG, steps) == steps
    assert is_refused(limiting, SECONDS)
    assert connection.get_autocommit()
    assert asked(LONG, steps) == steps


def test_a_block_ends_what_takes_longer_and_nothing_afterwards(limiting: Any) -> None:
    steps = long_enough()
    assert is_refused(limiting, SECONDS)
    assert asked(LONG, steps) == steps
    with limiting.limited(60):
        assert asked(LONG, steps) == steps
    with limiting.limited(SECONDS):
        assert asked("SELECT 5") == 5
    assert asked(LONG, steps) == steps


def test_a_shorter_limit_of_the_connection_stays(limiting: Any) -> None:
    limiting.limit_statements(SECONDS)
    try:
        assert is_refused(limiting, 3600)
        # And holds on after the block.
        with transaction.atomic(), pytest.raises(OperationalError), transaction.atomic():
            asked(WITHOUT_END)
    finally:
        limiting.limit_statements(0)


def test_what_was_written_before_the_block_stays(limiting: Any) -> None:
    with transaction.atomic():
        Tag.objects.create(name="kept", name_key="kept")
        assert is_refused(limiting, SECONDS)
        steps = long_enough()
        assert asked(LONG, steps) == steps
        with limiting.limited(60):
            assert asked("SELECT 5") == 5
        assert asked(LONG, steps) == steps
    assert Tag.objects.filter(name="kept").exists()


@pytest.mark.parametrize("seconds", [0, 60])
def test_what_watches_statements_meanwhile_is_gone_after_its_own_block(
    limiting: Any, seconds: int
) -> None:
    seen: list[str] = []

    def watch(execute: Any, sql: str, *call: Any) -> Any:
        seen.append(sql)
        return execute(sql, *call)

    limiting.limit_statements(seconds)
    try:
        with connection.execute_wrapper(watch), limiting.limited(30):
            asked("SELECT 5")
        with connection.execute_wrapper(watch), limiting.limited(30):
            asked("SELECT 6")
        assert {"SELECT 5", "SELECT 6"} <= set(seen)
        seen.clear()
        assert is_refused(limiting, SECONDS)
    finally:
        limiting.limit_statements(0)
    assert asked("SELECT 7") == 7
    assert seen == []
    assert connection.execute_wrappers == []
