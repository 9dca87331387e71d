"""The list of contacts says what it shows as a request of every protocol."""

import html
import re

import pytest
from django.test import Client

from contacts.models import Project, User
from tests.builders import actor_for, make_contact

PEOPLE = (
    {"first_name": "Alice", "emails": [{"address": "alice@example.org"}]},
    {"organization_name": "Roofs", "kind": "organization"},
)


@pytest.fixture
def page_of(alice: User, project: Project) -> Client:
    """Return the browser of somebody who has contacts of all kinds."""
    for values in PEOPLE:
        make_contact(actor_for(alice), projects=[project.pk], **values)
    client = Client()
    client.force_login(alice)
    return client


def test_the_list_leads_to_its_requests_with_its_filter(page_of: Client) -> None:
    page = page_of.get("/admin/contacts/contact/?kind=person&sort=-changed").content.decode()

    (address,) = re.findall(r'href="(/admin/list-requests/[^"]*)"', page)
    assert html.unescape(address) == "/admin/list-requests/?kind=person&sort=-changed"


def test_every_protocol_has_its_request_or_a_sentence(page_of: Client) -> None:
    answer = page_of.get("/admin/list-requests/?kind=person&has_email=yes")
    page = html.unescape(answer.content.decode())

    assert answer.status_code == 200
    assert '"contact_type":"Individual","email":{"IS NOT NULL":1}' in page
    assert "SELECT * FROM Contacts WHERE" in page
    assert "GET /contacts.json\nis_company=0\nemail=*" in page
    assert "GET /api/contacts" in page
    assert "/v2.2/accounts/1/contacts" in page
    assert len(page.encode()) < 100_000


def test_a_search_for_any_text_is_said_where_a_protocol_has_one(page_of: Client) -> None:
    page = html.unescape(page_of.get("/admin/list-requests/?q=Alice").content.decode())

    assert page.count("It does not search as the list does, through everything at once.") == 2
    assert page.count("forgives no slips.") == 3
    assert "\nsearch=Alice" in page
    assert "simpleQuery=Alice" in page
    assert "q=Alice" in page


def test_nobody_sees_it_without_signing_in(client: Client) -> None:
    assert client.get("/admin/list-requests/").status_code == 302
