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
