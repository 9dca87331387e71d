"""A file of contacts: sent, looked at, checked, taken in, taken back; with scripts and without."""

import csv
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import LIST, Opener
from tests.browsing import expect
from tests.serving import PATIENCE_IN_SECONDS, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Server

pytestmark = pytest.mark.browser

ROWS = [
    ["Mail", "Whole name", "Job title", "Joined"],
    ["n3@example.com", "Iris Importfile", "Botanist", ""],
    ["jan@import.example", "Jan Importfile", "", ""],
    ["kim@import.example", "Kim Importfile", "", "x" * 300],
]


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def desk(request: Any, opened: Opener) -> Opener:  # pytest's own request
    """Return the maker of pages, once with scripts and once without them."""
    return lambda address: opened(address, java_script_enabled=request.param)


def written() -> bytes:
    """Return the file as another program wrote it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(ROWS)
    return text.getvalue().encode("cp1252")


@pytest.fixture(scope="module")
def worker(server: "Server") -> Iterator[None]:
    """Have a worker beside the server, which has none of its own."""
    command = [sys.executable, "manage.py", "worker", "--threads", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=server.environment, stdout=subprocess.DEVNULL
    ) as running:
        yield
        running.terminate()


def ended(page: "Page") -> None:
    """Look at a job until it has ended."""
    page.wait_for_url("**/job/*/")
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while not page.get_by_text("Ended", exact=True).count():
        assert time.monotonic() < give_up, page.get_by_role("main").inner_text()
        page.reload()


@pytest.mark.usefixtures("worker")
def test_a_file_is_looked_at_checked_taken_in_and_taken_back(
    desk: Opener, ids: dict[str, int]
) -> None:
    page = desk(f"{LIST}import/")
    page.locator("#file").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": written()}
    )
    page.get_by_role("button", name="Look into it").click()
    page.wait_for_url("**/import/*/")
    page.get_by_label("Whole name", exact=True).select_option("full_name")
    page.get_by_label("Joined", exact=True).select_option("nickname")
    page.get_by_role("button", name="Check the whole file").click()
    ended(page)
    expect(page.get_by_text("Would be taken in")).to_be_visible()
    page.get_by_role("link", name="Row by row").click()
    known = page.get_by_role("row", name="Known: changed").first
    expect(known).to_contain_text("Job title")
    expect(page.get_by_role("row", name="Refused")).to_contain_text("At most")
    address = known.get_by_role("link").get_attribute("href")
    page.get_by_role("link", name="Back to the file").click()

    expect(page.get_by_label("Joined", exact=True)).to_have_value("nickname")
    page.get_by_role("button", name="Take it in").click()
    ended(page)
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.locator(".messages")).to_contain_text("changes taken back")
    page.goto(str(address))
    expect(page.get_by_text("people.csv, row 2").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Name3 Nobody")
