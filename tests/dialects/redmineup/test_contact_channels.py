"""Phones, e-mails, addresses, websites and tags are written and merged."""

import pytest

from contacts.fields import reference
from contacts.models import Contact, Project, Tag, User
from tests.builders import (
    actor_for,
    make_contact,
    make_custom_field,
)
from tests.dialects.redmineup.calling import Caller
from tests.dialects.redmineup.contact_calls import Sent, change, create, document, refused


@pytest.mark.parametrize("sent", ["1,2,  3", " 1 , 2,3,", ["1", "2", "3"]])
def test_phones_are_split_at_commas(as_alice: Caller, project: Project, sent: object) -> None:
    numbers = [each["number"] for each in create(as_alice, phone=sent)["phones"]]

    assert numbers == ["1", "2", "3"]


@pytest.mark.parametrize("blank", ["", None])
def test_blank_channels_are_cleared(as_alice: Caller, project: Project, blank: object) -> None:
    made = create(as_alice, phone="1", email="a@b.example", website="x.example", skype_name="js")
    contact = Contact.objects.get(pk=made["id"])

    now = change(as_alice, contact, phone=blank, email=blank, website=blank, skype_name=blank)

    assert not {"phones", "emails"} & now.keys()
    assert (now["website"], now["skype_name"]) == (None, None)


def test_an_unchanged_number_keeps_its_row_and_type(
    as_alice: Caller, alice: User, project: Project
) -> None:
    contact = make_contact(
        actor_for(alice),
        first_name="A",
        phones=[{"number": "111", "type": "mobile"}, {"number": "222", "type": "fax"}],
    )
    before = {row["number"]: row for row in document(alice, contact)["phones"]}

    change(as_alice, contact, phone="222, 333")

    rows = {row["number"]: row for row in document(alice, contact)["phones"]}
    assert list(rows) == ["222", "333"]
    assert rows["222"]["id"] == before["222"]["id"]
    assert rows["222"]["type_id"] == before["222"]["type_id"]
    assert rows["222"]["is_primary"]


def test_new_phones_are_for_work(as_alice: Caller, alice: User, project: Project) -> None:
    made = create(as_alice, phone="1")

    (row,) = document(alice, Contact.objects.get(pk=made["id"]))["phones"]

    assert reference.options().by_id[row["location_id"]].name == "work"


def test_emails_lose_blanks_and_the_first_is_primary(
    as_alice: Caller, alice: User, project: Project
) -> None:
    made = create(as_alice, email="a@b.example ,  c d@e.example")

    rows = document(alice, Contact.objects.get(pk=made["id"]))["emails"]

    assert [row["address"] for row in rows] == ["a@b.example", "cd@e.example"]
    assert [row.get("is_primary", False) for row in rows] == [True, False]


@pytest.mark.parametrize("email", ["nowhere", "a@", "@b", "a@b@c", "good@b.example,bad"])
def test_what_is_no_email_is_refused(as_alice: Caller, project: Project, email: str) -> None:
    assert refused(as_alice, email=email) == ["Email have incorrect format"]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("vip, cold call", ["vip", "cold call"]),
        ("vip,,vip , ,hot", ["vip", "hot"]),
        ("\"a,b\",'c,d',e", ["a,b", "c,d", "e"]),
        (["vip", "a,b", ""], ["vip", "a,b"]),
        ("", []),
        ([], []),
        (None, []),
        ([5, 2.5], ["5", "2.5"]),
        (1, ["1"]),
    ],
)
def test_tags_are_a_comma_list_or_an_array(
    as_alice: Caller, project: Project, sent: object, expected: list[str]
) -> None:
    assert create(as_alice, tag_list=sent)["tag_list"] == expected


def test_tags_are_replaced_and_reused_in_their_stored_spelling(
    as_alice: Caller, project: Project
) -> None:
    create(as_alice, tag_list="Straße,VIP")
    made = create(as_alice, tag_list="old")
    contact = Contact.objects.get(pk=made["id"])

    now = change(as_alice, contact, tag_list="STRASSE, vip")

    assert now["tag_list"] == ["Straße", "VIP"]
    assert Tag.objects.count() == 3


def test_address_attributes_are_merged_into_the_one_address(
    as_alice: Caller, project: Project
) -> None:
    made = create(
        as_alice,
        address_attributes={"street1": "12, Street", "city": "Moscow", "country_code": "RU"},
    )
    contact = Contact.objects.get(pk=made["id"])

    now = change(as_alice, contact, address_attributes={"city": "Omsk", "postcode": "644"})

    assert now["address"]["full_address"] == "12, Street, Omsk, 644, Russia"


@pytest.mark.parametrize(
    "attributes",
    [
        {"_destroy": "1"},
        {"_destroy": True, "city": "Omsk"},
        {"street1": "", "city": "", "country_code": ""},
        {"street1": None, "city": None, "country_code": None},
    ],
)
def test_an_address_is_removed_and_others_are_left_alone(
    as_alice: Caller, alice: User, project: Project, attributes: Sent
) -> None:
    contact = make_contact(
        actor_for(alice),
        first_name="A",
        addresses=[
            {"street1": "12, Street", "city": "Moscow", "country": "RU", "is_primary": True},
            {"city": "Second", "location": "home"},
        ],
    )

    now = change(as_alice, contact, address_attributes=attributes)

    assert now["address"]["city"] == "Second"
    (left,) = document(alice, contact)["addresses"]
    assert reference.options().by_id[left["location_id"]].name == "home"


def test_a_second_address_website_and_messenger_survive(
    as_alice: Caller, alice: User, project: Project
) -> None:
    contact = make_contact(
        actor_for(alice),
        first_name="A",
        addresses=[{"city": "One", "street3": "third line"}, {"city": "Two"}],
        websites=["one.example", "two.example"],
        messengers=[
            {"handle": "t", "service": "telegram"},
            {"handle": "js", "service": "skype"},
        ],
    )

    change(
        as_alice,
        contact,
        address_attributes={"city": "Uno"},
        website="uno.example",
        skype_name="john",
    )

    now = document(alice, contact)
    assert [row["city"] for row in now["addresses"]] == ["Uno", "Two"]
    assert now["addresses"][0]["street3"] == "third line"
    assert [row["url"] for row in now["websites"]] == ["uno.example", "two.example"]
    assert [row["handle"] for row in now["messengers"]] == ["t", "john"]


@pytest.mark.parametrize(
    ("country", "name"),
    [({"country_code": "es"}, "Spain"), ({"country": "France"}, "France"), ({}, None)],
)
def test_a_country_is_named_by_code_or_name(
    as_alice: Caller, project: Project, country: Sent, name: str | None
) -> None:
    made = create(as_alice, address_attributes={"city": "X", **country})

    assert made["address"]["country"] == name


def test_a_code_that_no_country_has_is_kept_and_names_none(
    as_alice: Caller, project: Project
) -> None:
    made = create(as_alice, address_attributes={"city": "X", "country_code": "ZZ"})

    address = made["address"]
    assert (address["country"], address["country_code"]) == (None, "ZZ")
    assert address["full_address"] == "X"
    body = {"contact": made}
    assert as_alice.put(f"/contacts/{made['id']}.json", body).status_code == 204
    assert as_alice.read(f"/contacts/{made['id']}.json")["contact"]["address"] == address


@pytest.mark.parametrize("attributes", ["text", ["x"], 5])
def test_address_attributes_that_are_no_object_are_invalid(
    as_alice: Caller, project: Project, attributes: object
) -> None:
    assert refused(as_alice, address_attributes=attributes) == ["Address is invalid"]


def test_what_was_read_can_be_sent_back_whole(as_alice: Caller, project: Project) -> None:
    field = make_custom_field("Multi", options=("a", "b"), is_multiple=True)
    made = create(
        as_alice,
        phone="1,2",
        email="a@b.example",
        address_attributes={"street1": "S", "city": "C", "country_code": "RU"},
        tag_list="a,b",
        website="x.example",
        skype_name="js",
        company="Apple",
        birthday="1980-02-29",
        custom_fields=[{"id": field.pk, "value": ["a", "b"]}],
    )
    contact = Contact.objects.get(pk=made["id"])

    now = change(as_alice, contact, **made)

    assert now | {"updated_on": made["updated_on"]} == made


def test_shown_channels_that_are_sent_back_changed_are_taken(
    as_alice: Caller, project: Project
) -> None:
    made = create(as_alice, phone="1,2", address_attributes={"city": "C", "country_code": "RU"})
    contact = Contact.objects.get(pk=made["id"])
    sent = {
        "phones": [{"number": "2"}, {"number": "3"}],
        "emails": [{"address": "a@b.example"}],
        "address": made["address"] | {"city": "D", "street": "S"},
    }

    now = change(as_alice, contact, **sent)

    assert now["phones"] == sent["phones"]
    assert now["emails"] == sent["emails"]
    assert now["address"]["full_address"] == "S, D, Russia"


def test_documented_attributes_count_more_than_shown_ones(
    as_alice: Caller, project: Project
) -> None:
    made = create(as_alice, phone="1", phones=[{"number": "9"}])

    assert made["phones"] == [{"number": "1"}]


def test_tags_with_commas_survive_being_sent_back_in_xml(
    as_alice: Caller, project: Project
) -> None:
    made = create(as_alice, tag_list=["a, b", 'say "c, d"', "e"])
    path = f"/contacts/{made['id']}.xml"

    text = as_alice.get(path).content.decode()
    answer = as_alice.send("PUT", path, text, "application/xml")

    assert answer.status_code == 204
    assert as_alice.read(f"/contacts/{made['id']}.json")["contact"]["tag_list"] == made["tag_list"]
