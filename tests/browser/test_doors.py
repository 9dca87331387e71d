"""Keys of programs and the builder of web forms in a real browser, with and without scripts."""

import re

import pytest

from tests.accessibility import findings
from tests.browser.conftest import Opener
from tests.browsing import expect

pytestmark = pytest.mark.browser

KEYS = "/admin/contacts/credential/"


@pytest.mark.parametrize("with_scripts", [True, False])
def test_key_is_made_tried_and_never_made_twice(opened: Opener, with_scripts: bool) -> None:
    page = opened(f"{KEYS}add/", java_script_enabled=with_scripts)

    page.get_by_label("For a program written for").select_option(label="RedmineUP")
    page.get_by_label("Name").fill("Newsletter")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new key")
    page.get_by_role("button", name="Test now").click()
    answer = page.frame_locator("iframe[name=test_answer]")
    answer.get_by_text("The key works.").wait_for()
    if with_scripts:
        assert findings(page) == []
    page.locator("summary", has_text="PHP").click()
    expect(page.get_by_text("stream_context_create")).to_be_visible()

    page.reload()
    expect(page.get_by_text("The key was shown once.")).to_be_visible()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The key works again.")).to_be_visible()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_form_is_built_beside_its_preview(opened: Opener, with_scripts: bool) -> None:
    page = opened("/admin/contacts/webform/add/", java_script_enabled=with_scripts)
    preview = page.frame_locator("iframe[name=form_preview]")

    page.get_by_label("Title", exact=False).first.fill("Ask about roofs")
    if not with_scripts:
        page.get_by_role("button", name="Show preview").click()
    preview.get_by_role("heading", name="Ask about roofs").wait_for()
    page.locator("input[name=fields-0-is_required]").check()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about roofs")

    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Title", exact=False).first.fill("Ask about floors")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about roofs")

    page.get_by_role("link", name="Send a test").click()
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_label("First name").fill("Tom")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="What would be stored")).to_be_visible()
    expect(page.get_by_text("Tom")).to_be_visible()
    if with_scripts:
        assert findings(page) == []


@pytest.mark.parametrize("with_scripts", [True, False])
def test_custom_field_is_tried_deleted_and_brought_back(opened: Opener, with_scripts: bool) -> None:
    label = f"Roof{with_scripts}"
    page = opened("/admin/contacts/customfield/add/", java_script_enabled=with_scripts)
    page.locator("[name=label]").fill(label)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("link", name=label, exact=True).click()

    page.get_by_role("link", name="Try another type").click()
    page.get_by_label("Type").select_option(label="Whole number")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("There are no values yet")).to_be_visible()
    page.get_by_role("button", name="Change the type").click()
    expect(page.get_by_text("The type is changed")).to_be_visible()

    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name=f"Bring back {label}")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The field is back")).to_be_visible()
