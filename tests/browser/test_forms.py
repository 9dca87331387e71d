"""Visitors fill in forms in a real browser: ours, embedded ones, and those of other sites."""

import json
import re
import textwrap
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tests.accessibility import findings, overflow
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Response

    from tests.serving import Server

pytestmark = pytest.mark.browser

DEFINE = """
import json, sys
from contacts.access import system_actor
from contacts.models import Project
from contacts.services import web_forms
said = json.loads({said!r})
said["project"] = Project.objects.get(identifier="demo").pk
made = web_forms.create_web_form(system_actor(), said)
print(json.dumps({{**made, "key": web_forms.form_key_of(system_actor(), made["id"])}}))
"""

ASKED = [
    {"key": "first_name", "is_required": True, "width": "half"},
    {"key": "last_name", "width": "half"},
    {"key": "emails", "is_required": True, "help": "We answer to this address."},
    {"key": "phones"},
    {"key": "country"},
    {"key": "is_opt_out"},
    {"key": "background", "label": "Message"},
]

Definer = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def define(server: "Server") -> Definer:
    """Return a maker of forms on the server."""

    def made(**said: object) -> dict[str, Any]:
        # Visitors of tests are quicker than people.
        said = {"title": "Write to us", "fields": ASKED, "min_seconds": 0, **said}
        printed = server.manage("shell", "-v0", "-c", DEFINE.format(said=json.dumps(said)))
        found: dict[str, Any] = json.loads(printed.splitlines()[-1])
        return found

    return made


@pytest.fixture(scope="module")
def form(define: Definer) -> dict[str, Any]:
    """Return a form that asks for a few things."""
    return define(consent="I agree that you keep this to answer me.", repeats_values=True)


def stored(server: "Server", name: str) -> list[str]:
    """Return the messages of the contacts with a first name."""
    asked = {"search": name, "key": server.credentials["redmineup"]["api_key"]}
    address = f"{server.base_url}/contacts.json?{urlencode(asked)}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        found = json.load(answer)["contacts"]
    return [each.get("background") or "" for each in found if each["first_name"] == name]


@dataclass
class Site:
    """Somebody else's site: one page, and the address at which it is."""

    address: str
    html: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a page from another origin."""
    lent = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = lent.html.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        # Another port is another origin.
        lent.address = f"http://127.0.0.1:{running.server_address[1]}"
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield lent
        running.shutdown()
        thread.join()


def listen(page: "Page") -> list[str]:
    """Return a list that fills with whatever the browser complains of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def e_mail(page: "Page") -> "Locator":
    """Return the field for the e-mail; another one speaks of e-mails too."""
    return page.get_by_role("textbox", name="E-mail")


def send(page: "Page") -> "Response":
    """Press the button and return the answer that the browser ends at."""
    with page.expect_navigation() as moving:
        page.locator("[type=submit]").click()
    response = moving.value
    assert response is not None
    return response


def test_visitor_with_errors_is_led_to_them_and_loses_nothing(
    page: "Page", server: "Server", form: dict[str, Any]
) -> None:
    page.goto(f"/forms/{form['public_id']}")
    page.get_by_label("First name").fill("Vera")
    e_mail(page).fill("nobody")
    page.get_by_label("Country").select_option(label="Germany")
    page.get_by_label("Message").fill("First line\nsecond line")
    page.get_by_label("No mass e-mail").check()

    refused = send(page)

    assert refused.status == 422
    expect(page).to_have_title("Error: Write to us")
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="E-mail:").click()
    expect(page.locator("[name=emails]:focus")).to_have_count(1)
    expect(e_mail(page)).to_have_value("nobody")
    expect(page.get_by_label("Country")).to_have_value("DE")
    expect(page.get_by_label("Message")).to_have_value("First line\nsecond line")
    expect(page.get_by_label("No mass e-mail")).to_be_checked()
    e_mail(page).fill("vera@example.com")
    page.get_by_label("I agree").check()

    thanked = send(page)

    assert thanked.status == 200
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_text("vera@example.com")).to_be_visible()
    page.reload()
    assert stored(server, "Vera") == ["First line\nsecond line"]


def test_form_works_without_javascript(
    browser: "Browser", server: "Server", form: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=server.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/forms/{form['public_id']}")
    page.get_by_label("First name").fill("Nora")
    assert send(page).status == 422
    expect(page.get_by_label("First name")).to_have_value("Nora")
    e_mail(page).fill("nora@example.com")
    page.get_by_label("I agree").check()

    thanked = send(page)

    assert thanked.url.startswith(f"{server.base_url}/forms/{form['public_id']}/thanks")
    assert context.cookies() == []
    context.close()
    assert stored(server, "Nora") == [""]


def test_form_is_filled_in_by_keyboard_alone(
    page: "Page", server: "Server", form: dict[str, Any]
) -> None:
    page.goto(f"/forms/{form['public_id']}")
    for text in ("Kim", "Keys", "kim@example.com", "+49 30 1234", "Ger"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("By keys")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("button:focus")).to_have_count(1)

    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_text("Germany")).to_be_visible()
    assert stored(server, "Kim") == ["By keys"]


def test_leaving_a_field_tells_at_once_what_is_wrong_with_it(
    page: "Page", form: dict[str, Any]
) -> None:
    page.goto(f"/forms/{form['public_id']}")
    email = e_mail(page)
    email.fill("nobody")
    page.keyboard.press("Tab")

    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_attribute("aria-describedby", "field-emails-help field-emails-error")
    expect(page.locator("#field-emails-error")).to_be_visible()
    email.fill("somebody@example.com")
    page.keyboard.press("Tab")
    expect(email).not_to_have_attribute("aria-invalid", re.compile(""))
    expect(page.locator("#field-emails-error")).to_have_count(0)


def test_message_beside_a_field_does_not_move_the_button_from_under_the_finger(
    page: "Page", form: dict[str, Any]
) -> None:
    """A message on leaving a field moved the button while it was pressed; nothing was sent."""
    page.goto(f"/forms/{form['public_id']}")
    e_mail(page).fill("nobody")

    assert send(page).status == 422


def test_two_clicks_at_once_make_one_contact(
    page: "Page", server: "Server", define: Definer
) -> None:
    form = define(fields=["first_name"])
    page.goto(f"/forms/{form['public_id']}")
    page.get_by_label("First name").fill("Dora")
    with page.expect_navigation():
        page.get_by_role("button").dblclick()

    page.get_by_role("heading", name="Thank you").wait_for()
    assert stored(server, "Dora") == [""]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_findings_and_fits(
    page: "Page", form: dict[str, Any], width: int, scheme: Any
) -> None:
    complaints = listen(page)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/forms/{form['public_id']}")
    assert (findings(page), overflow(page)) == ([], 0)

    e_mail(page).fill("nobody")
    send(page)
    assert (findings(page), overflow(page)) == ([], 0)

    page.get_by_label("First name").fill("Axel")
    e_mail(page).fill(f"axel{width}{scheme}@example.com")
    page.get_by_label("I agree").check()
    send(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert (findings(page), overflow(page)) == ([], 0)

    page.goto("/forms/nowhere")
    assert (findings(page), overflow(page)) == ([], 0)
    assert [text for text in complaints if "422" not in text and "404" not in text] == []


def test_allowed_site_embeds_the_form_and_others_do_not(
    page: "Page", server: "Server", site: Site, define: Definer
) -> None:
    opened = define(title="Open", fields=["first_name"], allowed_sites=[site.address])
    closed = define(title="Closed", fields=["first_name"])
    site.html = "".join(
        f'<iframe name="{name}" src="{server.base_url}/forms/{each["public_id"]}"></iframe>'
        for name, each in (("opened", opened), ("closed", closed))
    )
    page.goto(site.address)
    page.wait_for_load_state("networkidle")

    frame = page.frame("opened")
    assert frame is not None
    frame.get_by_label("First name").fill("Iris")
    frame.get_by_role("button").click()
    frame.get_by_role("heading", name="Thank you").wait_for()
    other = page.frame_locator("[name=closed]")
    expect(other.get_by_role("heading", name="Closed")).to_have_count(0)
    assert stored(server, "Iris") == [""]


def test_page_leads_on_to_the_owner_s_site(page: "Page", site: Site, define: Definer) -> None:
    site.html = "<title>Welcome back</title>"
    form = define(fields=["first_name"], redirect_to=f"{site.address}/after")
    page.goto(f"/forms/{form['public_id']}")
    page.get_by_label("First name").fill("Rita")

    send(page)

    expect(page).to_have_title("Welcome back")
    expect(page).to_have_url(f"{site.address}/after?contact=ok")


# The form of the original's manual; its owners fill in the address and the key.
FOREIGN = textwrap.dedent("""\
    <form accept-charset="UTF-8" action="{action}" enctype="multipart/form-data" method="post">
      <input name="key" type="hidden" value="{key}">
      <input name="project_id" type="hidden" value="demo">
      <input name="contact[first_name]" type="text" value="{name}">
      <input name="contact[last_name]" type="text" value="Müller 李">
      <input name="contact[company]" type="text" value="Acme">
      <input name="contact[phone]" type="text" value="+49 30 1234">
      <input name="contact[email]" type="text" value="{email}">
      <input name="contact[tag_list]" type="text" value="vip, cold call">
      <input name="contact[background]" type="text" value="From afar">
      {more}
      <input name="commit" type="submit" value="Save">
    </form>""")


@pytest.mark.parametrize("whose", ["form", "user"])
@pytest.mark.parametrize(
    ("action", "status"), [("/contacts.xml", 201), ("/contacts", 200), ("/contacts.json", 201)]
)
def test_form_on_another_site_is_taken(
    page: "Page", server: "Server", site: Site, action: str, status: int, whose: str
) -> None:
    keys = {
        "form": server.credentials["webform"]["key"],
        "user": server.credentials["redmineup"]["api_key"],
    }
    name = f"Fremd {whose} {action}"
    site.html = FOREIGN.format(
        action=server.base_url + action, key=keys[whose], name=name, email="f@example.com", more=""
    )
    page.goto(site.address)

    answered = send(page)

    assert answered.status in (status, 201)
    assert stored(server, name) == ["From afar"]


def test_refused_form_of_another_site_gives_everything_back(
    page: "Page", server: "Server", site: Site
) -> None:
    site.html = FOREIGN.format(
        action=f"{server.base_url}/contacts",
        key=server.credentials["webform"]["key"],
        name="Greta",
        email="nobody",
        more="",
    )
    page.goto(site.address)

    refused = send(page)

    assert refused.status == 422
    expect(page).to_have_title(re.compile("^Error:"))
    assert page.get_by_role("link", name="Back to 127.0.0.1").get_attribute("href")
    assert findings(page) == []
    content = page.content()
    for text in ("Greta", "Müller 李", "From afar"):
        assert text in content
    assert stored(server, "Greta") == []


def test_form_of_another_site_leads_only_where_its_key_allows(
    page: "Page", server: "Server", site: Site, define: Definer
) -> None:
    site.html = "<title>Back home</title>"
    host = site.address.removeprefix("http://")
    allowed = define(fields=["first_name"], redirect_hosts=[host])
    closed = define(fields=["first_name"])
    ends = []
    for number, form in enumerate((allowed, closed)):
        site.html = FOREIGN.format(
            action=f"{server.base_url}/contacts.xml",
            key=form["key"],
            name=f"Lotte {number}",
            email="",
            more=f'<input type="hidden" name="redirect_on_success" value="{site.address}/done">',
        )
        page.goto(site.address)
        send(page)
        ends.append(page.url)

    assert ends == [f"{site.address}/done", f"{server.base_url}/contacts.xml"]
