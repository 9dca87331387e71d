"""How a contact is shown: keys, their order, what is left out, JSON and XML."""

import json
import re
from typing import Any

import pytest
from defusedxml import ElementTree

from contacts.fields import reference
from contacts.models import Contact, Credential, Project, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for, join, make_contact, make_custom_field
from tests.dialects.redmineup.calling import Caller

KEYS = [
    *("id", "is_company", "first_name", "last_name", "middle_name", "company", "website"),
    *("skype_name", "birthday", "job_title", "background", "author", "assigned_to", "address"),
    *("phones", "emails", "tag_list", "tags", "created_on", "updated_on", "visibility"),
    "projects",
]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def john(alice: User, project: Project) -> Contact:
    return make_contact(
        actor_for(alice),
        first_name="John",
        last_name="Smith",
        middle_name="Q",
        company="Apple Inc.",
        websites=["http://john.example"],
        messengers=[{"handle": "js", "service": "skype"}],
        birthday="1980-02-29",
        job_title="CEO",
        background="Hello\nworld",
        owner=alice.pk,
        addresses=[
            {
                "street1": "12, Street",
                "street2": "fl 2",
                "city": "Moscow",
                "region": "MO",
                "postcode": "101000",
                "country": "RU",
            }
        ],
        phones=["+7 111", "+7 222"],
        emails=["john@example.com"],
        tags=["vip", "cold call"],
    )


def shown(as_alice: Caller, contact: Contact) -> dict[str, Any]:
    found: dict[str, Any] = as_alice.read(f"/contacts/{contact.pk}.json")["contact"]
    return found


def test_a_full_contact_has_every_key_in_the_originals_order(
    as_alice: Caller, john: Contact, alice: User, project: Project
) -> None:
    contact = shown(as_alice, john)

    assert list(contact) == KEYS
    person = {"id": alice.pk, "name": "Alice Owner"}
    assert MOMENT.fullmatch(contact.pop("created_on"))
    assert MOMENT.fullmatch(contact.pop("updated_on"))
    assert contact == {
        "id": john.pk,
        "is_company": False,
        "first_name": "John",
        "last_name": "Smith",
        "middle_name": "Q",
        "company": "Apple Inc.",
        "website": "http://john.example",
        "skype_name": "js",
        "birthday": "1980-02-29",
        "job_title": "CEO",
        "background": "Hello\nworld",
        "author": person,
        "assigned_to": person,
        "address": {
            "full_address": "12, Street, fl 2, Moscow, 101000, MO, Russia",
            "street": "12, Street",
            "street2": "fl 2",
            "city": "Moscow",
            "region": "MO",
            "country": "Russia",
            "country_code": "RU",
            "postcode": "101000",
        },
        "phones": [{"number": "+7 111"}, {"number": "+7 222"}],
        "emails": [{"address": "john@example.com"}],
        "tag_list": ["vip", "cold call"],
        "tags": ["vip", "cold call"],
        "visibility": 0,
        "projects": [{"id": project.pk, "name": "Demo project"}],
    }


def test_a_bare_contact_has_nulls_and_leaves_out_what_is_absent(
    as_alice: Caller, tom: Contact
) -> None:
    contact = shown(as_alice, tom)

    absent = {"avatar", "assigned_to", "phones", "emails", "custom_fields"}
    assert not absent & contact.keys()
    assert contact["middle_name"] is None
    assert contact["website"] is None
    assert contact["birthday"] is None
    assert contact["tag_list"] == []
    assert set(contact["address"].values()) == {None}
    assert "country_code" in contact["address"]


def test_a_list_shows_neither_projects_nor_includes(as_alice: Caller, john: Contact) -> None:
    (contact,) = as_alice.read("/contacts.json?include=notes,deals")["contacts"]

    assert list(contact) == KEYS[:-1]


def test_a_full_contact_in_xml_has_the_documented_shape(
    as_alice: Caller, john: Contact, alice: User, project: Project
) -> None:
    text = as_alice.get(f"/contacts/{john.pk}.xml").content.decode()

    text = MOMENT.sub("NOW", text)
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?><contact>'
        f"<id>{john.pk}</id><is_company>false</is_company><first_name>John</first_name>"
        "<last_name>Smith</last_name><middle_name>Q</middle_name><company>Apple Inc.</company>"
        "<address><full_address>12, Street, fl 2, Moscow, 101000, MO, Russia</full_address>"
        "<street>12, Street</street><street2>fl 2</street2><city>Moscow</city><region>MO</region>"
        "<country>Russia</country><country_code>RU</country_code><postcode>101000</postcode>"
        "</address><website>http://john.example</website><skype_name>js</skype_name>"
        "<birthday>1980-02-29</birthday><job_title>CEO</job_title>"
        "<background>Hello\nworld</background>"
        f'<author id="{alice.pk}" name="Alice Owner"/>'
        f'<assigned_to id="{alice.pk}" name="Alice Owner"/>'
        '<phones type="array"><phone>+7 111</phone><phone>+7 222</phone></phones>'
        '<emails type="array"><email>john@example.com</email></emails>'
        "<tags>vip, cold call</tags><tag_list>vip, cold call</tag_list>"
        "<created_on>NOW</created_on><updated_on>NOW</updated_on><visibility>0</visibility>"
        f'<projects type="array"><project id="{project.pk}" name="Demo project"/></projects>'
        "</contact>"
    )


def test_empty_values_in_xml_are_empty_elements(as_alice: Caller, tom: Contact) -> None:
    text = as_alice.get(f"/contacts/{tom.pk}.xml").content.decode()

    assert "<middle_name/>" in text
    assert "<website/>" in text
    assert "<tags/><tag_list/>" in text
    assert "<country_code/>" in text
    assert "phones" not in text


NESTED = "<phone><number>+7 111</number></phone>"


def test_a_query_asks_for_the_plugins_nesting(as_alice: Caller, john: Contact) -> None:
    shown_alone = as_alice.get(f"/contacts/{john.pk}.xml?xml_style=plugin").content.decode()
    listed = as_alice.get("/contacts.xml?xml_style=plugin").content.decode()

    assert NESTED in shown_alone
    assert NESTED in listed
    assert "<email><address>john@example.com</address></email>" in shown_alone


def test_a_key_asks_for_the_plugins_nesting(as_alice: Caller, john: Contact) -> None:
    Credential.objects.update(traits={"xml_channels": "plugin"})

    assert NESTED in as_alice.get(f"/contacts/{john.pk}.xml").content.decode()
    plain = as_alice.get(f"/contacts/{john.pk}.xml?xml_style=seed").content.decode()
    assert NESTED not in plain


def test_a_setting_asks_for_the_plugins_nesting(
    as_alice: Caller, john: Contact, settings: Any
) -> None:
    settings.REDMINEUP_XML_CHANNELS = "plugin"

    assert NESTED in as_alice.get(f"/contacts/{john.pk}.xml").content.decode()


def test_json_nests_channels_whatever_the_style(as_alice: Caller, john: Contact) -> None:
    contact = as_alice.read(f"/contacts/{john.pk}.json?xml_style=seed")["contact"]

    assert contact["phones"][0] == {"number": "+7 111"}


def test_every_custom_field_is_listed_as_text(as_alice: Caller, tom: Contact, alice: User) -> None:
    text = make_custom_field("License")
    number = make_custom_field("Nums", type="integer")
    yes = make_custom_field("Yes", type="boolean")
    day = make_custom_field("Day", type="date")
    level = make_custom_field("Level", options=("Low", "High"))
    several = make_custom_field("Multi", options=("a", "b", "c"), is_multiple=True)
    make_custom_field("Ratio", type="decimal")
    make_custom_field("More", options=("x",), is_multiple=True)
    reference.forget()
    values = {text: "MIT", number: 42, yes: True, day: "2024-01-31", level: "High"}
    change: dict[str, object] = {f"custom_{field.pk}": value for field, value in values.items()}
    update_contact(actor_for(alice), tom.pk, {**change, f"custom_{several.pk}": ["a", "c"]})

    fields = shown(as_alice, tom)["custom_fields"]

    assert fields[0] == {"id": text.pk, "name": "License", "value": "MIT"}
    assert fields[5] == {"id": several.pk, "name": "Multi", "multiple": True, "value": ["a", "c"]}
    written = [each["value"] for each in fields]
    assert written == ["MIT", "42", "1", "2024-01-31", "High", ["a", "c"], None, []]


def test_custom_fields_in_xml_have_attributes_and_a_value(
    as_alice: Caller, tom: Contact, alice: User
) -> None:
    first = make_custom_field("License")
    second = make_custom_field("Purchase date", type="date")
    third = make_custom_field("Multi", options=("a", "c"), is_multiple=True)
    reference.forget()
    change = {f"custom_{first.pk}": "MIT", f"custom_{third.pk}": ["a", "c"]}
    update_contact(actor_for(alice), tom.pk, change)

    text = as_alice.get(f"/contacts/{tom.pk}.xml").content.decode()

    assert (
        '<custom_fields type="array">'
        f'<custom_field id="{first.pk}" name="License"><value>MIT</value></custom_field>'
        f'<custom_field id="{second.pk}" name="Purchase date"><value/></custom_field>'
        f'<custom_field id="{third.pk}" name="Multi" multiple="true">'
        '<value type="array"><value>a</value><value>c</value></value></custom_field>'
        "</custom_fields>"
    ) in text


def test_custom_fields_that_one_may_not_read_are_not_listed(
    as_alice: Caller, as_ada: Caller, tom: Contact
) -> None:
    make_custom_field("Secret", access="administrators")

    assert "custom_fields" not in shown(as_alice, tom)
    assert shown(as_ada, tom)["custom_fields"][0]["name"] == "Secret"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "organization", "organization_name": "Apple Inc."}, "Apple Inc."),
        ({"kind": "household", "household_name": "The Smiths"}, "The Smiths"),
        ({"kind": "person", "last_name": "Smith"}, "Smith"),
        ({"kind": "person", "emails": ["a@b.example"]}, "a@b.example"),
    ],
)
def test_no_contact_lacks_a_first_name(
    as_alice: Caller, alice: User, project: Project, values: dict[str, Any], name: str
) -> None:
    contact = shown(as_alice, make_contact(actor_for(alice), **values))

    assert contact["first_name"] == name
    assert contact["is_company"] is (values["kind"] == "organization")


def test_a_country_that_is_no_country_has_no_code(
    as_alice: Caller, alice: User, project: Project
) -> None:
    contact = make_contact(
        actor_for(alice), first_name="A", addresses=[{"city": "X", "country": "Atlantis"}]
    )

    address = shown(as_alice, contact)["address"]

    assert (address["country"], address["country_code"]) == ("Atlantis", None)
    assert address["full_address"] == "X, Atlantis"


def test_the_primary_address_is_the_one_that_is_shown(
    as_alice: Caller, alice: User, project: Project
) -> None:
    contact = make_contact(
        actor_for(alice),
        first_name="A",
        addresses=[{"city": "First"}, {"city": "Main", "is_primary": True}],
    )

    assert shown(as_alice, contact)["address"]["city"] == "Main"


def test_projects_that_one_may_not_know_of_are_not_named(
    as_alice: Caller, as_ada: Caller, ada: User, alice: User, project: Project, elsewhere: Project
) -> None:
    contact = make_contact(
        actor_for(ada), first_name="A", projects=[project.pk, elsewhere.pk], visibility=0
    )
    assert len(shown(as_ada, contact)["projects"]) == 2

    assert [each["id"] for each in shown(as_alice, contact)["projects"]] == [project.pk]
    join(alice, elsewhere, "Reporter")
    assert len(shown(as_alice, contact)["projects"]) == 2


@pytest.mark.parametrize("suffix", ["json", "xml"])
def test_text_survives_whatever_is_in_it(
    as_alice: Caller, alice: User, project: Project, suffix: str
) -> None:
    nasty = "<b>&amp; \"quotes\" 'n' ]]> Ünï— 🎉 \u2028 %s {{x}}"
    contact = make_contact(actor_for(alice), first_name=nasty)

    answer = as_alice.get(f"/contacts/{contact.pk}.{suffix}")

    found = (
        json.loads(answer.content)["contact"]["first_name"]
        if suffix == "json"
        else ElementTree.fromstring(answer.content).findtext("first_name")
    )
    assert found == nasty


@pytest.mark.parametrize("who", ["charlie", "archived", "missing"])
def test_hidden_archived_and_missing_contacts_look_the_same(
    as_alice: Caller, as_charlie: Caller, tom: Contact, who: str
) -> None:
    path = f"/contacts/{tom.pk}.json"
    assert as_alice.get(path).status_code == 200
    if who == "archived":
        assert as_alice.delete(path).status_code == 204

    asker = as_charlie if who == "charlie" else as_alice
    path = "/contacts/999999.json" if who == "missing" else path
    answers = [
        asker.get(path),
        asker.put(path, {"contact": {"first_name": "x"}}),
        asker.delete(path),
    ]

    assert {(each.status_code, each.content) for each in answers} == {(404, b"")}


def test_conditional_reads_are_answered_304(as_alice: Caller, tom: Contact) -> None:
    path = f"/contacts/{tom.pk}.json"
    tag = as_alice.get(path)["ETag"]

    again = as_alice.send("GET", path, If_None_Match=tag)
    changed = as_alice.send("PUT", path, {"contact": {"job_title": "x"}}, If_Match=tag)
    stale = as_alice.send("PUT", path, {"contact": {"job_title": "y"}}, If_Match=tag)
    lost = as_alice.send("DELETE", path, If_Match=tag)

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, stale.status_code, lost.status_code) == (204, 412, 412)
    assert Contact.objects.get(pk=tom.pk).job_title == "x"


def test_a_contact_is_found_below_a_project_that_exists(as_alice: Caller, tom: Contact) -> None:
    body = {"contact": {"job_title": "CEO"}}

    assert as_alice.get(f"/projects/demo/contacts/{tom.pk}.json").status_code == 200
    assert as_alice.put(f"/projects/demo/contacts/{tom.pk}.json", body).status_code == 204
    lost = f"/projects/nowhere/contacts/{tom.pk}.json"
    answers = [as_alice.get(lost), as_alice.put(lost, body), as_alice.delete(lost)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert as_alice.delete(f"/projects/demo/contacts/{tom.pk}.json").status_code == 204
