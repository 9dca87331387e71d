"""A person lets a program in with a code, and pages of the site itself use the session."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from api.wildapricot.auth import KEY, TOKEN
from contacts.models import Credential, User
from tests.builders import make_key
from tests.dialects.wildapricot.calling import Caller, basic

pytestmark = pytest.mark.django_db

BACK = "https://program.example/callback?from=crm"


@pytest.fixture
def key(bob: User) -> str:
    return make_key(bob, KEY, name="Portal")


def wish(**changed: str) -> str:
    """Return the address to which a program sends a person."""
    number = Credential.objects.get(kind=KEY).pk
    fields = {
        "client_id": f"app{number}",
        "redirect_uri": BACK,
        "scope": "contacts_me contacts_view",
        "state": "s 1",
        "response_type": "authorization_code",
    }
    return f"/sys/login/OAuthLogin?{urlencode({**fields, **changed})}"


@pytest.fixture
def at_alice(alice: User) -> Client:
    """Return the browser of alice, which demands tokens of forms."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def agreed(browser: Client, address: str, decision: str = "allow") -> HttpResponse:
    """Open the page and answer it."""
    page = browser.get(address).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    form = {"csrfmiddlewaretoken": found[1], "decision": decision}
    return browser.post(address, urlencode(form), "application/x-www-form-urlencoded")


def ask(key: str, **fields: str) -> HttpResponse:
    """Ask for the token of a code."""
    given = {"grant_type": "authorization_code", "redirect_uri": BACK, **fields}
    return Client().post("/auth/token", given, headers={"Authorization": basic("APIKEY", key)})


def test_whoever_is_not_signed_in_does_that_first(key: str, alice: User) -> None:
    address = wish()
    answer = Client().get(address)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [address]


def test_a_wish_without_a_type_is_one_for_a_code(key: str, at_alice: Client) -> None:
    """The vendor's sample for Rails sends none, and was refused."""
    for address in (wish(response_type=""), wish().replace("&response_type", "&other")):
        back = urlsplit(agreed(at_alice, address)["Location"])
        assert parse_qs(back.query)["code"]


def test_the_page_names_program_and_site(key: str, at_alice: Client) -> None:
    answer = at_alice.get(wish())
    text = answer.content.decode()
    assert "program.example" in text
    assert "Portal" in text
    assert "form-action 'self' https://program.example" in answer["Content-Security-Policy"]


def test_a_code_gives_one_token_of_the_person_who_agreed(
    key: str, at_alice: Client, alice: User
) -> None:
    answer = agreed(at_alice, wish())
    back = urlsplit(answer["Location"])
    fields = parse_qs(back.query)
    assert (answer.status_code, back.netloc, back.path) == (302, "program.example", "/callback")
    assert (fields["from"], fields["state"]) == (["crm"], ["s 1"])
    given = ask(key, code=fields["code"][0])
    assert given.status_code == 200
    token = given.json()
    assert token["Permissions"][0]["AvailableScopes"] == ["contacts_view", "contacts_me"]
    assert Caller(key, token["access_token"]).list() == []
    assert Credential.objects.get(kind=TOKEN).user_id == alice.pk
    again = ask(key, code=fields["code"][0])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_code_is_good_for_its_program_and_address_alone(
    key: str, at_alice: Client, alice: User
) -> None:
    code = parse_qs(urlsplit(agreed(at_alice, wish())["Location"]).query)["code"][0]
    other = make_key(alice, KEY)
    assert ask(other, code=code).json()["error"] == "invalid_grant"
    elsewhere = ask(key, code=code, redirect_uri="https://evil.example/")
    assert elsewhere.json()["error"] == "invalid_grant"


def test_a_refusal_goes_back_without_a_code(key: str, at_alice: Client) -> None:
    location = agreed(at_alice, wish(), "refuse")["Location"]
    assert parse_qs(urlsplit(location).query)["error"] == ["access_denied"]


def test_a_form_from_elsewhere_gives_nothing(key: str, at_alice: Client) -> None:
    answer = at_alice.post(wish(), {"decision": "allow"})
    assert answer.status_code == 403
    assert not Credential.objects.exclude(kind=KEY).exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "app999"},
        {"client_id": "x"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "//evil.example"},
        {"redirect_uri": "https://a@evil.example/"},
        {"redirect_uri": "https://evil.example;script-src-elem *"},
        {"redirect_uri": "https://evil.example 'unsafe-inline'/"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"scope": "nothing"},
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_here(
    changed: dict[str, str], key: str, at_alice: Client
) -> None:
    answer = at_alice.get(wish(**changed))
    assert answer.status_code == 400
    assert "Location" not in answer


def test_pages_of_the_site_itself_use_the_session_with_a_client_id(
    key: str, at_alice: Client
) -> None:
    number = Credential.objects.get(kind=KEY).pk
    address = "/sys/api/v2/accounts/1/contacts?$async=false"
    assert at_alice.get(address).status_code == 401
    assert at_alice.get(address, headers={"clientId": "app999"}).status_code == 401
    answer = at_alice.get(address, headers={"clientId": f"app{number}"})
    assert (answer.status_code, answer.json()) == (200, {"Contacts": []})
    assert Client().get(address, headers={"clientId": f"app{number}"}).status_code == 401
    plain = at_alice.get("/v2/accounts", headers={"clientId": f"app{number}"})
    assert plain.status_code == 401


def test_the_session_may_no_more_than_the_application(alice: User, at_alice: Client) -> None:
    make_key(alice, KEY, scope="read")
    number = Credential.objects.get(kind=KEY).pk
    answer = at_alice.post(
        "/sys/api/v2/accounts/1/contacts",
        "{}",
        "application/json",
        headers={"clientId": f"app{number}"},
    )
    assert answer.status_code == 403


def test_a_token_works_below_sys_as_well(as_alice: Caller) -> None:
    assert as_alice.read("/sys/api/v2.2/accounts/1/contacts?$async=false") == {"Contacts": []}
