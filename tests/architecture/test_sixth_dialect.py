"""A dialect that no existing file knows is found, mounted, signed into, used and refused.

``tests/toy_dialects/toy`` has the files that every dialect has. What is proved here is proved by
pointing the discovery at its folder and by nothing else.
"""

import subprocess
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from api.base import addresses, discovery
from contacts.models import Contact, Project, User

pytestmark = pytest.mark.django_db

PACKAGE = "tests.toy_dialects"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _mounted(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.toy_dialects.mounted"


@pytest.fixture
def client(ada: User, project: Project) -> Client:
    """Return a client with the credentials that the dialect issues for an administrator."""
    (toy,) = discovery.dialects(PACKAGE)
    credentials = toy.credentials(ada, project)
    return Client(headers={"Toy-Key": str(credentials["toy_key"])}, raise_request_exception=False)


@pytest.fixture
def stranger() -> Client:
    """Return a client without a key."""
    return Client(raise_request_exception=False)


def test_it_is_found_by_its_folder_and_described() -> None:
    assert discovery.dialect_packages(PACKAGE) == ["tests.toy_dialects.toy"]
    (toy,) = discovery.dialects(PACKAGE)
    assert (toy.name, toy.title, toy.version) == ("toy", "Toy", "1.0")
    assert toy.sample_request("http://x", {"toy_key": "k"}) == (
        "curl -H 'Toy-Key: k' http://x/toy/contacts"
    )


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALECTS", "toy")
    assert discovery.dialect_packages(PACKAGE) == ["tests.toy_dialects.toy"]
    monkeypatch.setenv("DIALECTS", "toi")
    with pytest.raises(discovery.UnknownDialectError, match="unknown toi; there are toy"):
        discovery.dialect_packages(PACKAGE)


def test_its_three_addresses_are_mounted(client: Client) -> None:
    (toy,) = discovery.dialects(PACKAGE)
    assert len(addresses.routes(toy)) == 3
    assert client.get("/toy").json() == {"glad": True, "content": "Toy 1.0"}
    assert client.get("/toy/contacts").json() == {"glad": True, "content": []}


def test_a_contact_is_created_read_and_found(client: Client) -> None:
    sent = {"forename": "Анна", "surname": "Smith", "unknown": 1}
    created = client.post("/toy/contacts", sent, content_type="application/json")
    assert created.status_code == 201
    contact = created.json()["content"]
    assert contact == {
        "number": contact["number"], "forename": "Анна", "surname": "Smith", "work": None
    }  # fmt: skip
    assert client.get(f"/toy/contacts/{contact['number']}").json()["content"] == contact
    for find, found in [
        ("surname is SMITH", [contact]),
        ("forename has анн", [contact]),
        ("forename has Otto", []),
    ]:
        assert client.get("/toy/contacts", {"find": find}).json()["content"] == found
    assert Contact.objects.get(pk=contact["number"]).entry_channel == "toy"


def test_a_retried_create_makes_one_contact(client: Client) -> None:
    for _ in range(2):
        answer = client.post(
            "/toy/contacts",
            {"surname": "Once"},
            content_type="application/json",
            headers={"Idempotency-Key": "k"},
        )
        assert answer.status_code == 201
    assert Contact.objects.filter(last_name="Once").count() == 1


def test_nobody_is_let_in_and_a_greeting_needs_no_key(stranger: Client) -> None:
    assert stranger.get("/toy").status_code == 200
    for headers in ({}, {"Toy-Key": "wrong"}):
        answer = stranger.get("/toy/contacts", headers=headers)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Toy")
        assert answer.json() == {"glad": False, "why": "WHO", "words": "Show a key."}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "why"),
    [
        ("GET", "/toy/contacts/999999", "", 404, "GONE"),
        ("GET", "/toy/contacts/one", "", 404, "NOWHERE"),
        ("GET", "/toy/nothing/here", "", 404, "NOWHERE"),
        ("GET", "/toy/contacts?find=surname", "", 400, "GIBBERISH"),
        ("GET", "/toy/contacts?find=password+is+x", "", 400, "NO"),
        ("GET", "/toy/contacts?find=%ff", "", 400, "GIBBERISH"),
        ("DELETE", "/toy/contacts", "", 405, "NOT_LIKE_THIS"),
        ("POST", "/toy/contacts", "{", 400, "GIBBERISH"),
        ("POST", "/toy/contacts", "[]", 400, "GIBBERISH"),
        ("POST", "/toy/contacts", '{"surname":"a\\u0000"}', 400, "GIBBERISH"),
        ("POST", "/toy/contacts", "[" * 500 + "]" * 500, 413, "TOO_MUCH"),
        ("POST", "/toy/contacts", "{}", 422, "WRONG"),
    ],
)
def test_every_refusal_is_in_its_own_words(
    client: Client, method: str, path: str, body: str, status: int, why: str
) -> None:
    before = Contact.objects.count()
    answer = client.generic(method, path, body, content_type="application/json")
    assert (answer.status_code, answer.json()["why"]) == (status, why)
    assert Contact.objects.count() == before


def test_addresses_outside_of_it_stay_pages_for_people(stranger: Client) -> None:
    assert stranger.get("/elsewhere").content == b"a page for people"


def test_it_is_documented_under_docs(stranger: Client) -> None:
    document = stranger.get("/docs/toy/openapi.json").json()
    assert document["info"]["title"] == "Toy"
    assert set(document["paths"]) == {"/toy", "/toy/contacts", "/toy/contacts/{number}"}
    page = stranger.get("/docs/toy/")
    assert page.status_code == 200
    assert b'data-document="/docs/toy/openapi.json"' in page.content


def test_no_file_outside_of_the_tests_knows_it() -> None:
    found = subprocess.run(
        ["git", "grep", "-lwi", "toy", "--", "api", "contacts", "crm", "pyproject.toml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""
