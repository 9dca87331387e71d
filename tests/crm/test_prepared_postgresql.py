"""Prepared statements answer as unprepared ones do, whatever happens to them on the server."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.access import actor_of
from contacts.access.kept_cursor import kept_cursor
from contacts.models import Contact, Project, User
from contacts.query import find_contacts
from contacts.services.contacts import archive_contact
from crm.databases import completed_database
from crm.prepared_postgresql.prepared import KEEP_AT_MOST
from tests.builders import make_contact, make_key

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time"),
]

ASK = "SELECT held, '100%%' FROM kept WHERE number = %s"


@pytest.fixture
def own() -> Iterator[BaseDatabaseWrapper]:
    """Lend a connection of one's own, with a table that nobody else sees."""
    opened = connection.copy("own")
    with closing(opened):
        run(opened, "CREATE TEMPORARY TABLE kept AS SELECT 1 AS number, 'a' AS held")
        yield opened


def run(on: BaseDatabaseWrapper, sql: str) -> None:
    with on.cursor() as cursor:
        cursor.execute(sql)


def asked(on: BaseDatabaseWrapper, value: float | str = 1) -> list[tuple[object, ...]]:
    with kept_cursor(on) as cursor:
        cursor.execute(ASK, [value])
        return list(cursor.fetchall())


def prepared_on(on: BaseDatabaseWrapper) -> list[str]:
    """Return what the server has prepared for a connection."""
    with on.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
        return [statement for (statement,) in cursor.fetchall()]


def test_a_contact_is_answered_alike_by_prepared_and_ordinary_statements(
    client: Client, ada: User, alice: User, bob: User, charlie: User, project: Project
) -> None:
    of: dict[str, Any] = {"author": alice.pk, "projects": [project.pk]}
    seen = [make_contact(**of), make_contact(**of, visibility="private"), make_contact()]
    archived = make_contact(**of)
    archive_contact(actor_of(ada), archived.pk)
    keys = [make_key(user, "redmineup_key") for user in (ada, alice, bob, charlie)]

    def answers() -> list[tuple[int, bytes]]:
        found = []
        for key in keys:
            for contact_id in [*(contact.pk for contact in seen), archived.pk, 2**63]:
                answer = client.get(
                    f"/contacts/{contact_id}.json", headers={"X-Redmine-API-Key": key}
                )
                found.append((answer.status_code, answer.content))
        return found

    prepared = answers()
    assert any('"contacts_contact"."id" = ($4)' in each for each in prepared_on(connection))
    assert {status for status, _body in prepared} == {200, 404}
    held, connection.prepared = connection.prepared, None  # type: ignore[attr-defined]  # ours
    try:
        assert answers() == prepared
    finally:
        connection.prepared = held  # type: ignore[attr-defined]  # as above


def test_a_few_contacts_are_seen_as_many_are(
    monkeypatch: pytest.MonkeyPatch, ada: User, alice: User, bob: User, charlie: User
) -> None:
    (project,) = Project.objects.filter(identifier="demo")
    for visibility in ("public", "project", "private"):
        for author in (alice, bob):
            make_contact(author=author.pk, projects=[project.pk], visibility=visibility)
        make_contact(visibility=visibility)
    archive_contact(actor_of(ada), make_contact(author=alice.pk, projects=[project.pk]).pk)
    ids = list(Contact.objects.values_list("pk", flat=True))

    def seen() -> list[list[int]]:
        return [
            sorted(find_contacts(actor_of(user), some, archived=archived))
            for user in (ada, alice, bob, charlie)
            for archived in (False, True, None)
            for some in (ids, *([each] for each in ids))
        ]

    few = seen()
    monkeypatch.setattr("contacts.query.few_contacts.FEW", 0)
    assert seen() == few
    assert {len(each) for each in few} > {0, 1}


def test_a_statement_is_prepared_once_and_run_with_each_value(own: BaseDatabaseWrapper) -> None:
    assert [asked(own, value) for value in (1, "1", 2)] == [[("a", "100%")]] * 2 + [[]]
    kept = "SELECT held, '100%' FROM kept WHERE number = $1"
    assert prepared_on(own) == [kept]
    # Only the driver can write it.
    assert asked(own, 1.0) == [("a", "100%")]


def test_each_row_is_the_one_that_was_answered(own: BaseDatabaseWrapper) -> None:
    run(own, "CREATE TEMPORARY TABLE rows (number int, held text, at timestamptz DEFAULT now())")
    run(own, "INSERT INTO rows VALUES (1, 'a')")

    def rows(number: int) -> list[tuple[object, ...]]:
        with kept_cursor(own) as cursor:
            cursor.execute("SELECT * FROM rows WHERE number >= %s ORDER BY number", [number])
            return list(cursor.fetchall())

    def ordinary() -> list[tuple[object, ...]]:
        with own.cursor() as cursor:
            cursor.execute("SELECT * FROM rows ORDER BY number")
            return list(cursor.fetchall())

    for change in (
        "UPDATE rows SET held = 'b'",
        "UPDATE rows SET held = NULL, at = at + interval '1 hour'",
        "UPDATE rows SET held = 'c', at = NULL",
        "INSERT INTO rows VALUES (2, 'd')",
        "DELETE FROM rows WHERE number = 1",
        "DELETE FROM rows",
    ):
        assert rows(1) == ordinary()
        run(own, change)
        assert rows(1) == ordinary()


def test_a_change_of_the_table_is_seen(own: BaseDatabaseWrapper) -> None:
    asked(own)
    run(own, "ALTER TABLE kept ALTER held TYPE integer USING 7")
    assert asked(own) == asked(own) == [(7, "100%")]
    own.set_autocommit(False)
    run(own, "ALTER TABLE kept ALTER held TYPE text USING 'b'")
    with pytest.raises(OperationalError, match="prepared statement was lost"):
        asked(own)
    own.rollback()
    own.set_autocommit(True)
    assert asked(own) == asked(own) == [(7, "100%")]


def test_statements_that_the_server_has_lost_are_prepared_anew(own: BaseDatabaseWrapper) -> None:
    asked(own)
    for _each in range(20):
        run(own, "DEALLOCATE ALL")
        assert asked(own) == [("a", "100%")]
    # A pooler would lose them for ever.
    assert prepared_on(own) == []


def test_a_name_that_is_taken_has_the_same_statement(own: BaseDatabaseWrapper) -> None:
    asked(own)
    own.prepared.statements.clear()  # type: ignore[attr-defined]  # ours
    assert asked(own) == [("a", "100%")]
    assert len(prepared_on(own)) == 1
    own.prepared.statements.clear()  # type: ignore[attr-defined]  # as above
    own.set_autocommit(False)
    run(own, "SELECT 1")
    with pytest.raises(OperationalError, match="prepared statement was lost"):
        asked(own)
    own.rollback()
    own.set_autocommit(True)
    assert asked(own) == [("a", "100%")]


def test_the_one_not_run_for_longest_is_no_longer_kept(own: BaseDatabaseWrapper) -> None:
    def numbered(number: int) -> None:
        asked(own)
        with kept_cursor(own) as cursor:
            cursor.execute(f"SELECT {number}, %s::int", [number])
            assert cursor.fetchall() == [(number, number)]

    for number in [*range(KEEP_AT_MOST + 3), 0]:
        numbered(number)
    kept = prepared_on(own)
    assert len(kept) == KEEP_AT_MOST
    assert {"SELECT 0, $1::int", ASK.replace("%%", "%").replace("%s", "$1")} <= {*kept}
    assert "SELECT 1, $1::int" not in kept


def test_faults_are_those_of_django(own: BaseDatabaseWrapper) -> None:
    with pytest.raises(DatabaseError, match="invalid input syntax for type integer"):
        asked(own, "one")
    assert asked(own) == [("a", "100%")]
    assert connection.prepared is not None  # type: ignore[attr-defined]  # ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [own.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        asked(own)


def test_a_connection_that_has_ended_is_seen_without_asking(own: BaseDatabaseWrapper) -> None:
    own.health_check_enabled = True  # type: ignore[attr-defined]  # Django's
    assert own.is_usable()
    said: list[str] = []
    own.connection.add_notice_handler(lambda notice: said.append(notice.message_primary))
    run(own, "SET client_min_messages = debug5")
    said.clear()
    assert own.is_usable()
    # No statement was run, of which the server would have told.
    assert said == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [own.connection.info.backend_pid])
    own.close_if_unusable_or_obsolete()
    with own.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_nothing_is_prepared_where_that_is_switched_off(own: BaseDatabaseWrapper) -> None:
    described = {**own.settings_dict, "OPTIONS": {}}
    completed = completed_database(described, root=Path(), synchronous="", prepares=False)
    own.close()
    own.settings_dict["OPTIONS"] |= {"prepares": completed["OPTIONS"]["prepares"]}
    run(own, "CREATE TEMPORARY TABLE kept AS SELECT 1 AS number, 'a' AS held")
    assert asked(own) == [("a", "100%")]
    assert prepared_on(own) == []


def test_what_was_run_is_told_with_its_values(own: BaseDatabaseWrapper) -> None:
    with CaptureQueriesContext(own) as captured:
        asked(own)
    assert [each["sql"] for each in captured] == ["SELECT held, '100%' FROM kept WHERE number = 1"]
