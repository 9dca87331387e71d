"""What people do every day, with scripts and without them."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import LIST, Opener
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.serving import Server

pytestmark = pytest.mark.browser

MAKE = """
import json
from contacts.access import system_actor
from contacts.models import Project
from contacts.services.contacts import create_contact
project = Project.objects.get(identifier="demo").pk
actor = system_actor("demo")
def make(**values):
    return create_contact(actor, {"projects": [project], "last_name": "Dailywork", **values})["id"]
print(json.dumps([
    make(first_name="Berta", emails=["berta@daily.example"], phones=["+49 30 5550001"]),
    make(first_name="Berta", emails=["berta@daily.example"], job_title="Roofer"),
    make(first_name="Carl"),
]))
"""


@pytest.fixture
def daily(server: "Server") -> list[int]:
    """Return the ids of three contacts made for one test; the first two are the same person."""
    made: list[int] = json.loads(server.manage("shell", "-v0", "-c", MAKE).splitlines()[-1])
    return made


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def desk(request: Any, opened: Opener) -> Opener:  # pytest's own request
    """Return the maker of pages, once with scripts and once without them."""
    return lambda address: opened(address, java_script_enabled=request.param)


def said(page: "Page") -> "Locator":
    """Return what the page tells of what has just been done."""
    return page.locator(".messages")


def undo(page: "Page") -> None:
    """Press Undo in the message."""
    page.locator(".messages").get_by_role("button", name="Undo").click()
    page.wait_for_load_state()


def test_somebody_is_found_by_the_last_digits_of_the_phone(desk: Opener, daily: list[int]) -> None:
    page = desk(LIST)
    page.locator("main input[name=q]").fill("5550001")
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url("**q=5550001*")

    page.get_by_role("link", name="Berta Dailywork").first.click()
    page.wait_for_url("**/contact/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Berta Dailywork")


def test_somebody_new_is_written_down_from_a_signature(desk: Opener, daily: list[int]) -> None:
    page = desk(f"{LIST}add/")
    page.get_by_text("Paste a signature").click()
    page.locator("#signature").fill("Dora Fresh\nHead of Sales\nAcme GmbH\nTel. 030 7654321")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_load_state()
    expect(page.locator("[name=last_name]")).to_have_value("Fresh")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/contact/*/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Dora Fresh")
    undo(page)


def test_a_job_title_is_changed_and_taken_back(desk: Opener, daily: list[int]) -> None:
    page = desk(f"{LIST}{daily[2]}/change/")
    page.locator("[name=job_title]").fill("Painter")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url(f"**/{daily[2]}/")
    expect(said(page)).to_contain_text("is saved")
    undo(page)

    expect(said(page)).to_contain_text("1 change taken back")
    expect(page.locator(".heading")).not_to_contain_text("Painter")


def test_a_note_is_written_deleted_and_brought_back(desk: Opener, daily: list[int]) -> None:
    page = desk(f"{LIST}{daily[2]}/")
    page.locator("#notes textarea").fill("Called about the roof.")
    page.get_by_role("button", name="Add note").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Delete note").click()
    page.wait_for_load_state()
    expect(page.locator("#notes")).not_to_contain_text("Called about the roof.")
    undo(page)

    page.goto(f"{LIST}{daily[2]}/")
    expect(page.locator("#notes")).to_contain_text("Called about the roof.")


def test_several_are_tagged_at_once_and_taken_back(desk: Opener, daily: list[int]) -> None:
    page = desk(f"{LIST}?q=Dailywork&sort=-created")
    for pk in daily:
        page.locator(f"input[name=id][value='{pk}']").check()
    page.locator("#bulk_tag").fill("daily")
    page.get_by_role("button", name="Add tag").click()
    page.wait_for_load_state()
    expect(said(page)).to_contain_text("3 contacts changed")
    undo(page)

    expect(said(page)).to_contain_text("3 changes taken back")


def test_two_that_are_the_same_are_merged_and_separated(desk: Opener, daily: list[int]) -> None:
    page = desk(f"{LIST}merge/?id={daily[0]}&id={daily[1]}")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url("**/contact/*/")
    expect(said(page)).to_contain_text("Merged into")
    expect(page.locator(".heading").first).to_contain_text("Roofer")
    undo(page)

    page.goto(f"{LIST}{daily[1]}/")
    expect(page.locator(".banner")).to_have_count(0)


def test_ticked_ones_are_saved_as_a_table(desk: Opener, daily: list[int]) -> None:
    page = desk(f"{LIST}?q=Dailywork&sort=-created")
    page.locator(f"input[name=id][value='{daily[2]}']").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()

    assert "Carl" in download.value.path().read_text("utf-8-sig")
