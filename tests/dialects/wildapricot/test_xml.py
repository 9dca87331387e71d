"""XML for the vendor's workbooks and database macros."""

from typing import Any
from xml.etree import ElementTree

import pytest

from contacts.services.membership_levels import create_membership_level
from tests.builders import actor_for, make_custom_field
from tests.dialects.wildapricot.calling import Caller

pytestmark = pytest.mark.django_db
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def read(caller: Caller, path: str, accept: str = "application/xml", **query: str) -> Any:
    """Read an address as XML and return the root."""
    address = path + ("?" + "&".join(f"{key}={value}" for key, value in query.items()))
    answer = caller.send("GET", address, Accept=accept)
    assert answer["Content-Type"] == "application/xml; charset=utf-8", answer.content
    return ElementTree.fromstring(answer.content)  # noqa: S314 -- our own answer


def tags(element: Any) -> list[str]:
    """Return the names of an element's children."""
    return [child.tag for child in element]


def test_accounts_and_resources_are_found_by_their_names(as_alice: Caller) -> None:
    resources = read(as_alice, "/v2.2")
    assert resources.tag == "ArrayOfResource"
    assert resources.findtext("Resource/Name") == "Accounts"
    accounts = read(as_alice, "/v2.2/accounts")
    assert accounts.tag == "ArrayOfAccount"
    assert tags(accounts[0])[:2] == ["Id", "Name"]
    names = [each.findtext("Name") for each in accounts.iterfind("Account/Resources/Resource")]
    assert {"Contacts", "Contact fields", "Membership levels", "Member groups"} <= set(names)
    assert next(accounts.iter("Name")).text == accounts.findtext("Account/Name")
    assert read(as_alice, "/v2.2/accounts/1").tag == "Account"


def test_contacts_are_written_for_macros(as_alice: Caller, ada: Any) -> None:
    level = create_membership_level(actor_for(ada), {"name": "Key & co"})["id"]
    field = make_custom_field("Size", options=("S", "M"), is_multiple=True)
    small = field.options.get(label="S").pk
    pk = as_alice.make(
        {
            "FirstName": "Amy <b>",
            "MembershipLevel": {"Id": level},
            "FieldValues": [
                {"SystemCode": f"custom-{10_000 + field.pk}", "Value": [{"Id": small}]},
                {"FieldName": "Balance", "Value": 12.5},
            ],
        }
    )["Id"]
    root = read(as_alice, "/contacts", **{"$async": "false", "$filter": f"ID%20eq%20{pk}"})
    (contact,) = root.iterfind("Contacts/Contact")

    assert root.tag == "ApiResponse"
    assert contact[0].tag == "Id"
    assert contact.findtext("FirstName") == "Amy <b>"
    assert tags(contact.find("MembershipLevel")) == ["Id", "Name", "Url"]
    values = {
        each.findtext("SystemCode"): each for each in contact.iterfind("FieldValues/ContactField")
    }
    assert tags(values["Status"]) == ["FieldName", "SystemCode", "Value"]
    assert tags(values["Status"].find("Value")) == ["Id", "Label"]
    assert values["Status"].findtext("Value/Label") == "Active"
    assert values["RenewalDue"].find("Value").get(NIL) == "true"
    assert values["Balance"].findtext("Value") == "12.5"
    assert values["IsMember"].findtext("Value") == "true"
    assert values["MemberSince"].findtext("Value")[10] == "T"
    sizes = values[f"custom-{10_000 + field.pk}"].find("Value")
    assert sizes.get(TYPE) == "a:ArrayOfanyType"
    assert [each.findtext("Label") for each in sizes] == ["S"]
    assert read(as_alice, f"/contacts/{pk}").tag == "Contact"


def test_counts_ids_and_waiting_searches_have_one_root(as_alice: Caller) -> None:
    pk = as_alice.make({"FirstName": "Amy"})["Id"]

    assert read(as_alice, "/contacts", **{"$count": "true"}).findtext("Count") is not None
    ids = read(as_alice, "/contacts", idsOnly="true", **{"$filter": f"ID%20eq%20{pk}"})
    assert [each.text for each in ids.iterfind("ContactIdentifiers/int")] == [str(pk)]
    waiting = read(as_alice, "/contacts")
    assert (waiting.tag, waiting.findtext("State")) == ("ApiResponse", "Waiting")
    done = read(as_alice, "/contacts", resultId=str(waiting.findtext("ResultId")))
    assert done.findtext("State") == "Complete"
    assert done.find("Contacts/Contact") is not None


def test_fields_and_levels_say_everything(as_alice: Caller) -> None:
    fields = read(as_alice, "/contactfields")
    assert fields.tag == "ArrayOfContactFieldDescription"
    for field in fields.iterfind("ContactFieldDescription"):
        assert {"FieldName", "Type", "Description", "FieldInstructions"} <= set(tags(field))
    status = next(each for each in fields if each.findtext("SystemCode") == "Status")
    assert tags(status.find("AllowedValues/ListItem")) == ["Id", "Label"]
    levels = read(as_alice, "/membershiplevels")
    wanted = {"Id", "Name", "Description", "PublicCanApply", "Type", "MembershipFee"}
    assert levels.tag == "ArrayOfMembershipLevel"
    assert wanted <= set(tags(levels[0]))


def test_refusals_are_written_too(as_alice: Caller, as_nobody: Caller) -> None:
    missing = read(as_alice, "/contacts/999999")
    assert (missing.tag, missing.findtext("code")) == ("Error", "NotFound")
    assert missing.findtext("message")
    assert read(as_nobody, "/contacts").findtext("code") == "Unauthorized"


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "application/xml, application/json",
        "application/xml;q=0.5, */*;q=0.5",
        "text/html, application/xml;q=0.9, */*;q=0.8",
        "application/x-www-form-urlencoded",
        "*/*",
        "image/png",
        "application/xml;q=0",
        "",
    ],
)
def test_whoever_likes_something_else_as_much_gets_json(as_alice: Caller, accept: str) -> None:
    answer = as_alice.send("GET", "/membershiplevels", Accept=accept)

    assert answer["Content-Type"].startswith("application/json")
    assert isinstance(answer.json(), list)


@pytest.mark.parametrize("accept", ["text/xml", "application/xml, application/json;q=0.9"])
def test_whoever_likes_xml_best_gets_it(as_alice: Caller, accept: str) -> None:
    assert read(as_alice, "/membershiplevels", accept).tag == "ArrayOfMembershipLevel"


def test_changes_are_answered_in_xml_too(as_alice: Caller) -> None:
    pk = as_alice.make({"FirstName": "Amy"})["Id"]
    asked = {"Accept": "application/xml"}
    for method, path, body, root in (
        ("PUT", f"/contacts/{pk}", {"LastName": "Pond"}, "Contact"),
        ("POST", "/contacts", {"Email": "bad@"}, "Error"),
        ("DELETE", f"/contacts/{pk}", None, "Error"),
    ):
        answer = as_alice.send(method, path, body, **asked)
        assert answer["Content-Type"] == "application/xml; charset=utf-8"
        assert ElementTree.fromstring(answer.content).tag == root  # noqa: S314 -- our own answer
