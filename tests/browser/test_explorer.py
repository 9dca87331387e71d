"""The explorer of the API in a real browser."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.accessibility import findings, overflow
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.serving import Server

pytestmark = pytest.mark.browser

FULL = (
    "/explorer/?first_name[LIKE]=Ze%25&api.Email.get[return]=email&return[]=first_name"
    "&options[limit]=3"
)
NAME = "Zenobia"


def signed_in(browser: "Browser", server: "Server", **options: Any) -> "Page":
    context = browser.new_context(base_url=server.base_url, **options)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/explorer/")
    page.locator("[name=username]").fill(server.credentials["username"])
    page.locator("[name=password]").fill(server.credentials["password"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/explorer/")
    return page


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: "Browser", server: "Server") -> "Iterator[Page]":
    """Lend a page of the administrator, with and without scripts."""
    lent = signed_in(browser, server, java_script_enabled=request.param)
    yield lent
    lent.context.close()


@pytest.fixture
def scripted(browser: "Browser", server: "Server") -> "Iterator[Page]":
    """Lend a page of the administrator; what the console complains about fails the test."""
    complaints: list[str] = []
    lent = signed_in(browser, server)
    lent.on("console", lambda message: complaints.append(message.text))
    lent.on("pageerror", lambda error: complaints.append(str(error)))
    yield lent
    lent.context.close()
    assert complaints == []


def add_zenobia(server: "Server") -> int:
    code = (
        "from contacts.access import system_actor; from contacts.services import contacts; "
        f"print(contacts.create_contact(system_actor(), {{'first_name': '{NAME}'}})['id'])"
    )
    return int(server.manage("shell", "-v0", "-c", code).splitlines()[-1])


def answered(page: "Page") -> Any:
    """Return the answer once all of it is there: without scripts it comes with a new page."""
    page.locator("#answer pre").wait_for()
    page.wait_for_load_state("domcontentloaded")
    return json.loads(page.locator("#answer pre").inner_text())


def test_choose_run_and_read_the_answer(page: "Page", server: "Server") -> None:
    zenobia = add_zenobia(server)

    page.locator("[name='f[]']").first.select_option("id")
    page.locator("[name='v[]']").first.fill(str(zenobia))
    page.get_by_role("button", name="Show the call").click()
    page.locator("#environments code", has_text=str(zenobia)).first.wait_for()
    page.get_by_role("button", name="Run", exact=True).click()

    assert answered(page)["values"][0]["first_name"] == NAME


def test_a_dry_run_is_on_by_default_and_changes_nothing(page: "Page", server: "Server") -> None:
    zenobia = add_zenobia(server)
    page.goto(f"/explorer/?entity=Contact&action=create&id={zenobia}&first_name=Changed")

    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Dry run: nothing was kept").wait_for()
    assert answered(page)["values"][0]["first_name"] == "Changed"
    page.goto(f"/explorer/?id={zenobia}")
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("#answer pre").wait_for()
    assert answered(page)["values"][0]["first_name"] == NAME

    page.goto(f"/explorer/?entity=Contact&action=create&id={zenobia}&first_name=Changed")
    page.get_by_label("Dry run").uncheck()
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("#answer pre").wait_for()
    page.goto(f"/explorer/?id={zenobia}")
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("#answer pre").wait_for()
    assert answered(page)["values"][0]["first_name"] == "Changed"


def test_everything_is_done_by_keyboard_alone(scripted: "Page", server: "Server") -> None:
    zenobia = add_zenobia(server)
    scripted.locator("#entity").focus()
    scripted.keyboard.press("Tab")  # action
    scripted.keyboard.press("Tab")  # field
    scripted.keyboard.type("Contact ID")
    scripted.keyboard.press("Tab")  # operator
    scripted.keyboard.press("Tab")  # value
    scripted.keyboard.type(str(zenobia))
    scripted.keyboard.press("Enter")
    scripted.locator("#environments code", has_text=str(zenobia)).first.wait_for()
    for _press in range(60):
        scripted.keyboard.press("Tab")
        if scripted.evaluate("document.activeElement.name") == "through":
            break
    scripted.keyboard.press("Enter")
    scripted.locator("#answer pre").wait_for()

    assert answered(scripted)["values"][0]["id"] == str(zenobia)


def press_tab_until(page: "Page", name: str, key: str = "Tab") -> None:
    """Move the focus as far as the control of a name."""
    for _press in range(90):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"The keyboard does not lead to {name}")


def test_a_change_in_version_4_is_made_by_keyboard_alone(
    scripted: "Page", server: "Server"
) -> None:
    zenobia = add_zenobia(server)
    scripted.goto(f"/explorer/?version=4&entity=Contact&action=create&id={zenobia}")
    scripted.locator("#action").focus()
    press_tab_until(scripted, "v[]")  # that of the id
    scripted.keyboard.press("Tab")
    scripted.keyboard.type("First Name")
    scripted.keyboard.press("Tab")
    scripted.keyboard.type("By keys")
    scripted.keyboard.press("Enter")
    scripted.locator("#environments code", has_text="By keys").first.wait_for()

    scripted.locator("#action").focus()
    press_tab_until(scripted, "through")
    scripted.keyboard.press("Enter")
    expect(scripted.locator("#answer")).to_contain_text("Dry run: nothing was kept")
    assert answered(scripted)["version"] == 4

    scripted.locator("#action").focus()
    press_tab_until(scripted, "dry_run")
    scripted.keyboard.press("Space")
    press_tab_until(scripted, "through")
    scripted.keyboard.press("Enter")
    expect(scripted.locator("#answer")).not_to_contain_text("Dry run: nothing was kept")
    assert answered(scripted)["version"] == 4
    assert first_name(scripted, zenobia) == "By keys"


def test_the_page_with_version_4_is_accessible_and_fits(scripted: "Page") -> None:
    found = {}
    for width in (1280, 390):
        scripted.set_viewport_size({"width": width, "height": 800})
        scripted.goto(FULL.replace("?", "?version=4&"))
        scripted.get_by_role("button", name="Run", exact=True).click()
        scripted.locator("#answer pre").wait_for()
        found[width] = (findings(scripted), overflow(scripted))

    assert found == dict.fromkeys((1280, 390), ([], 0))


def test_what_is_chosen_shows_at_once_and_stays_in_the_address(scripted: "Page") -> None:
    scripted.locator("#entity").select_option("Email")
    scripted.locator("#environments code", has_text="'Email'").first.wait_for()
    assert "entity=Email" in scripted.url
    expect(scripted.locator("[name='f[]'] option[value=email]")).not_to_have_count(0)

    scripted.locator("[name='f[]']").first.select_option("location_type_id")
    scripted.locator("datalist#list-location_type_id").wait_for(state="attached")
    expect(scripted.locator("[name='v[]']").first).to_have_attribute(
        "list", "list-location_type_id"
    )

    rows = scripted.locator("[data-rows]").first.locator("li")
    before = rows.count()
    scripted.locator("[name='f[]']").nth(before - 1).select_option("email")
    expect(rows).to_have_count(before + 1)


def test_old_links_with_the_call_behind_the_hash_still_lead_to_it(scripted: "Page") -> None:
    scripted.goto("/civicrm/api3#/Email/getcount?sequential=1&email=a@example.org")
    scripted.wait_for_url("**/explorer/?entity=Email&action=getcount&**")

    expect(scripted.locator("#environments code").first).to_contain_text(
        "'email' => 'a@example.org'"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(scripted: "Page", scheme: str) -> None:
    scripted.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of its literals
    found = {}
    for width in (1280, 390, 320):
        scripted.set_viewport_size({"width": width, "height": 800})
        scripted.goto(FULL)
        scripted.get_by_role("button", name="Run", exact=True).click()
        scripted.locator("#answer pre").wait_for()
        found[width] = (findings(scripted), overflow(scripted))
        scripted.goto("/admin/list-requests/?kind=person&has_email=yes")
        found[-width] = (findings(scripted), overflow(scripted))

    assert found == dict.fromkeys((1280, -1280, 390, -390, 320, -320), ([], 0))


def test_the_same_is_run_in_another_protocol(page: "Page", server: "Server") -> None:
    zenobia = add_zenobia(server)
    page.goto(f"/explorer/?id={zenobia}")

    page.get_by_role("button", name="Run in RedmineUP").click()
    page.locator("#answer pre").wait_for()

    assert answered(page)["contacts"][0]["first_name"] == NAME


def test_the_list_is_copied_as_a_request(page: "Page") -> None:
    page.goto("/admin/contacts/contact/?kind=person")

    page.get_by_role("link", name="Copy as API request").click()

    page.get_by_text("is_company=0").first.wait_for()


def test_a_change_is_run_in_every_other_protocol(scripted: "Page", server: "Server") -> None:
    zenobia = add_zenobia(server)
    change = f"/explorer/?entity=Contact&action=create&id={zenobia}&first_name="
    scripted.goto(f"{change}X")
    buttons = scripted.get_by_role("button", name="Run in")
    titles = [title.removeprefix("Run in ") for title in buttons.all_inner_texts()]
    assert {"RedmineUP", "Vtiger", "Version 4"} <= {title.split(" CRM")[0] for title in titles}

    for title in titles:
        scripted.goto(f"{change}By {title}")
        scripted.get_by_role("button", name=f"Run in {title}", exact=True).click()
        scripted.get_by_text("Dry run: nothing was kept").wait_for()
        assert first_name(scripted, zenobia) != f"By {title}"

        scripted.goto(f"{change}By {title}")
        scripted.get_by_label("Dry run").uncheck()
        scripted.get_by_role("button", name=f"Run in {title}", exact=True).click()
        scripted.locator("#answer").wait_for()
        scripted.wait_for_load_state()
        assert first_name(scripted, zenobia) == f"By {title}"


def first_name(page: "Page", contact: int) -> str:
    page.goto(f"/explorer/?id={contact}")
    page.get_by_role("button", name="Run", exact=True).click()
    return str(answered(page)["values"][0]["first_name"])
