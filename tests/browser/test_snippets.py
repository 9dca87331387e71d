"""The code that owners are given to paste works as it stands, on a page of another origin."""

import html
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Opener
from tests.browser.test_forms import Definer, Site, define, site, stored
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Server

__all__ = ["define", "site"]

pytestmark = pytest.mark.browser

FIELDS = [{"key": "first_name", "is_required": True}, {"key": "background", "label": "Message"}]


def code_of(page: "Page", beginning: str) -> str:
    """Return the code of a page that begins so, as it is copied."""
    codes = [
        html.unescape(text) for text in re.findall(r"<code>(.*?)</code>", page.content(), re.S)
    ]
    return next(code for code in codes if code.startswith(beginning))


@pytest.fixture
def shown(opened: Opener, define: Definer, site: Site) -> "Page":
    """Return the page on which a form's owner finds the code."""
    form = define(fields=FIELDS, title="Pasted", allowed_sites=[site.address])
    return opened(f"/admin/contacts/webform/{form['id']}/")


def test_plain_form_sends_from_another_site(shown: "Page", server: "Server", site: Site) -> None:
    site.html = code_of(shown, "<form")
    page = shown.context.new_page()
    page.goto(site.address)
    page.get_by_label("First name").fill("Pasty")
    page.get_by_label("Message").fill("From a page of my own")
    page.get_by_role("button", name="Send").click()

    page.wait_for_url(f"{server.base_url}/**")
    assert stored(server, "Pasty") == ["From a page of my own"]


def test_frame_shows_the_form_in_the_page(shown: "Page", server: "Server", site: Site) -> None:
    site.html = code_of(shown, "<iframe")
    page = shown.context.new_page()
    page.goto(site.address)
    frame = page.frame_locator("iframe")
    frame.get_by_label("First name").fill("Frieda")
    frame.get_by_role("button", name="Send").click()

    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible()
    assert stored(server, "Frieda") == [""]


def test_script_puts_the_form_where_it_stands(shown: "Page", server: "Server", site: Site) -> None:
    site.html = f"<p>Before</p>{code_of(shown, '<script')}<p>After</p>"
    page = shown.context.new_page()
    page.goto(site.address)
    frame = page.frame_locator("p + script + iframe[title='Pasted']")
    frame.get_by_label("First name").fill("Scripty")
    frame.get_by_role("button", name="Send").click()

    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible()
    assert stored(server, "Scripty") == [""]


def test_link_and_command_reach_the_form(shown: "Page", server: "Server", site: Site) -> None:
    site.html = code_of(shown, "<a ")
    page = shown.context.new_page()
    page.goto(site.address)
    page.get_by_role("link", name="Pasted").click()
    page.get_by_label("First name").fill("Linka")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert stored(server, "Linka") == [""]

    command = code_of(shown, "curl")
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("HTTP/1.1 2"), done.stdout
