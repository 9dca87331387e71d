"""Nothing typed is lost when the session ends, or when another tab signs in."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import LIST
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.serving import Server

pytestmark = pytest.mark.browser

MAKE = """
import json
from contacts.access import system_actor
from contacts.models import Project
from contacts.services.contacts import create_contact
project = Project.objects.get(identifier="demo").pk
values = {"first_name": "Kept", "last_name": "Typing", "job_title": "Baker", "projects": [project]}
print(json.dumps(create_contact(system_actor("demo"), values)["id"]))
"""


@pytest.fixture
def contact(server: "Server") -> int:
    """Return a contact made for one test."""
    made: int = json.loads(server.manage("shell", "-v0", "-c", MAKE).splitlines()[-1])
    return made


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def desk(
    request: Any, browser: "Browser", server: "Server"
) -> "Iterator[BrowserContext]":  # pytest's own request
    """Lend a browser in which nobody has signed in, once with scripts and once without."""
    context = browser.new_context(base_url=server.base_url, java_script_enabled=request.param)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def sign_in(page: "Page", server: "Server") -> None:
    """Sign in on the page that asks for it."""
    page.get_by_label("Username").fill(server.credentials["username"])
    page.get_by_label("Password").fill(server.credentials["password"])
    page.get_by_role("button", name="Sign in").click()


def opened(desk: "BrowserContext", server: "Server", address: str) -> "Page":
    """Open a page, and sign in where that is asked for."""
    page = desk.new_page()
    page.goto(address)
    if "/login/" in page.url:
        sign_in(page, server)
        page.wait_for_url(f"**{address}")
    return page


def save(page: "Page") -> None:
    """Send the form."""
    page.get_by_role("button", name="Save", exact=True).last.click()


def test_a_session_that_ended_while_typing_brings_the_form_back(
    desk: "BrowserContext", server: "Server", contact: int
) -> None:
    page = opened(desk, server, f"{LIST}{contact}/change/")
    page.locator("[name=job_title]").fill("Typed for long")
    desk.clear_cookies(name="sessionid")
    save(page)

    expect(page.get_by_text("Sign in, and what you typed is back.")).to_be_visible()
    sign_in(page, server)
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(f"**/contact/{contact}/")
    expect(page.locator(".heading").first).to_contain_text("Typed for long")


def test_signing_in_anew_in_another_tab_loses_nothing_of_the_first(
    desk: "BrowserContext", server: "Server", contact: int
) -> None:
    page = opened(desk, server, f"{LIST}{contact}/change/")
    page.locator("[name=job_title]").fill("Typed in the first tab")
    desk.clear_cookies(name="sessionid")
    opened(desk, server, LIST).close()
    save(page)

    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(f"**/contact/{contact}/")
    expect(page.locator(".heading").first).to_contain_text("Typed in the first tab")


def test_another_kind_of_contact_is_chosen_without_losing_what_was_typed(
    desk: "BrowserContext", server: "Server"
) -> None:
    page = opened(desk, server, f"{LIST}add/")
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("[name=first_name]").fill("Typed")
    page.locator("[name=last_name]").fill("Before Choosing")
    page.locator("[name=emails-0-address]").fill("typed@example.com")
    kinds = page.get_by_role("list", name="Kind")
    kinds.get_by_role("button", name="Household").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/add/?kind=household")
    expect(page.locator("[name=household_name]")).to_have_value("Typed Before Choosing")
    expect(kinds.locator("[aria-current]")).to_have_text("Household")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Enter in a field saves, although the kinds stand before it.
    page.locator("[name=emails-0-address]").press("Enter")
    expect(page.locator(".heading").first).to_contain_text("Typed Before Choosing")
    assert "/add/" not in page.url
