"""People find contacts in a real browser: filters, views, columns, the quick search."""

from typing import TYPE_CHECKING

import pytest

from tests.accessibility import findings
from tests.browser.conftest import LIST, Opener
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def choose(page: "Page", name: str, value: str, *, with_scripts: bool) -> None:
    """Choose from a list of the filter form, and go on to the next step."""
    field = page.locator(f"select[name={name}]")
    # Scripts listen once the page is loaded, which may be after the field is there.
    field.wait_for()
    page.wait_for_load_state("load")
    field.select_option(value)
    if not with_scripts:
        row = page.locator("li", has=page.locator(f"select[name={name}]"))
        row.locator("button[value=step]").click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("with_scripts", [True, False])
def test_filter_is_put_together_step_by_step_and_kept_as_a_view(
    opened: Opener, ids: dict[str, int], with_scripts: bool
) -> None:
    page = opened(LIST, java_script_enabled=with_scripts)
    page.get_by_role("link", name="Advanced filter").click()
    choose(page, "g0-r0-field", "city", with_scripts=with_scripts)
    choose(page, "g0-r0-ask", "contains", with_scripts=with_scripts)
    page.locator("input[name=g0-r0-value]").fill("berl")
    page.get_by_role("button", name="Another condition").click()
    choose(page, "g0-r1-field", "kind", with_scripts=with_scripts)
    choose(page, "g0-r1-ask", "any_of", with_scripts=with_scripts)
    page.get_by_label("person", exact=True).check()
    page.get_by_role("button", name="Show", exact=True).last.click()

    expect(page.get_by_text("City contains “berl”")).to_be_visible()
    expect(page.get_by_role("link", name="Анна Петрова")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)

    page.locator("summary", has_text="Save as view").click()
    name = f"Berlin {with_scripts}"
    page.get_by_label("Name of the view").fill(name)
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    page.goto(LIST)
    page.get_by_role("link", name=name).click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_list_follows_what_is_typed_and_is_worked_with_at_once(
    opened: Opener, ids: dict[str, int]
) -> None:
    page = opened(f"{LIST}?sort=-created")
    rows = page.locator("tbody tr")

    page.keyboard.press("/")
    page.keyboard.type("петр")
    expect(rows).to_have_count(1)
    expect(page.locator("[data-told]")).to_have_text("1–1 of 1")
    page.get_by_label("Search", exact=True).blur()
    page.keyboard.press("j")
    page.keyboard.press("x")

    expect(rows.get_by_label("Tick Анна Петрова")).to_be_checked()
    expect(page.locator("[data-count]")).to_have_text("With the ticked contacts: 1")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "петр"
    assert "sort=-created" in page.url


def test_column_is_added_without_scripts(opened: Opener, ids: dict[str, int]) -> None:
    page = opened(f"{LIST}?q=петрова", java_script_enabled=False)

    page.locator("summary", has_text="Columns").click()
    page.get_by_label("Another column").select_option("city")
    page.get_by_role("button", name="Add column").click()

    expect(page.get_by_role("cell", name="Berlin")).to_be_visible()


def test_quick_search_opens_anywhere_by_keyboard(opened: Opener, ids: dict[str, int]) -> None:
    page = opened("/admin/")

    page.keyboard.press("Control+k")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("петрва")
    page.get_by_role("dialog").get_by_role("link", name="Анна Петрова").wait_for()
    assert findings(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIST}{ids['anna']}/")


def test_quick_search_is_a_page_without_scripts(opened: Opener, ids: dict[str, int]) -> None:
    page = opened("/admin/", java_script_enabled=False)

    page.get_by_role("link", name="Go to").click()
    page.get_by_role("searchbox").fill("anna@example")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Анна Петрова").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Анна Петрова")


def test_similar_contacts_are_shown_while_somebody_types(
    opened: Opener, ids: dict[str, int]
) -> None:
    page = opened(f"{LIST}add/")

    page.get_by_label("E-mail", exact=True).first.fill("anna@example.com")

    page.get_by_role("link", name="Анна Петрова").wait_for()
    assert findings(page) == []
    page.get_by_label("First name").fill("Anna")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("There are similar contacts")).to_be_visible()
