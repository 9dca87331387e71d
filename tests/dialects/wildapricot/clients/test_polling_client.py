"""A program written like the vendor's samples works against the running server."""

import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest

from tests.dialects.wildapricot.clients.polling_client import PollingClient
from tests.serving import Server


@pytest.fixture(scope="module")
def program(server: Server) -> PollingClient:
    made = PollingClient(server.base_url, server.credentials["wildapricot"]["api_key"])
    made.sign_in()
    return made


def named(contacts: "list[Any]") -> "list[str]":
    return [contact["FirstName"] + " " + contact["LastName"] for contact in contacts]


def test_the_walk_of_the_samples(program: PollingClient) -> None:
    contacts = program.resources()["Contacts"]
    body = {"Email": "walk@example.com", "FirstName": "Some", "LastName": "Walk"}
    made = program.ask(contacts, body)
    wanted = {"$filter": "Last name eq Walk AND Archived eq false", "$async": "True"}

    assert named(program.poll(contacts, **wanted)) == ["Some Walk"]
    assert named(program.repeat(contacts, **{**wanted, "$select": "'First name'"})) == ["Some Walk"]

    archived = {"Id": made["Id"], "FieldValues": [{"FieldName": "Archived", "Value": "true"}]}
    program.ask(contacts + str(made["Id"]), archived, method="PUT")
    assert program.poll(contacts, **wanted) == []
    assert program.ask(contacts + str(made["Id"]), method="DELETE") is True


def test_pages_end_with_an_empty_one_and_hold_everything(program: PollingClient) -> None:
    contacts = program.resources()["Contacts"]
    for number in range(5):
        program.ask(contacts, {"FirstName": f"Page {number}", "LastName": "Turner"})
    whole = program.ask(contacts + "?$async=false")["Contacts"]
    assert [each["Id"] for each in program.pages(contacts, 2)] == [each["Id"] for each in whole]


def test_a_refreshed_token_goes_on(program: PollingClient) -> None:
    program.refresh()
    assert program.ask(f"{program.base_url}//v2.3/accounts")[0]["Id"] == 1


def test_the_server_reads_query_strings_of_16_kilobytes(program: PollingClient) -> None:
    contacts = program.resources()["Contacts"]
    text = " OR ".join(f"ID eq {number}" for number in range(100_000, 100_900))
    query = urllib.parse.urlencode({"$filter": text, "$count": "true"})
    assert 14_000 < len(query) < 16_384
    assert program.ask(f"{contacts}?{query}") == {"Count": 0}


def test_without_a_token_there_is_a_401_to_refresh_upon(program: PollingClient) -> None:
    stranger = PollingClient(program.base_url, "")
    stranger.token = "gone"
    with pytest.raises(urllib.error.HTTPError) as refused:
        stranger.ask(f"{program.base_url}/v2.2/accounts")
    assert refused.value.code == 401
    refused.value.close()


def test_a_result_is_fetched_after_the_server_was_started_again(
    program: PollingClient, server: Server
) -> None:
    contacts = program.resources()["Contacts"]
    made = program.ask(contacts, {"FirstName": "Later", "LastName": "Fetcher"})
    begun = program.ask(contacts + "?$filter=" + urllib.parse.quote("LastName eq Fetcher"))
    assert begun["State"] == "Waiting"

    server.stop()
    server.start()

    found = program.ask(begun["ResultUrl"])
    assert found["State"] == "Complete"
    assert [each["Id"] for each in found["Contacts"]] == [made["Id"]]
