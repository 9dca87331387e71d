"""People keep contacts in order in a real browser: with and without scripts, by keyboard, small."""

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.accessibility import findings, overflow
from tests.browser.conftest import LIST, Opener
from tests.browsing import expect

if TYPE_CHECKING:
    from tests.serving import Server

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
FILTER = quote(
    json.dumps(
        {
            "or": [
                {
                    "and": [
                        {"field": "city", "operator": "contains", "value": "ber"},
                        {"field": "kind", "operator": "in", "value": ["person"]},
                        {"field": "birthday", "operator": "is_empty", "value": True},
                    ]
                },
                {"not": {"field": "tags", "operator": "has_any", "value": ["vip"]}},
            ]
        }
    )
)


def addresses(ids: dict[str, int]) -> list[str]:
    """Return one address of every screen of contacts."""
    return [
        "/admin/",
        LIST,
        f"{LIST}?q=nobody&kind=person&has_email=yes&page=2",
        f"{LIST}?q=nothing-like-this",
        f"{LIST}?q=petorva",
        f"{LIST}?where={FILTER}&columns=reach,city,birthday,tags,employer",
        f"{LIST}filter/",
        f"{LIST}filter/?where={FILTER}",
        f"{LIST}go/",
        f"{LIST}go/?q=anna",
        f"{LIST}{ids['anna']}/as/redmineup/",
        f"{LIST}{ids['anna']}/?show=changes",
        f"{LIST}archive/",
        f"{LIST}add/",
        f"{LIST}add/?kind=organization",
        f"{LIST}{ids['anna']}/",
        f"{LIST}{ids['acme']}/",
        f"{LIST}{ids['old']}/",
        f"{LIST}{ids['old']}/delete/",
        f"{LIST}{ids['anna']}/change/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_screens_are_accessible_and_fit(
    opened: Opener, ids: dict[str, int], width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    page = opened("/admin/", viewport=size, color_scheme=scheme)

    for address in addresses(ids):
        page.goto(address)
        # What is folded is looked at too.
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert findings(page) == [], address
        assert overflow(page) <= 0, address


def test_pages_are_light_and_ask_no_other_host(
    opened: Opener, ids: dict[str, int], server: "Server"
) -> None:
    page = opened("about:blank")
    weights: dict[str, int] = {}
    hosts: set[str] = set()

    def weigh(finished: Any) -> None:  # Playwright's own
        sizes = finished.sizes()
        weights[address] = weights.get(address, 0) + sizes["responseBodySize"]
        hosts.add(finished.url.split("/", 3)[2])

    page.on("requestfinished", weigh)
    for address in addresses(ids):
        page.goto(address)
        page.wait_for_load_state("networkidle")

    assert {host for host in hosts if host} == {f"127.0.0.1:{server.port}"}
    assert {address: size for address, size in weights.items() if size > MOST_BYTES} == {}


def test_contact_is_written_down_changed_archived_and_brought_back_without_scripts(
    opened: Opener, ids: dict[str, int]
) -> None:
    page = opened(LIST, java_script_enabled=False)

    page.get_by_role("link", name="New contact").click()
    page.get_by_label("First name").fill("Zoë")
    page.get_by_label("E-mail", exact=True).fill("zoe@example.com")
    page.get_by_role("button", name="Add another e-mail").click()
    expect(page.get_by_label("First name")).to_have_value("Zoë")
    page.get_by_label("E-mail", exact=True).nth(1).fill("zoe@home.example")
    page.locator("summary", has_text="Personal").click()
    page.get_by_label("Birthday").fill("1990-05-01")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoë")
    page.get_by_role("link", name="zoe@home.example", exact=True).wait_for()

    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Last name").fill("Ångström")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoë Ångström")

    page.get_by_role("textbox", name="Note").fill("Likes tea.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#notes").get_by_text("Likes tea.")).to_be_visible()

    page.get_by_role("button", name="Archive").click()
    page.get_by_role("button", name="Undo").click()
    page.goto(f"{LIST}?q=angstrom")
    expect(page.get_by_role("link", name="Zoë Ångström")).to_be_visible()


def test_refused_form_puts_the_focus_on_what_is_wrong(opened: Opener) -> None:
    page = opened(f"{LIST}add/")

    page.get_by_label("Job title").fill("Inventor")
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator("#faults")).to_be_focused()
    page.get_by_role("link", name="First name: Fill this in.").click()
    expect(page.locator("[name=first_name]:focus")).to_have_count(1)
    expect(page.get_by_label("Job title")).to_have_value("Inventor")
    field = page.get_by_label("First name")
    expect(field).to_have_attribute("aria-describedby", "id_first_name_error")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert findings(page) == []


def test_list_is_worked_with_by_keyboard(opened: Opener, ids: dict[str, int]) -> None:
    page = opened(f"{LIST}?q=nobody")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("input[name=id]:checked")).to_have_count(1)
    expect(page.locator("[data-count]")).to_have_text(re.compile("1$"))
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nobody")

    page.goto(f"{LIST}?q=nobody")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys of this list")
    expect(keys).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(keys).not_to_be_visible()
    page.keyboard.press("j")
    # A dialog that closes gives the focus back, perhaps after the key.
    page.locator("[data-list] .lead a").first.press("e")
    page.wait_for_url("**/contact/*/change/")

    page.goto(LIST)
    page.keyboard.press("/")
    page.keyboard.type("петров")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    expect(page.get_by_role("link", name="Анна Петрова")).to_be_visible()


def test_whole_page_is_ticked_tagged_and_taken_back(opened: Opener, ids: dict[str, int]) -> None:
    page = opened(f"{LIST}?q=nobody")

    page.get_by_label("All on this page").check()
    page.get_by_label("Tag", exact=True).last.fill("bulk")
    page.get_by_label("Tag", exact=True).last.press("Enter")
    expect(page.get_by_text("25 contacts changed.")).to_be_visible()
    expect(page.get_by_role("link", name="bulk")).to_have_count(25)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("25 changes taken back.")).to_be_visible()
    expect(page.get_by_role("link", name="bulk")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 320])
def test_pencil_stays_beside_a_long_address(
    opened: Opener, ids: dict[str, int], width: int
) -> None:
    page = opened(f"{LIST}{ids['anna']}/", viewport={"width": width, "height": 800})
    row = page.locator("li[data-place]", has_text="a.very.long.address")
    text = row.locator(".who").bounding_box()
    pencil = row.locator("a.alter").bounding_box()

    assert text is not None
    assert pencil is not None
    assert text["y"] <= pencil["y"] + pencil["height"] / 2 <= text["y"] + text["height"]
    assert pencil["x"] >= text["x"] + text["width"]


def test_what_can_be_done_with_ticked_rows_stays_in_reach(
    opened: Opener, ids: dict[str, int]
) -> None:
    page = opened(f"{LIST}?q=nobody")

    expect(page.locator(".bulk")).not_to_be_in_viewport()
    page.locator("input[name=id]").first.check()
    expect(page.locator(".bulk")).to_be_in_viewport()


def test_a_very_long_name_without_blanks_breaks_everywhere(opened: Opener) -> None:
    page = opened(f"{LIST}add/")
    page.get_by_label("First name").fill("Looong" * 40)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("status").filter(has_text="is written down")).to_be_visible()
    assert overflow(page) == 0, "the message"

    addresses = [f"{page.url}erase/", "/admin/", f"{LIST}go/?q=Looong"]
    number = re.findall(r"\d+", page.url)[-1]
    page.goto(f"/admin/contacts/activity/add/?contact={number}")
    page.locator("[name=subject]").fill("Looong" * 40)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/activity/*/")
    page.goto(f"{LIST}{number}/")
    expect(page.locator(".timeline").get_by_text("LooongLooong").first).to_be_visible()
    assert overflow(page) == 0, "the timeline"

    page.goto(LIST)
    page.evaluate("document.querySelector('.bulk select').append(new Option('L'.repeat(200)))")
    assert overflow(page) == 0, "what can be done with ticked rows"

    page.goto("/admin/contacts/deal/add/")
    page.get_by_label("Name", exact=False).first.fill("Deal")
    page.get_by_label("Contact", exact=False).first.fill("Nobody" * 40)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".error").first).to_be_visible()
    assert overflow(page) == 0, "the mistake beside the field"
    for address in addresses:
        page.goto(address)
        expect(page.get_by_text("LooongLooong").first).to_be_visible()
        assert overflow(page) == 0, address

    page.goto(addresses[0])
    page.get_by_label("To erase it, type its name").fill("Looong" * 40)
    page.get_by_role("button", name="Erase").click()
    page.wait_for_url(f"**{LIST}")


def test_nothing_is_cut_off_where_people_read_from_the_right(
    opened: Opener, ids: dict[str, int]
) -> None:
    for address in ("/admin/", LIST, f"{LIST}{ids['anna']}/", f"{LIST}{ids['anna']}/change/"):
        for width in (1280, 320):
            page = opened(address, viewport={"width": width, "height": 800})
            page.evaluate("document.documentElement.dir = 'rtl'")
            assert overflow(page) <= 0, address
            left = page.evaluate(
                "Math.min(...[...document.querySelectorAll('main > *')]"
                ".map((each) => each.getBoundingClientRect().left))"
            )
            assert left >= 0, address


def test_menu_of_a_phone_opens_without_scripts(opened: Opener) -> None:
    page = opened(LIST, viewport={"width": 390, "height": 800}, java_script_enabled=False)
    deals = page.get_by_role("navigation").get_by_role("link", name="Deals", exact=True)

    expect(deals).not_to_be_visible()
    page.get_by_text("Menu").click()
    expect(deals).to_be_visible()


HIDDEN = "(sheet => sheet.scrollWidth - sheet.clientWidth)(document.querySelector('.sheet'))"


def test_no_column_of_the_list_is_hidden_in_either_language(
    opened: Opener, ids: dict[str, int]
) -> None:
    for locale in ("en", "ru"):
        page = opened(LIST, locale=locale)
        # As wide as dates and names become.
        page.evaluate(
            """() => {
              for (const cell of document.querySelectorAll("td.when")) {
                cell.textContent = "28 сентября 2026 г.";
                cell.previousElementSibling.textContent = "Константин Константинопольский";
              }
            }"""
        )
        assert page.evaluate(HIDDEN) <= 0, locale


def test_no_column_of_the_broadest_table_is_hidden_in_russian(opened: Opener) -> None:
    page = opened("/admin/contacts/credential/", locale="ru")

    assert page.evaluate(HIDDEN) <= 0
