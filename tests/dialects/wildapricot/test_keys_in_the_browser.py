"""People make keys in the browser, and see there by which client id programs may call them."""

import re

import pytest
from django.test import Client

from api.wildapricot.auth import KEY
from contacts.models import Credential, User
from tests.builders import PASSWORD
from tests.dialects.wildapricot.calling import Caller, basic

pytestmark = pytest.mark.django_db

KEYS = "/admin/contacts/credential/"


@pytest.fixture
def at_alice(alice: User) -> Client:
    """Return the browser of alice."""
    client = Client()
    client.post("/admin/login/", {"username": "alice", "password": PASSWORD, "next": "/admin/"})
    return client


def test_a_new_key_is_shown_with_its_client_id_and_both_give_tokens(
    at_alice: Client, alice: User
) -> None:
    form = {"kind": KEY, "name": "Newsletter", "scope": "write", "user": alice.pk}
    text = at_alice.post(f"{KEYS}add/", form, follow=True).content.decode()
    secret = re.findall(r"<code>([0-9a-f]{40})</code>", text)[0]
    number = Credential.objects.get(name="Newsletter").pk
    assert f"<code>app{number}</code>" in text
    for user in ("APIKEY", f"app{number}"):
        answer = Client().post(
            "/auth/token",
            {"grant_type": "client_credentials"},
            headers={"Authorization": basic(user, secret)},
        )
        assert answer.status_code == 200
    later = at_alice.get(f"{KEYS}{number}/").content.decode()
    assert f"<code>app{number}</code>" in later
    assert secret not in later


def test_tokens_are_not_in_the_list_of_keys(at_alice: Client, as_alice: Caller) -> None:
    as_alice.ask_token(obtain_refresh_token="true")
    assert Credential.objects.count() > 3
    text = at_alice.get(KEYS).content.decode()
    numbers = set(re.findall(rf'href="{KEYS}(\d+)/"', text))
    assert numbers == {str(Credential.objects.get(kind=KEY).pk)}
