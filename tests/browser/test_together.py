"""Two people work on the same contact, and send each other what they are looking at."""

import json
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.accessibility import findings
from tests.browser.conftest import LIST, Opener
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Server

pytestmark = pytest.mark.browser

CITY = "Sharedville"
WHERE = (
    '{"and":[{"field":"city","operator":"contains","value":"sharedv"},'
    '{"field":"kind","operator":"eq","value":"person"}]}'
)


@pytest.fixture
def shared(server: "Server") -> int:
    """Return a contact made for one test."""
    said = {
        "project_id": "demo",
        "first_name": "Shared",
        "last_name": "Contact",
        "job_title": "Baker",
        "address_attributes": {"city": CITY},
    }
    key = server.credentials["redmineup"]["api_key"]
    asked = urllib.request.Request(
        f"{server.base_url}/contacts.json",
        data=json.dumps({"contact": said}).encode(),
        headers={"X-Redmine-API-Key": key, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        made: int = json.load(answer)["contact"]["id"]
    return made


def save(page: "Page") -> None:
    """Send the form of a contact."""
    page.get_by_role("button", name="Save", exact=True).last.click()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_whoever_saves_second_sees_both_versions_and_chooses(
    opened: Opener, shared: int, with_scripts: bool
) -> None:
    address = f"{LIST}{shared}/change/"
    first = opened(address, java_script_enabled=with_scripts)
    second = opened(address, java_script_enabled=with_scripts)
    first.locator("[name=job_title]").fill("Painter")
    first.locator("[name=department]").fill("Walls")
    save(first)
    first.wait_for_url(f"**/{shared}/")

    second.locator("[name=job_title]").fill("Roofer")
    second.locator("[name=nickname]").fill("Shy")
    save(second)
    both = second.get_by_role("group", name="Job title")
    expect(both).to_contain_text("Theirs: Painter")
    expect(both).to_contain_text("Yours: Roofer")
    expect(second.locator("[name=nickname]")).to_have_value("Shy")
    if with_scripts:
        assert findings(second) == []

    both.get_by_label("Theirs: Painter").check()
    save(second)
    second.wait_for_url(f"**/{shared}/")
    # The other's choice, one's own nickname, and what the other alone had changed.
    page = second.locator("main")
    expect(page).to_contain_text("Painter")
    expect(page).to_contain_text("Shy")
    expect(page).to_contain_text("Walls")


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_filter_is_sent_to_somebody_as_an_address(
    opened: Opener, shared: int, with_scripts: bool
) -> None:
    page = opened(f"{LIST}?where={quote(WHERE)}&sort=-created", java_script_enabled=with_scripts)

    expect(page.get_by_text("City contains “sharedv”")).to_be_visible()
    expect(page.get_by_role("link", name="Shared Contact").first).to_have_attribute(
        "href", f"{LIST}{shared}/"
    )
    page.get_by_role("link", name="Edit the filter").click()
    expect(page.locator("input[name=g0-r0-value]")).to_have_value("sharedv")
    page.go_back()
    expect(page.get_by_text("City contains “sharedv”")).to_be_visible()


def test_an_address_that_was_cut_in_a_mail_shows_a_list_all_the_same(
    opened: Opener, shared: int
) -> None:
    page = opened(f"{LIST}?where={quote(WHERE[:40])}&sort=-created&kind=person")

    expect(page.get_by_role("link", name="Shared Contact").first).to_be_visible()
    expect(page.get_by_text("Kind: person")).to_be_visible()
