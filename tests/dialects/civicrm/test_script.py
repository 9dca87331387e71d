"""`/civicrm/crm.js` in the pages of this site, in a real browser."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Server


@pytest.fixture
def signed_in(page: "Page", server: "Server") -> "Page":
    """Open a page of the browser UI with the script in it."""
    page.goto("/admin/login/")
    page.fill("input[name=username]", server.credentials["username"])
    page.fill("input[name=password]", server.credentials["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.add_script_tag(url="/civicrm/crm.js")
    return page


@pytest.mark.browser
def test_call_resolves_with_the_answer(signed_in: "Page") -> None:
    made: dict[str, Any] = signed_in.evaluate(
        """() => CRM.api3("Contact", "create",
             {contact_type: "Individual", first_name: "Zoë", last_name: "Script"})"""
    )
    found: dict[str, Any] = signed_in.evaluate(
        """id => CRM.api3("Contact", "getsingle", {id: id, return: "display_name"})""", made["id"]
    )

    assert made["is_error"] == 0
    assert found["display_name"] == "Zoë Script"


@pytest.mark.browser
def test_failure_of_the_api_resolves_and_is_shown(signed_in: "Page") -> None:
    answer = signed_in.evaluate("""() => CRM.api3("Contact", "create", {}, true)""")

    assert answer["is_error"] == 1
    assert signed_in.locator(".crm-status").inner_text() == answer["error_message"]


@pytest.mark.browser
def test_words_of_jquery_work_on_the_promise(signed_in: "Page") -> None:
    told = signed_in.evaluate(
        """() => new Promise(resolve => {
             const told = [];
             CRM.api3("Contact", "getcount", {}).done(answer => told.push(typeof answer.result))
               .fail(() => told.push("failed")).always(() => resolve(told));
           })"""
    )

    assert told == ["number"]


@pytest.mark.browser
def test_batch_keeps_its_keys(signed_in: "Page") -> None:
    answers = signed_in.evaluate(
        """() => CRM.api3({all: ["Contact", "getcount", {}], no: ["Nothing", "get", {}]})"""
    )

    assert isinstance(answers["all"], int)
    assert answers["no"]["is_error"] == 1


@pytest.mark.browser
def test_only_calls_that_read_go_by_get(signed_in: "Page") -> None:
    methods: list[str] = []
    signed_in.on("request", lambda asked: methods.append(asked.method))
    signed_in.evaluate(
        """async () => {
             await CRM.api3("Contact", "Get", {"api.Email.get": {"api.Contact.getcount": {}}});
             await CRM.api3("Contact", "get", {"api.Email.get": {"api.Note.create": {}}, id: 0});
             await CRM.api3([["Contact", "getcount", {}]]);
             await CRM.api3("Contact", "delete", {id: 0});
           }"""
    )

    assert methods == ["GET", "POST", "POST", "POST"]


@pytest.mark.browser
def test_reading_says_that_it_loads_and_then_nothing(signed_in: "Page") -> None:
    told = signed_in.evaluate(
        """async () => {
             const asked = CRM.api3("Contact", "getcount", {}, true);
             const box = document.querySelector(".crm-status");
             const first = box.textContent;
             await asked;
             return [first, box.hidden];
           }"""
    )

    assert told == ["Loading…", True]


@pytest.mark.browser
def test_status_is_told_through_the_function_of_the_page(signed_in: "Page") -> None:
    words = signed_in.evaluate(
        """() => {
             const told = [], usual = CRM.status;
             CRM.status = (message, promise) => {
               told.push(message);
               return usual(message, promise);
             };
             const person = {contact_type: "Individual", first_name: "Zoë"};
             return CRM.api3("Contact", "create", person, true)
               .then(() => { CRM.status = usual; return told; });
           }"""
    )

    assert words == [{"success": "Saved"}]


@pytest.mark.browser
def test_version_4_resolves_with_its_values_and_rejects_with_the_answer(
    signed_in: "Page",
) -> None:
    told = signed_in.evaluate(
        """async () => {
             const rows = await CRM.api4("Contact", "get", {select: ["id"], limit: 1});
             const one = await CRM.api4("Contact", "get", {select: ["id"], limit: 1}, 0);
             const all = await CRM.api4({a: ["Contact", "get", {limit: 1}], b: ["Tag", "get", {}]});
             const failed = await CRM.api4("Nothing", "get", {}).catch(body => body);
             return {
               rows: [Array.isArray(rows), rows.length, rows.count, rows.entity, Object.keys(rows)],
               one: typeof one.id,
               all: [Object.keys(all), Array.isArray(all.b), all.b.entity],
               failed: [typeof failed.error_message, "error_code" in failed],
             };
           }"""
    )

    assert told == {
        "rows": [True, 1, 1, "Contact", ["0"]],
        "one": "number",
        "all": [["a", "b"], True, "Tag"],
        "failed": ["string", True],
    }


@pytest.mark.browser
def test_success_is_shown_in_the_words_of_the_page(signed_in: "Page") -> None:
    signed_in.evaluate(
        """() => CRM.api3("Contact", "getcount", {}, {start: "Counting", success: "Counted"})"""
    )

    assert signed_in.locator(".crm-status").inner_text() == "Counted"


@pytest.mark.browser
def test_addresses_start_where_the_script_lies(signed_in: "Page") -> None:
    assert signed_in.evaluate("""() => CRM.url("civicrm/contact", {cid: 3})""") == (
        "/civicrm/contact?cid=3"
    )


def test_script_is_for_everybody_and_needs_no_other_host(client: Client, db: None) -> None:
    answer = client.get("/civicrm/crm.js")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/javascript")
    assert b"http://" not in answer.content
    assert b"https://" not in answer.content
    assert "Access-Control-Allow-Origin" not in answer
