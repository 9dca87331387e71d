"""Keys of programs: the secret is shown once, tried at once, and never made twice by a reload."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

import crm.urls  # noqa: F401  # opens the doors
from contacts.admin.doors import Door, doors
from contacts.models import Credential, Project
from tests.contacts.admin.reading import Page, read, send

KEYS = "/admin/contacts/credential/"
MADE_HERE = [door for door in doors() if door.key_kind]


def made(client: Client, kind: str) -> tuple[Page, str]:
    """Make a key; returns the page of its secret and the secret."""
    page = send(client, f"{KEYS}add/", {"kind": kind, "name": "Newsletter", "scope": "write"})
    return page, page.form_to("/test/").fields["secret"][0]


def kinds() -> list[str]:
    return [door.key_kind for door in MADE_HERE]


@pytest.mark.parametrize("door", MADE_HERE, ids=lambda door: door.name)
def test_new_key_is_shown_with_programs_and_works(at_ada: Client, door: Door) -> None:
    page, secret = made(at_ada, door.key_kind)

    assert secret in page.text
    for language in ("curl", "Python", "JavaScript", "PHP"):
        assert language in page.text
    pk = Credential.objects.get(name="Newsletter").pk
    tried = read_answer(at_ada, pk, secret)
    assert "The key works." in tried.text


def test_a_key_that_would_end_in_the_past_is_refused_with_a_readable_moment(
    at_ada: Client,
) -> None:
    typed = {"kind": kinds()[0], "name": "Newsletter", "scope": "write"}
    page = send(at_ada, f"{KEYS}add/", {**typed, "expires_at": "1990-01-01T10:00"})

    assert page.status == 422
    assert "Not before " in page.text
    assert "+00:00" not in page.text


def read_answer(client: Client, pk: int, secret: str) -> Page:
    return Page(client.post(f"{KEYS}{pk}/test/", {"secret": secret}))


def test_page_that_shows_the_secret_makes_no_second_key_when_loaded_again(
    at_ada: Client,
) -> None:
    _page, secret = made(at_ada, kinds()[0])
    pk = Credential.objects.get(name="Newsletter").pk

    again = Page(at_ada.get(f"{KEYS}{pk}/secret/", follow=True))

    assert "The key was shown once." in again.text
    assert secret not in again.text
    assert Credential.objects.filter(name="Newsletter").count() == 1


def test_secret_lies_encrypted_in_the_session_until_it_is_shown(at_ada: Client) -> None:
    at_ada.post(f"{KEYS}add/", {"kind": kinds()[0], "name": "Newsletter", "scope": "write"})
    pk = Credential.objects.get(name="Newsletter").pk
    kept = str(dict(at_ada.session))

    secret = read(at_ada, f"{KEYS}{pk}/secret/").form_to("/test/").fields["secret"][0]

    assert secret not in kept
    assert "shown_once" not in at_ada.session


def test_wrong_key_is_refused_by_the_test(at_ada: Client) -> None:
    made(at_ada, kinds()[0])
    pk = Credential.objects.get(name="Newsletter").pk

    assert "The key was refused." in read_answer(at_ada, pk, "x" * 40).text
    assert "Paste the whole key first." in read_answer(at_ada, pk, " ").text


def test_revoked_key_stops_and_comes_back_by_undo(at_ada: Client) -> None:
    _page, secret = made(at_ada, kinds()[0])
    pk = Credential.objects.get(name="Newsletter").pk

    page = send(at_ada, f"{KEYS}{pk}/revoke/", {})
    assert "The key was refused." in read_answer(at_ada, pk, secret).text
    assert "undo" in dict(page.form_to(f"{KEYS}{pk}/revoke/").buttons)
    send(at_ada, f"{KEYS}{pk}/revoke/", {"undo": "1"})

    assert "The key works." in read_answer(at_ada, pk, secret).text


def test_replaced_key_is_shown_once_and_the_old_one_works_on(at_ada: Client) -> None:
    _page, old = made(at_ada, kinds()[0])
    pk = Credential.objects.get(name="Newsletter").pk

    page = send(at_ada, f"{KEYS}{pk}/rotate/", {})
    new = page.form_to("/test/").fields["secret"][0]

    assert new != old
    for secret in (old, new):
        assert "The key works." in read_answer(at_ada, pk, secret).text


def test_key_of_somebody_else_cannot_be_tried(at_ada: Client, at_bob: Client) -> None:
    _page, secret = made(at_ada, kinds()[0])
    pk = Credential.objects.get(name="Newsletter").pk

    assert at_bob.post(f"{KEYS}{pk}/test/", {"secret": secret}).status_code == 404
    assert at_bob.get(f"{KEYS}{pk}/secret/").status_code == 404


@pytest.mark.parametrize("door", MADE_HERE, ids=lambda door: door.name)
def test_limit_of_a_key_is_kept_in_the_words_of_its_door(
    at_ada: Client, door: Door, settings: Settings
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    _page, secret = made(at_ada, door.key_kind)
    pk = Credential.objects.get(name="Newsletter").pk
    editor = read(at_ada, f"{KEYS}{pk}/change/").posting_form()
    page = send(at_ada, f"{KEYS}{pk}/change/", editor.filled(per_minute="1"))
    assert "1 request a minute" in page.text

    with time_machine.travel(timezone.now(), tick=False):
        answers = [read_answer(at_ada, pk, secret).text for _ in range(3)]

    assert "The key works." in answers[0]
    assert "The key was refused." in answers[2]
    assert re.search("429|too many", answers[2], re.IGNORECASE)


def test_list_says_in_which_project_alone_a_key_works(at_ada: Client, project: Project) -> None:
    values = {"kind": MADE_HERE[0].key_kind, "name": "Newsletter", "scope": "read"}
    send(at_ada, f"{KEYS}add/", {**values, "project": project.pk})

    assert f"read only in {project.name} works" in read(at_ada, KEYS).text


def test_limit_of_a_key_is_at_least_one(at_ada: Client) -> None:
    sent = {"kind": kinds()[0], "name": "Newsletter", "scope": "write", "per_minute": "0"}

    page = send(at_ada, f"{KEYS}add/", sent)

    assert page.status == 422
    assert not Credential.objects.filter(name="Newsletter").exists()
