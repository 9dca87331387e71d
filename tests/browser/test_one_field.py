"""One field of a contact is changed where it stands; without scripts, on a page of its own."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.accessibility import findings
from tests.browser.conftest import LIST, Opener
from tests.browsing import expect

if TYPE_CHECKING:
    from tests.serving import Server

pytestmark = pytest.mark.browser

MAKE = """
import json
from contacts.access import system_actor
from contacts.models import Project
from contacts.services.contacts import create_contact
project = Project.objects.get(identifier="demo").pk
def make(name, **values):
    return create_contact(system_actor("demo"), {"projects": [project], "first_name": name,
        "external_identifier": name, **values})["id"]
make("Taken")
print(json.dumps(make("Olga", job_title="Engineer", emails=["olga@example.com"])))
"""
FORM = "form[data-one]"


@pytest.fixture(scope="module")
def olga(server: "Server") -> int:
    """Return the id of a contact of these tests alone."""
    made: int = json.loads(server.manage("shell", "-v0", "-c", MAKE).splitlines()[-1])
    return made


def test_enter_stores_a_field_in_place_and_undo_takes_it_back(opened: Opener, olga: int) -> None:
    page = opened(f"{LIST}{olga}/")
    page.locator("[data-inline=job_title]").click()
    page.locator(f"{FORM} [name=job_title]").fill("Chief engineer")
    assert findings(page) == []
    page.keyboard.press("Enter")

    page.locator(".messages button").wait_for()
    expect(page.locator(FORM)).to_have_count(0)
    expect(page.locator("[data-inline=job_title]")).to_be_focused()
    expect(page.locator("dl.facts", has_text="Chief engineer")).to_have_count(1)
    page.locator(".messages button").click()
    page.get_by_text("1 change taken back.").wait_for()
    expect(page.locator("dl.facts", has_text="Chief engineer")).to_have_count(0)


def test_escape_leaves_a_field_as_it_was(opened: Opener, olga: int) -> None:
    page = opened(f"{LIST}{olga}/")
    page.locator("[data-inline=job_title]").focus()
    page.keyboard.press("Enter")
    page.locator(f"{FORM} [name=job_title]").fill("Nothing")
    page.keyboard.press("Escape")

    expect(page.locator(FORM)).to_have_count(0)
    expect(page.locator("[data-inline=job_title]")).to_be_focused()
    expect(page.get_by_text("Nothing", exact=True)).to_have_count(0)


def test_refused_field_stays_in_place_with_its_mistake(opened: Opener, olga: int) -> None:
    page = opened(f"{LIST}{olga}/")
    page.locator("[data-inline=external_identifier]").click()
    page.locator(f"{FORM} [name=external_identifier]").fill("Taken")
    page.keyboard.press("Enter")

    page.locator(f"{FORM} .error").first.wait_for()
    expect(page.locator(f"{FORM} [name=external_identifier]")).to_have_value("Taken")
    expect(page.locator("#faults")).to_be_focused()


def test_without_scripts_a_field_has_a_page_of_its_own(opened: Opener, olga: int) -> None:
    page = opened(f"{LIST}{olga}/", java_script_enabled=False)
    page.locator("[data-inline=emails]").click()
    page.get_by_role("button", name="Add another e-mail").click()
    page.locator("[name=emails-1-address]").fill("second@example.com")
    page.get_by_role("button", name="Save").last.click()

    page.wait_for_url(f"**{LIST}{olga}/")
    expect(page.get_by_role("link", name="second@example.com", exact=True)).to_have_count(1)
    page.get_by_text("QR code for a phone").click()
    expect(page.locator("img.code")).to_be_visible()
