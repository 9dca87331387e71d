"""What takes too long is refused in the dialect's own words, which name the cure."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client

from contacts.models import Contact, User
from crm.patient_sqlite3 import base as patient
from tests.dialects.contract.driver import Driver

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite",
        reason="PostgreSQL watches whole milliseconds: tests/trust/test_outages.py locks a table",
    ),
]


@pytest.fixture
def hurried(alice_speaks: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """Let no statement of a program's requests end in time."""
    assert not alice_speaks.is_refusal(alice_speaks.list("Smith"))
    monkeypatch.setattr(patient, "STEPS_BETWEEN_REPORTS", 1)
    limiting = cast("Any", connection)
    limiting.limit_statements(1e-9)
    yield alice_speaks
    limiting.limit_statements(0)


def test_a_statement_that_takes_too_long_is_told_with_the_cure(hurried: Driver) -> None:
    for answer in (hurried.list("Smith"), hurried.read(1)):
        assert answer.status_code == 503
        assert hurried.is_refusal(answer)
        assert int(answer["Retry-After"]) > 0
        assert "html" not in answer.get("Content-Type", "")
        told = answer.content.decode()
        assert "takes too long: " in told
        assert "by another field" in told


def test_people_are_told_too(client: Client, alice: User) -> None:
    client.force_login(alice)
    client.raise_request_exception = False
    limiting = cast("Any", connection)
    for language, told in (("en", "would take longer"), ("ru", "занял бы больше времени")):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(patient, "STEPS_BETWEEN_REPORTS", 1)
            limiting.limit_statements(1e-9)
            answer = client.get("/admin/contacts/contact/", headers={"Accept-Language": language})
            limiting.limit_statements(0)
        assert answer.status_code == 503
        assert told in answer.content.decode()
        assert int(answer["Retry-After"]) > 0


def test_work_goes_on_afterwards(hurried: Driver) -> None:
    assert hurried.create({"first_name": "Ann", "last_name": "Smith"}).status_code == 503
    cast("Any", connection).limit_statements(0)
    assert not Contact.objects.filter(last_name="Smith").exists()
    answer = hurried.create({"first_name": "Ann", "last_name": "Smith"})
    assert not hurried.is_refusal(answer)
    assert hurried.ids_of(hurried.list("Smith")) == [hurried.id_of(answer)]
