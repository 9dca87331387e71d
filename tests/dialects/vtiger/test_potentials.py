"""Potentials: deals with their stages, companies and people."""

from typing import Any

import pytest

from contacts.models import Deal
from tests.dialects.vtiger.calling import Caller

DEAL = {
    "potentialname": "Big sale",
    "closingdate": "2031-01-02",
    "sales_stage": "Prospecting",
    "amount": "1234.5",
}


@pytest.fixture
def sale(as_alice: Caller) -> dict[str, Any]:
    """Return a deal with a company and a person."""
    company = as_alice.create("Accounts", accountname="Acme")
    person = as_alice.create("Contacts", lastname="Lee")
    links = {"related_to": company["id"], "contact_id": person["id"]}
    made: dict[str, Any] = as_alice.create("Potentials", **DEAL, **links)
    assert {name: made[name] for name in links} == links
    return made


def test_a_deal_comes_back_as_it_was_sent(sale: dict[str, Any]) -> None:
    assert sale["id"].startswith("13x")
    assert sale["potential_no"].startswith("POT")
    assert sale["amount"] == "1234.50000000"
    assert (sale["sales_stage"], sale["closingdate"]) == ("Prospecting", "2031-01-02")
    assert sale["label"] == "Big sale"
    assert sale["probability"] == "10.000"


def test_nothing_may_be_expected_of_a_deal(as_alice: Caller) -> None:
    made = as_alice.create("Potentials", **DEAL, forecast_amount="0")
    assert made["forecast_amount"] == "0.00000000"
    rows = as_alice.query("select id from Potentials where forecast_amount = 0;")
    assert rows == [{"id": made["id"]}]


def test_amounts_may_have_their_thousands_apart(as_alice: Caller) -> None:
    made = as_alice.create("Potentials", **{**DEAL, "amount": "1,234,567.50"})
    assert made["amount"] == "1234567.50000000"
    element = {"assigned_user_id": as_alice.user_id, **DEAL, "amount": "1,2"}
    refused = as_alice.refusal("create", "POST", elementType="Potentials", element=element)
    assert refused == ("DATABASE_QUERY_ERROR", "amount is not a number")


def test_closing_a_deal_wins_it(as_alice: Caller, sale: dict[str, Any]) -> None:
    won = as_alice.post("revise", element={"id": sale["id"], "sales_stage": "Closed Won"})
    assert won["sales_stage"] == "Closed Won"
    assert Deal.objects.get().status.outcome == 1
    again = as_alice.post("revise", element={"id": sale["id"], "sales_stage": "Qualification"})
    assert again["sales_stage"] == "Qualification"
    assert Deal.objects.get().status.outcome == 0


@pytest.mark.parametrize(
    ("condition", "matches"),
    [
        ("sales_stage = 'prospecting'", True),
        ("sales_stage in ('Closed Won', 'Closed Lost')", False),
        ("sales_stage != 'Closed Won'", True),
        ("amount > 1000 and closingdate < '2031-02-01'", True),
        ("related_to = '{related_to}'", True),
        ("contact_id in ('{contact_id}')", True),
        ("related_to = '{contact_id}'", False),
        ("related_to != '{related_to}'", False),
        ("nextstep = ''", True),
        ("potentialname like 'BIG%'", True),
        ("assigned_user_id = '{assigned_user_id}'", True),
    ],
)
def test_deals_are_found_by_their_fields(
    as_alice: Caller, sale: dict[str, Any], condition: str, matches: bool
) -> None:
    rows = as_alice.query(f"select id from Potentials where {condition.format(**sale)};")
    assert rows == ([{"id": sale["id"]}] if matches else [])


def test_an_empty_reference_clears_only_by_revise(as_alice: Caller, sale: dict[str, Any]) -> None:
    kept = as_alice.post("update", element={**sale, "contact_id": ""})
    assert kept["contact_id"] == sale["contact_id"]
    cleared = as_alice.post("revise", element={"id": sale["id"], "contact_id": ""})
    assert (cleared["contact_id"], cleared["related_to"]) == ("", sale["related_to"])


def test_a_reference_of_the_wrong_module_is_refused(as_alice: Caller, sale: dict[str, Any]) -> None:
    element = {"id": sale["id"], "related_to": sale["contact_id"]}
    code, message = as_alice.refusal("revise", "POST", element=element)
    assert (code, message) == (
        "REFERENCE_INVALID",
        "Invalid reference specified for related_to",
    )


def test_describe_offers_the_stages_of_a_sale(as_alice: Caller) -> None:
    fields = as_alice.get("describe", elementType="Potentials")["fields"]
    (stage,) = [field for field in fields if field["name"] == "sales_stage"]
    offered = [choice["value"] for choice in stage["type"]["picklistValues"]]
    assert offered[0] == stage["type"]["defaultValue"] == "Prospecting"
    assert {"Id. Decision Makers", "Closed Won", "Closed Lost"} <= set(offered)
