"""Keys, custom fields, the builder of forms and its inbox without ever touching a mouse."""

import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import Opener
from tests.browser.test_forms import Definer, define
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.serving import Server

__all__ = ["define"]

pytestmark = pytest.mark.browser

MOST_STEPS = 150
# Nothing that sticks to an edge of the window lies on what has the focus (WCAG 2.4.11).
IS_SEEN = """element => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top !== null && (element.contains(top) || top.contains(element));
}"""


def reach(page: "Page", wanted: "Locator") -> None:
    """Go on from field to field until the wanted one has the focus, and see it then."""
    expect(wanted).to_be_attached()
    element = wanted.element_handle()
    for _step in range(MOST_STEPS):
        if element.evaluate("element => element === document.activeElement"):
            assert element.evaluate(IS_SEEN)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not lead to {wanted}.")


def press(page: "Page", name: str, *, role: str = "button") -> None:
    """Go to a button or a link of the page's content, and press it."""
    if role == "link":
        reach(page, page.locator("main").get_by_role("link", name=name).first)
    else:
        reach(page, page.locator("main").get_by_role("button", name=name).first)
    page.keyboard.press("Enter")


def write(page: "Page", name: str, text: str) -> None:
    """Go to a field by its name in the form, and type."""
    reach(page, page.locator(f"main [name='{name}']"))
    page.keyboard.type(text)


def test_key_is_made_tried_and_revoked(opened: Opener) -> None:
    page = opened("/admin/contacts/credential/")
    press(page, "New key", role="link")
    write(page, "kind", "RedmineUP")
    write(page, "name", "By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new key")
    press(page, "Test now")
    page.frame_locator("iframe[name=test_answer]").get_by_text("The key works.").wait_for()
    press(page, "I have copied it", role="link")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keyboard")
    press(page, "Revoke")
    press(page, "Undo")
    expect(page.get_by_text("The key works again.")).to_be_visible()


def test_choice_is_defined_with_its_options_in_order(opened: Opener) -> None:
    page = opened("/admin/contacts/customfield/")
    press(page, "New custom field", role="link")
    write(page, "label", "Keyboard slope")
    write(page, "type", "Choice")
    rows = page.locator("#rows-options li")
    before = rows.count()
    write(page, "options-0-label", "Steep")
    write(page, "options-1-label", "Flat")
    press(page, "Add another option")
    expect(rows).to_have_count(before + 1)
    press(page, "Down")
    expect(page.locator("[name=options-0-label]")).to_have_value("Flat")
    reach(page, page.locator("[name=options-0-label]"))
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").first).to_contain_text("is saved")

    press(page, "Keyboard slope", role="link")
    expect(page.locator("[name=options-1-label]")).to_have_value("Steep")
    press(page, "Delete")
    press(page, "Undo")
    expect(page.get_by_text("The field is back")).to_be_visible()


def test_form_is_built_and_put_in_another_order(opened: Opener) -> None:
    page = opened("/admin/contacts/webform/")
    press(page, "New web form", role="link")
    write(page, "title", "Keyboard form")
    first = page.locator("[name=fields-0-key]").input_value()
    press(page, "Down")
    expect(page.locator("[name=fields-1-key]")).to_have_value(first)
    reach(page, page.locator("[name=fields-1-is_required]"))
    page.keyboard.press("Space")
    press(page, "Save")

    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard form")
    reach(page, page.locator("summary", has_text="Script"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("embed.js")).to_be_visible()


def test_what_was_held_is_found_read_and_accepted(
    opened: Opener, define: Definer, server: "Server"
) -> None:
    form = define(title="Keyboard inbox", blocked_words=["roulette"])
    said = {
        "key": form["key"],
        "project_id": "demo",
        "contact[first_name]": "Heldbykeys",
        "contact[email]": "held@keys.example",
        "contact[background]": "roulette",
    }
    urllib.request.urlopen(f"{server.base_url}/contacts", urlencode(said).encode(), timeout=60)
    page = opened("/admin/contacts/submission/")
    write(page, "state", "held")
    write(page, "form", "Keyboard inbox")
    press(page, "Show")
    press(page, "Heldbykeys", role="link")
    reach(page, page.locator("summary", has_text="Everything as it was sent"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("held@keys.example").last).to_be_visible()
    page.reload()
    press(page, "Accept")

    expect(page.get_by_text("is a contact now")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_that_has_the_focus_lies_under_the_buttons_of_a_form(
    opened: Opener, width: int
) -> None:
    """They stick to the lower edge; of every few fields one could not be seen."""
    page = opened("/admin/contacts/contact/add/", viewport={"width": width, "height": 900})
    hidden = []
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle("document.activeElement").as_element()
        if focused is None or focused.evaluate("element => element === document.body"):
            break
        if not focused.evaluate(
            """element => {
                const bar = document.querySelector(".bar").getBoundingClientRect();
                const box = element.getBoundingClientRect();
                const isAside = !element.closest("main") || element.closest(".bar") !== null;
                return isAside || box.top + Math.min(box.height / 2, 20) < bar.top;
            }"""
        ):
            hidden.append(focused.get_attribute("name"))

    assert hidden == []


def test_the_work_goes_on_in_the_row_that_a_button_has_made(opened: Opener) -> None:
    """Whoever pressed a button of a row began anew at the top of the page."""
    page = opened("/admin/contacts/contact/add/")
    focused = page.locator(":focus")
    press(page, "Add another phone")
    expect(focused).to_have_attribute("name", "phones-1-number")
    page.locator("[name=row][value='phones:remove:0']").press("Enter")
    expect(focused).to_have_attribute("name", "phones-0-number")

    page.goto("/admin/contacts/contact/filter/")
    press(page, "Another condition")
    expect(focused).to_have_attribute("name", "g0-r1-field")
    press(page, "Another group")
    expect(focused).to_have_attribute("name", "g1-r0-field")
    page.locator("[name=do][value='unrow:0:1']").press("Enter")
    expect(focused).to_have_attribute("name", "g0-r0-field")
    page.locator("[name=do][value='unrow:0:0']").press("Enter")
    expect(focused).to_contain_text("Another condition")


def test_fields_of_a_filter_are_chosen_by_arrows(opened: Opener) -> None:
    """The first arrow chose the first field and went on; the value was out of reach after that."""
    page = opened("/admin/contacts/contact/filter/")
    field, ask = page.locator("[name=g0-r0-field]"), page.locator("[name=g0-r0-ask]")
    focused = page.locator(":focus")
    reach(page, field)
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    expect(field).to_have_value("middle_name")
    expect(ask).to_have_count(0)
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("name", "g0-r0-ask")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(focused).to_have_attribute("name", "g0-r0-value")
    page.keyboard.type("Nobody at all")
    page.keyboard.press("Enter")

    expect(page.locator(".chip").first).to_contain_text("Middle name contains “Nobody at all”")
