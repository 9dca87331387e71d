"""Pages work under the strict policy that they are sent with."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/admin/login/", "/docs/redmineup/", "/no/such/page"])
def test_page_opens_without_a_complaint_of_the_browser(page: "Page", address: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert [text for text in complaints if "404 (Not Found)" not in text] == []
    assert page.locator("body").inner_text().strip()


def test_pages_ask_no_other_host_for_anything(page: "Page", server: "Server") -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/admin/login/")
    page.goto("/docs/redmineup/")
    page.wait_for_load_state("networkidle")

    assert asked
    assert [url for url in asked if not url.startswith((server.base_url, "data:"))] == []
