"""The administrator's browser, and the contacts that it finds on the server."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    from tests.serving import Server

LIST = "/admin/contacts/contact/"

MAKE = """
import json
from contacts.access import system_actor
from contacts.models import Project
from contacts.services.contacts import archive_contact, create_contact
project = Project.objects.get(identifier="demo").pk
actor = system_actor("demo")
def make(**values):
    return create_contact(actor, {"projects": [project], **values})["id"]
ids = {"anna": make(first_name="Анна", last_name="Петрова", company="Acme", tags=["vip", "press"],
    emails=["anna@example.com", "a.very.long.address.of.anna.petrova@subdomain.example.com"],
    phones=["+7 495 111-22-33"], background="x" * 300, websites=["example.com"],
    addresses=[{"street1": "Main St 1", "city": "Berlin", "country": "Germany"}])}
ids["acme"] = make(kind="organization", organization_name="Acme")
ids["old"] = make(first_name="Old", last_name="Contact")
archive_contact(actor, ids["old"])
for number in range(30):
    make(first_name="Name%s" % number, last_name="Nobody", emails=["n%s@example.com" % number])
print(json.dumps(ids))
"""

Opener = Callable[..., "Page"]
Session = Any  # the cookies of a browser, in a shape of Playwright's own


@pytest.fixture(scope="session")
def ids(server: "Server") -> dict[str, int]:
    """Return the ids of contacts that the server has."""
    made: dict[str, int] = json.loads(server.manage("shell", "-v0", "-c", MAKE).splitlines()[-1])
    return made


@pytest.fixture(scope="session")
def session(browser: "Browser", server: "Server") -> Session:
    """Return the state of a browser in which the administrator has signed in."""
    context = browser.new_context(base_url=server.base_url)
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(server.credentials["username"])
    page.get_by_label("Password").fill(server.credentials["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def opened(
    browser: "Browser", server: "Server", session: Any
) -> Iterator[Opener]:  # Playwright's own shape
    """Return a maker of pages of the administrator; what the console complains about fails."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: "ConsoleMessage") -> None:
        # A refused form is answered with 422, which the console calls an error.
        if message.type in ("error", "warning") and "status of 422" not in message.text:
            complaints.append(message.text)

    def opened_page(address: str, **options: Any) -> "Page":
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(base_url=server.base_url, storage_state=session, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield opened_page
    for context in contexts:
        context.close()
    assert complaints == []
