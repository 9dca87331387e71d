"""Addresses are taken as clients write them, and what is found there has the right shape."""

import pytest
from django.test import Client

from contacts.models import User
from tests.builders import actor_for, make_contact
from tests.dialects.wildapricot.calling import Caller

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/v2/accounts",
        "/v2.1/Accounts/",
        "//v2.3/accounts",
        "/v2.2/accounts/1",
        "/V2.2/ACCOUNTS/1/",
        "/v1/accounts/1/contacts?$async=false",
        "/v2.2/accounts/1/contacts/?$async=false",
        "//v2.3/accounts/1/ContactFields/",
        "/v7.24/accounts/1//contactFields",
        "/v2.2",
        "/v2.2/",
    ],
)
def test_an_address_is_answered_in_any_spelling_without_a_redirect(
    path: str, as_alice: Caller
) -> None:
    assert as_alice.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/auth", "/auth/", "/auth/nope", "/Auth/tokens"])
def test_what_is_not_there_beside_the_token_service_is_answered_in_json(
    path: str, as_alice: Caller
) -> None:
    answer = as_alice.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("accept", ["image/png", "application/x-www-form-urlencoded", "*/*", ""])
def test_no_answer_is_ever_not_acceptable(accept: str, as_alice: Caller) -> None:
    answer = as_alice.send("GET", "/contacts?$async=false", Accept=accept)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")


def test_generated_addresses_repeat_version_host_and_scheme(as_alice: Caller, alice: User) -> None:
    contact = make_contact(actor_for(alice))
    (account,) = as_alice.read("/V2.1/accounts")
    assert account["Url"] == "http://testserver/v2.1/accounts/1"
    resources = {each["Name"]: each["Url"] for each in account["Resources"]}
    assert resources["Contacts"] == "http://testserver/v2.1/accounts/1/Contacts/"
    assert resources["Contact fields"] == "http://testserver/v2.1/accounts/1/ContactFields/"
    assert {"Membership levels", "Member groups", "Bundles"} <= resources.keys()
    # The vendor's sample for C# takes the addresses of all these before it makes a contact.
    for name in ("Events", "Event registrations", "Payments", "Tenders"):
        assert as_alice.get(resources[name].removeprefix("http://testserver")).status_code == 200
    shown = as_alice.read(f"/v2.3/accounts/1/contacts/{contact.pk}")
    assert shown["Url"] == f"http://testserver/v2.3/accounts/1/Contacts/{contact.pk}"


def test_the_account_has_the_keys_of_upstream_in_their_order(as_alice: Caller) -> None:
    (account,) = as_alice.read("/v2.2/accounts")
    assert list(account) == [
        "Id",
        "Name",
        "Url",
        "PrimaryDomainName",
        "IsFreeAccount",
        "Resources",
        "ContactLimitInfo",
        "TimeZone",
        "Currency",
        "Localization",
        "SquareRegisterSettings",
        "PaymentSettings",
        "BillingPlan",
    ]
    assert account == as_alice.read("/v2.2/accounts/1")
    assert account["TimeZone"] == {
        "ZoneId": "UTC",
        "Name": "(UTC) Coordinated Universal Time",
        "UtcOffset": 0,
    }


def test_archived_contacts_do_not_count(as_alice: Caller, alice: User) -> None:
    as_alice.make({"FirstName": "A"})
    as_alice.make({"FirstName": "B", "FieldValues": [{"FieldName": "Archived", "Value": True}]})
    (account,) = as_alice.read("/v2.2/accounts")
    assert account["ContactLimitInfo"]["CurrentContactsCount"] == 1


def test_a_version_lists_what_is_there(as_alice: Caller) -> None:
    assert as_alice.read("/v2.2") == [
        {
            "Name": "Accounts",
            "Url": "http://testserver/v2.2/accounts",
            "AllowedOperations": ["GET"],
        }
    ]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v2.2/accounts/2", 403, "Forbidden"),
        ("/v2.2/accounts/2/contacts", 403, "Forbidden"),
        ("/v2.2/accounts/abc", 404, "NotFound"),
        ("/v2.2/accounts/abc/contacts", 404, "NotFound"),
        ("/v2.2/accounts/1/nothing", 404, "NotFound"),
        ("/v2.2/nothing", 404, "NotFound"),
        ("/v2.2/accounts/1/contactfields/5", 404, "NotFound"),
        ("/auth/token", 405, "MethodNotAllowed"),
    ],
)
def test_what_is_not_there_is_told_in_both_spellings(
    path: str, status: int, code: str, as_alice: Caller
) -> None:
    answer = as_alice.get(path)
    body = answer.json()
    assert (answer.status_code, body["code"], body["details"]) == (status, code, None)
    assert body["message"] == body["Message"]


def test_a_method_that_is_not_there_is_told_with_those_that_are(as_alice: Caller) -> None:
    answer = as_alice.send("DELETE", "/contacts")
    assert (answer.status_code, answer.json()["code"]) == (405, "MethodNotAllowed")
    assert {"GET", "POST"} <= {each.strip() for each in answer["Allow"].split(",")}


def test_programs_at_the_root_get_the_versions_and_people_the_page(as_alice: Caller) -> None:
    versions = as_alice.client.get(
        "/", headers={"Authorization": f"Bearer {as_alice.token}"}
    ).json()
    assert versions[0] == {"Name": "v2.2", "Url": "http://testserver/v2.2", "Version": "2.2"}
    assert Client().get("/")["Content-Type"].startswith("text/html")


def test_query_strings_of_16_kilobytes_are_read(as_alice: Caller, alice: User) -> None:
    contact = make_contact(actor_for(alice))
    text = " OR ".join(f"ID eq {number}" for number in range(contact.pk, contact.pk + 900))
    path = f"/contacts?idsOnly=true&$filter={text.replace(' ', '+')}"
    assert 10_000 < len(path) < 16_384
    assert as_alice.read(path) == {"ContactIdentifiers": [contact.pk]}


def test_answers_are_compressed_when_asked(as_alice: Caller, alice: User) -> None:
    make_contact(actor_for(alice))
    answer = as_alice.send("GET", "/contacts?$async=false", Accept_Encoding="gzip")
    assert answer["Content-Encoding"] == "gzip"
