"""The screens of work, doors, set-up and the start page in a real browser."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.accessibility import findings, overflow
from tests.browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.serving import Server

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

MAKE = """
import json
from contacts.access import system_actor
from django.utils import timezone
from contacts.models import (Credential, CustomField, Delivery, Project, Submission, User,
    Webhook)
from contacts.services import activities, contacts, custom_fields, deals, tickets, web_forms
from contacts.services.duplicates import store_duplicates
from contacts.services.likeness import like_pairs
actor = system_actor()
project = Project.objects.get(identifier="demo").pk
tim = contacts.create_contact(actor, {"first_name": "Tim", "last_name": "Roofer",
    "projects": [project], "emails": ["tim.roofer@quite.a.long.address.example"]})["id"]
tom = contacts.create_contact(actor, {"first_name": "Tom", "last_name": "Roofer",
    "projects": [project], "tags": ["roofs"]})["id"]
for city in ("Berlin", "Bonn"):
    contacts.create_contact(actor, {"first_name": "Roof", "last_name": "Twin",
        "projects": [project], "emails": ["roof.twin@quite.a.long.address.example"],
        "addresses": [{"city": city}]})
assert store_duplicates(like_pairs())
form = web_forms.create_web_form(actor, {"title": "Ask us", "project": project,
    "fields": [{"key": "first_name"}, {"key": "emails", "is_required": True}]})
held = Submission.objects.create(form_id=form["id"], state="held", reasons=["too_fast"],
    values={"first_name": "x" * 300}, prepared={"first_name": "x" * 300}, created_at=timezone.now())
field = custom_fields.create_custom_field(actor, {"label": "Slope", "type": "option"},
    options=["Flat", "Steep"])["id"]
slope = CustomField.objects.get(pk=field).options.first().pk
contacts.update_contact(actor, tom, {f"custom_{field}": slope})
hook = Webhook.objects.create(user=User.objects.get(username="admin"), action="created",
    url="https://shop.example/a/long/address/of/a/hook", record_kind="contact", dialect="browser",
    secret=b"", paused_at=timezone.now(), failures=20)
Delivery.objects.create(webhook=hook, record_id=tom, status="failed", body="x" * 300, answer=500,
    error="HTTP 500", tries=10)
print(json.dumps({
    "webhook": hook.pk,
    "submission": held.pk, "key": Credential.objects.exclude(kind="form_key").first().pk,
    "tom": tom, "tim": tim,
    "deal": deals.create_deal(actor, {"name": "Roof", "project": project, "contact": tom,
        "amount": "1200", "background": "x" * 300})["id"],
    "activity": activities.create_activity(actor, {"subject": "Measure", "contacts": [tom],
        "project": project, "owner": User.objects.get(username="admin").pk})["id"],
    "ticket": tickets.create_ticket(actor, {"subject": "It leaks", "project": project,
        "contact": tom})["id"],
    "field": field,
    "form": form["id"],
    "public": form["public_id"],
    "project": project,
    "user": User.objects.get(username="admin").pk,
}))
"""

SCREENS = {
    "start": "/",
    "desk": "/admin/",
    "deals": "/admin/contacts/deal/",
    "no deals": "/admin/contacts/deal/?q=nothing-like-this",
    "deal": "/admin/contacts/deal/{deal}/",
    "deal form": "/admin/contacts/deal/{deal}/change/",
    "activities": "/admin/contacts/activity/",
    "activity": "/admin/contacts/activity/{activity}/",
    "activity form": "/admin/contacts/activity/add/",
    "tickets": "/admin/contacts/ticket/",
    "ticket": "/admin/contacts/ticket/{ticket}/",
    "web forms": "/admin/contacts/webform/",
    "web form": "/admin/contacts/webform/{form}/",
    "web form editor": "/admin/contacts/webform/{form}/change/",
    "submissions": "/admin/contacts/submission/",
    "keys": "/admin/contacts/credential/",
    "key form": "/admin/contacts/credential/add/",
    "key": "/admin/contacts/credential/{key}/",
    "submission": "/admin/contacts/submission/{submission}/",
    "webhooks": "/admin/contacts/webhook/",
    "new webhook": "/admin/contacts/webhook/add/",
    "webhook": "/admin/contacts/webhook/{webhook}/",
    "webhook form": "/admin/contacts/webhook/{webhook}/change/",
    "possible duplicates": "/admin/contacts/duplicate/",
    "projects": "/admin/contacts/project/",
    "project": "/admin/contacts/project/{project}/",
    "users": "/admin/contacts/user/",
    "user": "/admin/contacts/user/{user}/",
    "roles": "/admin/contacts/role/",
    "role": "/admin/contacts/role/1/",
    "user groups": "/admin/contacts/usergroup/",
    "tags": "/admin/contacts/tag/",
    "tag": "/admin/contacts/tag/1/",
    "custom fields": "/admin/contacts/customfield/",
    "custom field": "/admin/contacts/customfield/{field}/",
    "type of a custom field": "/admin/contacts/customfield/{field}/type/?type=integer",
    "file of custom fields": "/admin/contacts/customfield/import/",
    "deal statuses": "/admin/contacts/dealstatus/",
    "pipeline": "/admin/contacts/pipeline/1/",
    "deal categories": "/admin/contacts/dealcategory/",
    "ticket categories": "/admin/contacts/ticketcategory/",
    "lists": "/admin/contacts/option/",
    "option lists": "/admin/contacts/optionlist/",
    "custom field groups": "/admin/contacts/customfieldgroup/",
    "relationship types": "/admin/contacts/relationshiptype/",
    "relationship type": "/admin/contacts/relationshiptype/1/",
    "groups": "/admin/contacts/group/",
    "membership levels": "/admin/contacts/membershiplevel/",
    "bundles": "/admin/contacts/bundle/",
    "products": "/admin/contacts/product/",
    "new product": "/admin/contacts/product/add/",
    "currencies": "/admin/contacts/currency/",
    "folders": "/admin/contacts/folder/",
    "jobs": "/admin/contacts/job/",
    "one field": "/admin/contacts/contact/{tom}/change/?only=job_title",
    "channels alone": "/admin/contacts/contact/{tom}/change/?only=emails",
    "then and now": "/admin/contacts/contact/{tom}/compare/",
    "merging": "/admin/contacts/contact/merge/?id={tom}&id={tim}",
    "import": "/admin/contacts/contact/import/",
    "profile": "/admin/profile/",
}


@pytest.fixture(scope="module")
def ids(server: "Server") -> dict[str, Any]:
    """Return the ids of records that the server has."""
    made: dict[str, Any] = json.loads(server.manage("shell", "-v0", "-c", MAKE).splitlines()[-1])
    return made


@pytest.fixture(scope="module")
def state(browser: "Browser", server: "Server") -> Any:  # a shape of Playwright's own
    """Return the cookies of a browser in which the administrator has signed in."""
    context = browser.new_context(base_url=server.base_url)
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(server.credentials["username"])
    page.locator("[name=password]").fill(server.credentials["password"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    found = context.storage_state()
    context.close()
    return found


class Desk:
    """Opens pages for the administrator and notes what the console complains about."""

    def __init__(self, browser: "Browser", server: "Server", state: Any) -> None:
        self.browser = browser
        self.server = server
        self.state = state
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, address: str, **options: Any) -> "Page":
        """Return a page at an address, in a window of its own."""
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = self.browser.new_context(
            base_url=self.server.base_url, storage_state=self.state, **options
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        return page

    def _note(self, kind: str, text: str) -> None:
        # A refused form is answered with 422, which the console calls an error.
        if kind in ("error", "warning") and "status of 422" not in text:
            self.complaints.append(text)


@pytest.fixture
def desk(browser: "Browser", server: "Server", state: Any) -> Iterator[Desk]:
    """Lend the administrator's desk; whatever the console complained about fails the test."""
    lent = Desk(browser, server, state)
    yield lent
    for context in lent.contexts:
        context.close()
    assert lent.complaints == []


def test_screens_are_accessible_in_both_lights_and_sizes(desk: Desk, ids: dict[str, Any]) -> None:
    # Without motion, or colours would be measured while they change.
    page = desk.open("/admin/", reduced_motion="reduce")
    found = {}
    for name, address in SCREENS.items():
        answer = page.goto(address.format(**ids))
        assert answer is not None
        assert answer.status == 200, name
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                found[name, width, scheme] = findings(page)

    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_nothing_is_wider_than_the_smallest_phone(
    desk: Desk, ids: dict[str, Any], locale: str
) -> None:
    page = desk.open("/admin/", viewport={"width": 320, "height": 640}, locale=locale)
    widths = {}
    for name, address in SCREENS.items():
        page.goto(address.format(**ids))
        widths[name] = overflow(page)

    assert {name: width for name, width in widths.items() if width > 0} == {}


def test_screens_are_light_and_ask_no_other_host(
    desk: Desk, ids: dict[str, Any], server: "Server"
) -> None:
    page = desk.open("/admin/profile/")
    hosts: set[str] = set()
    weights: dict[str, int] = {}

    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for name, address in SCREENS.items():
        sizes: list[int] = []

        def weigh(request: Any, sizes: list[int] = sizes) -> None:  # Playwright's request
            told = request.sizes()
            sizes.append(told["responseBodySize"] + told["responseHeadersSize"])

        page.on("requestfinished", weigh)
        page.goto(address.format(**ids), wait_until="networkidle")
        page.remove_listener("requestfinished", weigh)
        weights[name] = sum(sizes)

    assert hosts == {f"127.0.0.1:{server.port}"}
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}


def test_a_web_form_is_built_without_scripts_and_then_used(desk: Desk, ids: dict[str, Any]) -> None:
    page = desk.open("/admin/contacts/webform/add/", java_script_enabled=False)
    page.get_by_label("Title", exact=False).first.fill("Fair visitors")
    rows = page.locator("#rows-fields li")
    before = rows.count()
    page.get_by_role("button", name="Add another field").click()
    expect(rows).to_have_count(before + 1)
    expect(page.get_by_label("Title", exact=False).first).to_have_value("Fair visitors")
    page.get_by_role("button", name="Save").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Fair visitors")
    page.get_by_role("link", name="/forms/").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fair visitors")


def test_enter_in_a_form_with_rows_saves_it(desk: Desk, ids: dict[str, Any]) -> None:
    page = desk.open(f"/admin/contacts/customfield/{ids['field']}/")

    page.locator("[name=label]").press("Enter")

    page.wait_for_url("**/customfield/")
    expect(page.locator("[role=status]").first).to_contain_text("is saved")


def test_names_are_offered_while_typing_into_a_box_for_contacts(
    desk: Desk, ids: dict[str, Any]
) -> None:
    page = desk.open("/admin/contacts/deal/add/")

    page.locator("[name=contact]").press_sequentially("roofer")

    # What was offered for the first letters may stand there before the answer for all of them.
    page.wait_for_selector("datalist option[value^='Tom Roofer #']", state="attached")


def test_a_new_key_is_copied_and_then_gone(desk: Desk, ids: dict[str, Any]) -> None:
    page = desk.open("/admin/contacts/credential/add/")
    page.locator("[name=name]").fill("Script")
    page.get_by_role("button", name="Save").last.click()

    secret = page.locator("pre").first.inner_text()
    assert findings(page) == []
    page.get_by_role("link", name="I have copied it").click()
    assert len(secret) == 40
    assert secret not in page.content()
