"""Lend tests a page in a real Chromium, the one of the operating system."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.serving import Server

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def unavailable(reason: str) -> None:
    """Skip the test, or fail it where a browser is required."""
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


def expect(subject: "Locator | Page") -> Any:  # Playwright's own shape
    """Return what can be claimed of a page or an element; a claim waits up to 15 s to come true.

    A click returns when the next page has begun to arrive, so that what is read from it at once
    may not be there yet.
    """
    from playwright.sync_api import expect as patient  # noqa: PLC0415 - installed on demand

    patient.set_options(timeout=15_000)
    return patient(subject)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start Chromium once for the run."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - installed on demand
    except ImportError:
        unavailable("playwright is not installed. Run: make install-browser")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        unavailable("Chromium is not installed. Run: sudo apt install chromium")
    # Chromium cannot build its sandbox as root.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else [*ARGUMENTS]
    # Playwright keeps an event loop in this thread, which later tests of the database share.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def page(browser: "Browser", server: "Server") -> "Iterator[Page]":
    """Open an empty page of a fresh profile; its addresses start at the server."""
    context = browser.new_context(base_url=server.base_url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
