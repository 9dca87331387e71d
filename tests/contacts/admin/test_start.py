"""The start page says where things stand, what needs somebody, and where to go on."""

import html
import re

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from contacts.access import Actor
from contacts.models import Project
from contacts.services.contacts import create_contact
from tests.builders import make_contact
from tests.contacts.admin.reading import Page, read

LACKS = "The database lacks 1 step to this version."


def test_a_step_that_the_database_lacks_is_told_to_administrators(
    at_ada: Client, at_alice: Client
) -> None:
    assert LACKS not in Page(at_ada.get("/admin/")).text
    steps = MigrationRecorder(connection).migration_qs.filter(app="contacts")
    steps.filter(pk=steps.latest("pk").pk).delete()

    assert LACKS in Page(at_ada.get("/admin/")).text
    assert LACKS not in Page(at_alice.get("/admin/")).text


def test_the_number_of_new_contacts_leads_to_just_these(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    make_contact(owner, first_name="Fresh", projects=[project.pk])
    page = at_alice.get("/admin/").content.decode()
    (address,) = re.findall(r'href="([^"]*)"[^>]*><b>1</b><span>new this week', page)

    listed = Page(at_alice.get(html.unescape(address))).text
    assert "Fresh" in listed
    assert "Created" in listed


def test_new_contacts_are_told_by_their_source_and_lead_to_just_these(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    for name, channel in (("Fresh", "import"), ("Frank", "import"), ("Fiona", "form")):
        values = {"first_name": name, "projects": [project.pk]}
        create_contact(owner, values, entry_channel=channel)
    page = at_alice.get("/admin/").content.decode()
    (address,) = re.findall(r'href="([^"]*)"[^>]*>.{0,200}<span>Import</span> <b>2</b>', page)

    listed = Page(at_alice.get(html.unescape(address))).text
    assert "Fresh" in listed
    assert "Frank" in listed
    assert "Fiona" not in listed


def test_requests_of_a_protocol_lead_to_all_of_them(at_ada: Client, client: Client) -> None:
    client.get("/webservice.php?operation=fly")
    client.get("/contacts.json")
    page = at_ada.get("/admin/").content.decode()
    (address,) = re.findall(r'href="([^"]*)"[^>]*><b>\d+</b><span>Vtiger', page)

    listed = Page(at_ada.get(html.unescape(address))).text
    assert "fly" in listed
    assert "/contacts.json" not in listed


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("", "Everybody who signs in sees this screen"),
        ("contacts/contact/", "Everybody who signs in sees this screen"),
        ("contacts/deal/", "by administrators and by those who may see deals."),
        ("contacts/user/", "Administrators see this screen."),
    ],
)
def test_each_screen_says_who_sees_it(at_ada: Client, address: str, who: str) -> None:
    assert who in read(at_ada, f"/admin/{address}").text
