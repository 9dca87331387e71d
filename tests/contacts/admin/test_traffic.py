"""What programs ask is on a screen, with what they ask in vain, and never what they sent."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from contacts.access import CredentialOptions, make_credential
from contacts.access.request_log import forget_notes, forget_requests, write_notes
from contacts.models import Contact, Project, RequestLogEntry, User
from tests.contacts.admin.reading import read

TRAFFIC = "/admin/contacts/requestlogentry/"
VTIGER = "/webservice.php"


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    """Begin without what other tests asked."""
    forget_notes()


def test_requests_of_programs_are_told_with_who_and_what(
    at_ada: Client, ada: User, project: Project, client: Client
) -> None:
    key, secret = make_credential("redmineup_key", ada, CredentialOptions(name="Shop"))
    header = {"x-redmine-api-key": secret}
    body = {"contact": {"first_name": "Secretname", "project_id": project.pk}}
    made = client.post("/contacts.json", body, "application/json", headers=header)
    assert made.status_code == 201
    client.get("/contacts.json?search=Secretname&limit=5", headers=header)
    client.get(f"{VTIGER}?operation=fly")

    page = read(at_ada, TRAFFIC)
    assert "fly Vtiger CRM 200, refused UNKNOWN_OPERATION" in page.text
    assert "Programs have asked 1 time for “fly”: UNKNOWN_OPERATION" in page.text
    assert "Shop" in page.text
    client.get("/deals.json")
    assert "1 time for “GET /deals.json”: authentication: missing" in read(at_ada, TRAFFIC).text
    assert "Secretname" not in page.text
    assert secret not in page.text
    one = read(at_ada, TRAFFIC + f"{RequestLogEntry.objects.get(method='POST').pk}/")
    assert one.links["Secretname"].endswith(f"/contact/{Contact.objects.get().pk}/")
    listed = RequestLogEntry.objects.get(path="/contacts.json", method="GET")
    assert listed.parameters == "search limit"
    assert (listed.credential_id, listed.is_failed) == (key.pk, False)


def test_the_list_is_narrowed_to_a_protocol_a_key_or_failures(
    at_ada: Client, client: Client, ada: User
) -> None:
    client.get(f"{VTIGER}?operation=fly")
    client.get(f"{VTIGER}?operation=getchallenge&username={ada.username}")
    client.get("/contacts.json")

    assert "GET /contacts.json" not in read(at_ada, f"{TRAFFIC}?door=vtiger").text
    failed = read(at_ada, f"{TRAFFIC}?door=vtiger&only=failed").text
    assert "fly" in failed
    assert "getchallenge" not in failed
    assert "Nothing fits" in read(at_ada, f"{TRAFFIC}?only=slow&door=concord").text


def test_only_administrators_see_it(at_alice: Client) -> None:
    assert read(at_alice, TRAFFIC).status == 403


def test_what_is_old_is_forgotten_and_nothing_is_kept_where_that_is_asked_for(
    client: Client, ada: User, settings: object
) -> None:
    client.get(f"{VTIGER}?operation=fly")
    write_notes()
    RequestLogEntry.objects.update(at=timezone.now() - timedelta(days=8))
    assert forget_requests() == 1
    settings.REQUEST_LOG_DAYS = 0  # type: ignore[attr-defined]  # pytest-django's own
    client.get(f"{VTIGER}?operation=fly")
    write_notes()
    assert not RequestLogEntry.objects.exists()


@pytest.mark.parametrize("path", ["/contacts/" + "a1" * 20 + ".json", "/contacts/\ud83d.json"])
def test_whatever_is_asked_for_can_be_written(path: str, client: Client, ada: User) -> None:
    client.get(path.encode("utf-8", "replace").decode(), REMOTE_ADDR="unix:/socket")
    write_notes()

    entry = RequestLogEntry.objects.get()
    assert "a1a1" not in entry.path
    assert entry.address is None
