"""Pages about what went wrong: in the skin, with what to do next, without losing what was typed."""

import html
import re
from collections.abc import Iterable, Iterator

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver
from pytest_django import Settings

from contacts.admin import site
from contacts.models import User
from crm.pages.errors import page, server_error
from tests.builders import PASSWORD

SIGN_IN = "/admin/login/"


def test_an_unknown_address_says_in_the_skin_what_to_do_next(client: Client) -> None:
    answer = client.get("/nowhere")
    text = answer.content.decode()

    assert answer.status_code == 404
    assert "crm/crm." in text
    assert 'href="/admin/contacts/contact/"' in text


def test_who_may_not_see_a_page_reads_whom_to_ask() -> None:
    answer = page(403)

    assert answer.status_code == 403
    assert "administrator" in answer.content.decode()


def test_what_is_too_large_is_told_apart_from_what_makes_no_sense(
    client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client.post(SIGN_IN, {"username": "x" * 200, "password": "y"})

    assert answer.status_code == 413
    assert "That is too large" in answer.content.decode()


def test_a_file_that_is_too_large_is_not_told_as_a_form_that_is_too_old(
    strict: Client, settings: Settings
) -> None:
    """Nothing is read of such a form, so its mark is missing too."""
    answer = strict.generic(
        "POST",
        "/admin/contacts/contact/import/",
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
    )

    assert answer.status_code == 413
    assert "Choose a smaller file" in answer.content.decode()


def test_a_fault_of_ours_needs_neither_session_nor_database(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/anywhere"))

    assert answer.status_code == 500
    assert "Try again" in answer.content.decode()


@pytest.fixture
def strict(alice: User) -> Client:
    """Return the browser of alice, whose forms need their mark of origin."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    return client


def test_a_form_from_before_signing_in_anew_is_shown_again(strict: Client) -> None:
    """Signing in renews the mark of every form, also of one that stands open in another tab."""
    answer = strict.post(
        "/admin/contacts/contact/add/",
        {"first_name": "Typed & kept", "csrfmiddlewaretoken": "x" * 64},
        headers={"Origin": "http://testserver"},
    )
    text = html.unescape(answer.content.decode())

    assert answer.status_code == 403
    assert 'name="first_name" value="Typed & kept"' in text
    assert "Send it now" in text


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_form_of_another_site_is_refused_without_its_words(strict: Client, origin: str) -> None:
    answer = strict.post(
        "/admin/contacts/contact/add/",
        {"first_name": "Slipped in"},
        headers={"Origin": origin},
    )

    assert answer.status_code == 403
    assert "Slipped in" not in answer.content.decode()
    assert "This form could not be accepted" in answer.content.decode()


def test_without_a_session_a_form_with_an_old_mark_gets_a_page_in_the_skin() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(SIGN_IN, {"username": "a", "password": PASSWORD})

    assert answer.status_code == 403
    assert "This form could not be accepted" in answer.content.decode()


def addresses(urls: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    """Return an address for every pattern, with 1 in each of its gaps."""
    for each in urls:
        address = before + re.sub(r"<[^>]*>", "1", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, address)
        elif "(" not in address:
            yield address


def test_opening_an_address_for_buttons_says_where_to_go(ada: User) -> None:
    """The pages were empty."""
    client = Client()
    client.force_login(ada)
    refused = []
    for address in addresses(site.urls[0], "/admin/"):
        answer = client.get(address)
        if answer.status_code == 405:
            refused.append(address)
            text = answer.content.decode()
            assert "POST" in answer.headers["Allow"], address
            assert "Go back to that page and press the button there." in text, address
            assert 'href="/admin/"' in text, address

    assert {"/admin/undo/", "/admin/logout/", "/admin/contacts/contact/bulk/"} < set(refused)
    assert len(refused) > 30


def test_opening_an_address_for_buttons_is_refused_in_the_language_of_the_person(
    ada: User,
) -> None:
    ada.language = "ru"
    ada.save()
    client = Client()
    client.force_login(ada)

    answer = client.get("/admin/undo/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Здесь нечего открывать" in answer.content.decode()
    assert "Вернитесь на ту страницу" in answer.content.decode()
