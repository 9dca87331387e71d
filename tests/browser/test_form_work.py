"""Browsers calculate for a form while its visitor writes; without scripts it waits for review."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_forms import DEFINE, listen, send, stored
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.serving import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("with_scripts", [True, False])
def test_browser_calculates_while_the_visitor_writes(
    browser: "Browser", server: "Server", with_scripts: bool
) -> None:
    said = {"title": "Work", "asks_for_work": True, "fields": ["first_name"], "min_seconds": 0}
    printed = server.manage("shell", "-v0", "-c", DEFINE.format(said=json.dumps(said)))
    asked = json.loads(printed.splitlines()[-1])
    name = f"Worker{with_scripts}"
    context = browser.new_context(base_url=server.base_url, java_script_enabled=with_scripts)
    page = context.new_page()
    complaints = listen(page)
    page.goto(f"/forms/{asked['public_id']}")
    page.get_by_label("First name").fill(name)

    response = send(page)

    assert response.status == 200
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    # Without scripts it waits for a review.
    assert len(stored(server, name)) == int(with_scripts)
    assert complaints == []
    context.close()
