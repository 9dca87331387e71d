"""People find the keys that the server knows on their profile page, and renew them there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Credential, User
from contacts.services.access_keys import find_access_key
from tests.builders import actor_for

pytestmark = pytest.mark.django_db

KIND = "vtiger_access_key"


@pytest.fixture
def browser(alice: User) -> Client:
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def profile_of(browser: Client) -> str:
    return browser.get(reverse("admin:profile")).content.decode()


def renew(browser: Client, kind: str = KIND) -> None:
    answer = browser.post(reverse("admin:profile"), {"renew": kind})
    assert answer.status_code == 302


def test_key_is_made_on_the_profile_page_and_shown_there(browser: Client, alice: User) -> None:
    assert "Make a key" in profile_of(browser)
    renew(browser)
    key = find_access_key(actor_for(alice), KIND)
    assert re.fullmatch("[0-9a-f]{40}", key)
    assert key in profile_of(browser)


def test_renewed_key_takes_the_place_of_the_old_one(browser: Client, alice: User) -> None:
    renew(browser)
    old = find_access_key(actor_for(alice), KIND)
    renew(browser)
    new = find_access_key(actor_for(alice), KIND)
    assert new != old
    assert old not in profile_of(browser)
    assert Credential.objects.filter(kind=KIND, revoked_at=None).count() == 1


def test_keys_of_others_are_not_shown(browser: Client, alice: User, bob: User) -> None:
    renew(browser)
    key = find_access_key(actor_for(alice), KIND)
    other = Client()
    other.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert key not in profile_of(other)


def test_keys_that_are_stored_as_hashes_are_not_renewed_here(browser: Client) -> None:
    renew(browser, "redmineup_key")
    assert not Credential.objects.exists()


def test_posed_challenge_is_no_key(browser: Client) -> None:
    renew(browser)
    browser.get("/webservice.php", {"operation": "getchallenge", "username": "alice"})
    listed = browser.get("/admin/contacts/credential/").content.decode()
    assert Credential.objects.filter(kind="vtiger_challenge").exists()
    assert "vtiger_challenge" not in listed
