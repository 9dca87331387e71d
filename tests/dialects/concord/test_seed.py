"""The vendor's own examples, literally."""

import json

import pytest

from contacts.models import User
from tests.dialects.concord.calling import Caller

pytestmark = pytest.mark.django_db

PHONES = [
    {"number": "+999-999-999", "type": "mobile"},
    {"number": "+4020-4020", "type": "work"},
    {"number": "+988-888-888", "type": "other"},
]
LISTS = [
    "order=created_at",
    "order=created_at|desc",
    "select=first_name;id",
    "per_page=20",
    "page=2",
    "q=John",
    "q=John&search_fields=email:like;phones.number:=",
    "q=John&search_match=and",
    "q=John&search_fields=email:like;phones.number:=&search_match=or&order=created_at|desc",
]


@pytest.mark.parametrize("query", LISTS)
def test_every_parameter_of_the_list_is_taken(query: str, as_alice: Caller) -> None:
    body = as_alice.read(f"/api/contacts?{query}")
    assert set(body) == {"data", "links", "meta"}


@pytest.mark.parametrize("query", [each for each in LISTS if "q=" in each])
def test_every_parameter_of_the_search_is_taken(query: str, as_alice: Caller) -> None:
    as_alice.make("/api/contacts", {"first_name": "John", "email": "john@example.org"})
    found = as_alice.read(f"/api/contacts/search?{query}&take=1")
    # Every field there is would have to hold "John".
    wanted = [] if query == "q=John&search_match=and" else ["John"]
    assert [row["first_name"] for row in found] == wanted


def test_the_body_of_the_examples_is_taken_on_create_and_update(
    as_alice: Caller, as_ada: Caller, alice: User
) -> None:
    source = as_ada.make("/api/sources", {"name": "Fair"})["id"]
    company = as_alice.make("/api/companies", {"name": "Acme"})["id"]
    sent = {
        "first_name": "John",
        "last_name": "Doe",
        "email": "john@example.org",
        "phones": PHONES,
        "user_id": alice.pk,
        "tags": ["tag-1", "tag-2"],
        "source_id": source,
        "job_title": "Developer",
        "street": "1 Road",
        "city": "Town",
        "state": "State",
        "postal_code": "2400",
        "country_id": 840,
        "companies": [company],
        "deals": [],
    }
    made = as_alice.make("/api/contacts", sent)
    assert [(row["number"], row["type"]) for row in made["phones"]] == [
        (row["number"], row["type"]) for row in PHONES
    ]
    assert (made["source"]["name"], made["country"]["id"]) == ("Fair", 840)
    assert [row["id"] for row in made["companies"]] == [company]
    again = as_alice.change(f"/api/contacts/{made['id']}", sent)
    assert again["phones"] == made["phones"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_associations_take_companies_deals_and_activities(method: str, as_alice: Caller) -> None:
    contact = as_alice.make("/api/contacts", {"first_name": "John"})["id"]
    company = as_alice.make("/api/companies", {"name": "Acme"})["id"]
    body = {"companies": [company], "deals": [], "activities": []}
    answer = as_alice.send(method, f"/api/associations/contacts/{contact}", body)
    assert answer.status_code == 200
    shown = [row["id"] for row in json.loads(answer.content)["companies"]]
    assert shown == ([] if method == "DELETE" else [company])
