"""Manners of the protocol beside its records: origins, versions, one client's own form."""

import json

import pytest

from contacts.models import User
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db


def test_browsers_ask_without_a_token_what_they_may_ask(as_nobody: Caller) -> None:
    answer = as_nobody.send(
        "OPTIONS",
        "/api/contacts",
        Origin="https://shop.example",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization,content-type",
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert answer["Access-Control-Allow-Headers"] == "authorization,content-type"


def test_head_is_served_wherever_get_is(as_alice: Caller) -> None:
    answer = as_alice.send("HEAD", "/api/contacts")
    assert (answer.status_code, answer.content) == (200, b"")


def test_every_answer_names_the_version(as_alice: Caller) -> None:
    assert as_alice.get("/api/contacts")["X-App-Version"] == "1.5.1"


def test_one_client_reads_less(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Ann"})
    path = f"/api/contacts/{made['id']}"
    short = json.loads(as_alice.send("GET", path, User_Agent="Zapier").content)
    assert "authorizations" in made
    assert not short.keys() & {"authorizations", "companies", "guest_email"}
    page = json.loads(as_alice.send("GET", "/api/contacts", User_Agent="Zapier").content)
    assert "authorizations" not in page["data"][0]


def test_a_source_that_is_named_for_the_first_time_is_made(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Ann", "source_id": "Fair of 2031"})
    again = as_alice.make("/api/contacts", {"first_name": "Bea", "source_id": "FAIR of 2031"})
    assert made["source"]["name"] == "Fair of 2031"
    assert again["source_id"] == made["source_id"]
    assert errors_of(as_alice.post("/api/contacts", {"first_name": "C", "source_id": 99999})) == {
        "source_id": ["The selected Source is invalid."]
    }


@pytest.mark.parametrize("kind", ["Radio", "Checkbox", "Email", "Timezone", "ColorSwatch", "Text"])
def test_types_of_custom_fields_come_back(kind: str, as_ada: Caller) -> None:
    sent = {"resource_name": "contacts", "field_type": kind, "field_id": "cf_level"}
    options = {"options": [{"name": "A"}, {"name": "B"}]} if kind in ("Radio", "Checkbox") else {}
    made = as_ada.make("/api/custom-fields", {**sent, "label": "Level", **options})
    assert made["field_type"] == kind
    assert as_ada.read(f"/api/custom-fields/{made['id']}")["field_type"] == kind


@pytest.mark.usefixtures("project")
def test_values_that_must_be_unique_are_refused_twice(as_ada: Caller) -> None:
    sent = {"resource_name": "contacts", "field_type": "Text", "field_id": "cf_number"}
    as_ada.make("/api/custom-fields", {**sent, "label": "Number", "is_unique": True})
    as_ada.make("/api/contacts", {"first_name": "Ann", "cf_number": "A-1"})
    refused = as_ada.post("/api/contacts", {"first_name": "Bea", "cf_number": "a-1"})
    assert errors_of(refused) == {"cf_number": ["The Number has already been taken."]}


def test_products_have_custom_fields(as_ada: Caller) -> None:
    sent = {"resource_name": "products", "field_type": "Number", "field_id": "cf_weight"}
    as_ada.make("/api/custom-fields", {**sent, "label": "Weight"})
    made = as_ada.make("/api/products", {"name": "Tile", "unit_price": 1, "cf_weight": 3})
    assert made["cf_weight"] == 3


def test_definitions_come_newest_first(as_ada: Caller) -> None:
    for name in ("cf_one_a", "cf_two_b"):
        sent = {"resource_name": "contacts", "field_type": "Text", "field_id": name}
        as_ada.make("/api/custom-fields", {**sent, "label": name})
    listed = as_ada.read("/api/custom-fields")["data"]
    assert [row["field_id"] for row in listed] == ["cf_two_b", "cf_one_a"]


def test_wildcards_stand_for_anything(as_alice: Caller) -> None:
    for name in ("Ann", "Anna", "Bea"):
        as_alice.make("/api/contacts", {"first_name": name})
    found = as_alice.read("/api/contacts/search?q=a%25nn_&search_fields=first_name")
    assert {row["first_name"] for row in found} == {"Anna"}


def test_a_phone_is_equal_only_as_it_is_written(as_alice: Caller) -> None:
    as_alice.make("/api/contacts", {"first_name": "Ann", "phones": ["+4020-4020"]})
    for text, count in (("%2B4020-4020", 1), ("4020-4020", 0), ("%2B40204020", 0)):
        found = as_alice.read(f"/api/contacts/search?q={text}&search_fields=phones.number:=")
        assert len(found) == count


def test_whoever_may_not_change_is_refused_before_the_values_are_looked_at(
    as_alice: Caller, as_reader: Caller
) -> None:
    contact = as_alice.make("/api/contacts", {"first_name": "Ann"})["id"]
    assert as_reader.put(f"/api/contacts/{contact}", {"first_name": ""}).status_code == 403
    path = f"/api/associations/contacts/{contact}"
    assert as_reader.put(path, {"companies": []}).status_code == 403
    assert as_reader.read(f"/api/contacts/{contact}")["authorizations"]["update"] is False


def test_pages_are_numbered_as_laravel_does(as_alice: Caller) -> None:
    for number in range(20):
        as_alice.make("/api/contacts", {"first_name": f"P{number}"})
    links = as_alice.read("/api/contacts?per_page=1&page=10")["meta"]["links"]
    labels = [link["label"] for link in links[1:-1]]
    assert labels == ["1", "2", "...", "7", "8", "9", "10", "11", "12", "13", "...", "19", "20"]
    links = as_alice.read("/api/contacts?per_page=1&page=1")["meta"]["links"]
    expected = [*map(str, range(1, 11)), "...", "19", "20"]
    assert [link["label"] for link in links[1:-1]] == expected


def test_the_times_of_a_contact_move_when_a_deal_is_tied(as_alice: Caller, alice: User) -> None:
    contact = as_alice.make("/api/contacts", {"first_name": "Ann"})
    stage = as_alice.read("/api/pipeline-stages")["data"][0]["id"]
    deal = as_alice.make("/api/deals", {"name": "Roof", "stage_id": stage})["id"]
    changed = as_alice.change(f"/api/associations/contacts/{contact['id']}", {"deals": [deal]})
    assert changed["updated_at"] > contact["updated_at"]
