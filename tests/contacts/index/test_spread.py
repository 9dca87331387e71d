"""SQLite is told how values are spread, once a day and of new indexes after an upgrade."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from contacts.index.spread import learn_spread, learn_spread_of_new
from contacts.jobs import run_due
from contacts.jobs.periodic import plan
from contacts.models import Job, User
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL learns by itself")


def known() -> dict[str, str]:
    """Return what SQLite knows of each index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
        return dict(cursor.fetchall())


@on_sqlite
def test_every_index_that_has_rows_is_known_after_a_day(bob: User) -> None:
    for name in "ABC":
        make_contact(actor_for(bob), first_name=name, last_name="Ui")
    plan()
    run_due()

    done = Job.objects.get(name="learn_spread", status="done")
    assert done.result["indexes"] > 100
    found = known()
    assert found["contact_by_sort_name"].startswith("3 1 1")
    # Three contacts with the same surname among their keys.
    assert "contact_key_by_text" in found


@on_sqlite
def test_after_an_upgrade_new_indexes_are_looked_through_and_no_others(bob: User) -> None:
    assert learn_spread_of_new() == 0
    make_contact(actor_for(bob), first_name="A")
    learn_spread()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE idx = 'contact_by_sort_name'")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert known()["contact_by_sort_name"].startswith("1 1")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
def test_nothing_is_told_to_postgresql() -> None:
    assert learn_spread() == learn_spread_of_new() == 0
