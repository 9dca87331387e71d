"""Bad requests get the dialect's own no, and change nothing."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from contacts.models import Contact, User
from tests.dialects.contract.conftest import Speaking
from tests.dialects.contract.driver import Driver

pytestmark = pytest.mark.django_db

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
XML = "application/xml"

BROKEN = {
    "truncated JSON": (JSON, b'{"contact": {'),
    "JSON that is no UTF-8": (JSON, b'{"a": "\xff"}'),
    "JSON of great depth": (JSON, b"[" * 100_000),
    "JSON within the depth of the reader": (JSON, b"[" * 900 + b"]" * 900),
    "a charset nobody knows": (f"{JSON}; charset=klingon", b"{}"),
    "truncated XML": (XML, b"<contact>"),
    "an XML bomb": (XML, b'<!DOCTYPE c [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><c>&b;</c>'),
    "an XML entity of a file": (
        XML,
        b'<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]><c><first_name>&a;</first_name></c>',
    ),
    "a form that is no UTF-8": (FORM, b"first_name=%ff%fe"),
    "brackets of great depth": (FORM, b"a" + b"[b]" * 5_000 + b"=1"),
    "a hundred thousand fields": (FORM, b"a=1&" * 100_000),
    "multipart without boundary": ("multipart/form-data", b"--x\r\n"),
    "multipart cut off": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: f"),
    "a type nobody reads": ("image/png", b"\x89PNG\r\n\x1a\n\0\0"),
}


def is_own_refusal(driver: Driver, answer: object) -> bool:
    """Say whether an answer is a no that is neither our fault nor a page for people."""
    return (
        driver.is_refusal(answer)
        and answer.status_code < 500
        and not answer.headers.get("Content-Type", "").startswith("text/html")
    )


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_body_is_refused_and_stores_nothing(name: str, alice_speaks: Driver) -> None:
    content_type, body = BROKEN[name]
    before = Contact.objects.count()
    assert is_own_refusal(alice_speaks, alice_speaks.post(body, content_type))
    assert Contact.objects.count() == before


def test_a_body_beyond_the_limit_is_refused(alice_speaks: Driver, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    assert is_own_refusal(alice_speaks, alice_speaks.post(b"x" * 10_001, JSON))


@pytest.mark.parametrize("value", ["a\0b", "x" * 200_000])
def test_impossible_text_is_refused_or_stored_without_harm(
    value: str, alice_speaks: Driver
) -> None:
    answer = alice_speaks.create({"first_name": value, "last_name": "Impossible"})
    assert answer.status_code < 500
    stored = Contact.objects.filter(last_name="Impossible").first()
    if is_own_refusal(alice_speaks, answer):
        assert stored is None
    else:
        assert stored is not None
        assert stored.first_name == value.replace("\0", "")


@pytest.mark.parametrize(("why", "status"), [("cut short", 400), ("slow", 408)])
def test_a_body_that_did_not_arrive_is_refused_by_the_dialect(
    why: str, status: int, alice_speaks: Driver
) -> None:
    if alice_speaks.dialect.name == "toy":
        pytest.skip("the server finds the dialect of an address among those in api/")
    address = alice_speaks.create_address
    answer = alice_speaks.client.generic("POST", address, b"", JSON, **{"crm.unread": why})
    assert is_own_refusal(alice_speaks, answer)
    assert (answer.status_code, answer["Connection"]) == (status, "close")


def test_an_unknown_address_is_refused_by_the_dialect(alice_speaks: Driver) -> None:
    assert is_own_refusal(alice_speaks, alice_speaks.client.get(alice_speaks.unknown_address))


def test_an_unknown_method_is_refused_by_the_dialect(alice_speaks: Driver) -> None:
    answer = alice_speaks.client.generic("BREW", alice_speaks.create_address)
    assert is_own_refusal(alice_speaks, answer)


@pytest.mark.parametrize("query", ["a=%ff", "a=%00", "a=" + "x" * 17_000])
def test_a_query_string_beyond_reason_is_no_fault_of_ours(query: str, alice_speaks: Driver) -> None:
    answer = alice_speaks.client.get(f"{alice_speaks.create_address}?{query}")
    assert answer.status_code < 500
    assert not answer.headers.get("Content-Type", "").startswith("text/html")


def test_nobody_creates_anything(speaking: Speaking, stranger: Client) -> None:
    answer = speaking(None).create({"first_name": "No", "last_name": "Body"})
    assert speaking(None).is_refusal(answer)
    assert not Contact.objects.filter(last_name="Body").exists()


def test_who_may_not_add_contacts_adds_none(speaking: Speaking, charlie: User) -> None:
    charlie_speaks = speaking(charlie)
    answer = charlie_speaks.create({"first_name": "Not", "last_name": "Allowed"})
    assert charlie_speaks.is_refusal(answer)
    assert not Contact.objects.filter(last_name="Allowed").exists()


@pytest.mark.parametrize("name", ["x" * 300, "\0", ""])
def test_a_refusal_is_in_the_protocols_own_language(name: str, alice_speaks: Driver) -> None:
    """Programs read what is wrong; which language a browser or a phone prefers is no matter."""
    values = {"first_name": name, "last_name": name}
    plain = alice_speaks.create(values)
    russian = alice_speaks.create(values, **{"Accept-Language": "ru"})
    assert alice_speaks.is_refusal(russian) is alice_speaks.is_refusal(plain)
    if alice_speaks.is_refusal(plain):
        assert russian.content == plain.content
    assert not re.search("[а-я]", russian.content.decode())
