"""Every answer is the envelope, whatever was sent."""

from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Contact
from tests.dialects.vtiger.calling import FORM, Caller, envelope_of, error_of

pytestmark = pytest.mark.django_db

UNKNOWN = ("UNKNOWN_OPERATION", "Unknown operation requested")


def ask(who: Caller, query: str) -> HttpResponse:
    """Send a query string exactly as it is written."""
    return who.client.generic("GET", f"/webservice.php?{query}")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "BREW", "OPTIONS"])
def test_verbs_that_are_not_spoken_get_the_envelope(method: str, as_nobody: Caller) -> None:
    assert envelope_of(as_nobody.send(method, {"operation": "listtypes"}))["success"] is False


@pytest.mark.parametrize("folder", ["", "/vtigercrm", "/crm"])
@pytest.mark.parametrize("end", ["", "/"])
def test_address_may_have_a_folder_and_a_slash(folder: str, end: str) -> None:
    path = f"{folder}/webservice.php{end}"
    client = Client(raise_request_exception=False)
    assert error_of(envelope_of(client.get(path))) == UNKNOWN
    assert error_of(envelope_of(client.post(path))) == UNKNOWN


@pytest.mark.parametrize("path", ["/webservice.php/more", "/a/b/webservice.php"])
def test_other_addresses_are_no_answers_of_the_service(path: str) -> None:
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code in (200, 404)
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1, 2]"),
        ("application/json", b'"text"'),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b""),
        (FORM, b"operation=%ff%fe"),
        (FORM, b"operation[]=listtypes&sessionName[x]=1"),
        ("image/png", b"\x89PNG"),
        ("text/plain", b"\0\0\0"),
    ],
)
def test_broken_bodies_get_the_envelope(content_type: str, body: bytes) -> None:
    client = Client(raise_request_exception=False)
    answer = client.generic("POST", "/webservice.php", body, content_type)
    assert envelope_of(answer)["success"] is False


def test_empty_first_pair_of_old_clients_does_no_harm(as_alice: Caller) -> None:
    answer = ask(as_alice, f"&operation=listtypes&sessionName={as_alice.session}&fieldTypeList=")
    assert envelope_of(answer)["success"] is True


def test_unencoded_query_is_read(as_alice: Caller, tom: Contact) -> None:
    text = "select%20*%20from%20Contacts%20where%20lastname='Smith';"
    answer = ask(as_alice, f"operation=query&sessionName={as_alice.session}&query={text}")
    assert len(envelope_of(answer)["result"]) == 1


@pytest.mark.parametrize("written", ["%u0418%u0432%u0430%u043D", quote("Иван")])
def test_letters_of_every_way_of_escaping_are_read(written: str, as_alice: Caller) -> None:
    as_alice.create("Contacts", lastname="Иван")
    text = f"select%20id%20from%20Contacts%20where%20lastname%3D%27{written}%27%3B"
    answer = ask(as_alice, f"operation=query&sessionName={as_alice.session}&query={text}")
    assert len(envelope_of(answer)["result"]) == 1


def test_letters_of_latin_1_are_read(as_alice: Caller) -> None:
    as_alice.create("Contacts", lastname="Élise")
    text = "select%20id%20from%20Contacts%20where%20lastname%3D%27%C9lise%27"
    answer = ask(as_alice, f"operation=query&sessionName={as_alice.session}&query={text}")
    assert len(envelope_of(answer)["result"]) == 1


def test_percent_sign_that_is_meant_as_itself_stays(as_alice: Caller) -> None:
    as_alice.create("Contacts", lastname="100%u0041")
    assert as_alice.query("SELECT lastname FROM Contacts WHERE lastname='100%u0041'")


def test_get_operation_finds_its_parameters_in_the_body_too(as_alice: Caller, tom: Contact) -> None:
    body = {
        "operation": "query",
        "sessionName": as_alice.session,
        "query": "SELECT id FROM Contacts;",
    }
    assert len(envelope_of(as_alice.send("POST", {}, body))["result"]) == 1


def test_post_operation_never_reads_the_query_string(as_alice: Caller, tom: Contact) -> None:
    sent = {"operation": "delete", "sessionName": as_alice.session, "id": f"12x{tom.pk}"}
    for method in ("GET", "POST"):
        refused = error_of(envelope_of(as_alice.send(method, sent)))
        assert refused[0] == "ACCESS_DENIED"
    tom.refresh_from_db()
    assert tom.archived_at is None


def test_throttled_request_gets_the_envelope(
    as_alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"credential": "1/hour", "address": None}
    monkeypatch.setattr(
        "api.base.throttling.api_settings", type("Rates", (), {"DEFAULT_THROTTLE_RATES": rates})
    )
    assert as_alice.get("listtypes")
    code, message = as_alice.refusal("listtypes")
    assert code == "ACCESS_DENIED"
    assert "Too many requests" in message
