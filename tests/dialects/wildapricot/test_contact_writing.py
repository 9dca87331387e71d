"""Contacts are created, changed in part, archived and deleted."""

import json
from typing import Any

import pytest

from contacts.models import Change, Contact, Tag, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.wildapricot.calling import ROOT, Caller, value_of

pytestmark = pytest.mark.django_db


def fields(**values: Any) -> "list[dict[str, Any]]":
    """Return entries of FieldValues; underscores of the names are blanks."""
    return [{"FieldName": name.replace("_", " "), "Value": value} for name, value in values.items()]


def restrictions(answer: Any) -> dict[str, str]:
    """Return what is wrong with each key of a refused body."""
    assert answer.status_code == 400, answer.content
    body = answer.json()
    assert body["code"] == "Validation"
    return {each["key"]: each["restriction"] for each in body["details"]}


def test_what_the_python_sample_creates_and_archives(as_alice: Caller) -> None:
    made = as_alice.make({"Email": "some@example.test", "FirstName": "Some Name"})
    assert (made["Email"], made["FirstName"]) == ("some@example.test", "Some Name")
    archived = as_alice.change(
        made["Id"], {"Id": made["Id"], "FieldValues": fields(Archived="true")}
    )
    assert value_of(archived, "IsArchived") is True
    assert Contact.objects.get(pk=made["Id"]).archived_at is not None


def test_created_contacts_are_public_and_their_author_is_the_keys_user(
    as_alice: Caller, alice: User
) -> None:
    stored = Contact.objects.get(pk=as_alice.make({"LastName": "Pond"})["Id"])
    assert (stored.visibility, stored.author_id) == (Contact.Visibility.PUBLIC, alice.pk)
    assert stored.kind == Contact.Kind.PERSON


def test_only_an_organization_is_an_organization(as_alice: Caller) -> None:
    made = as_alice.make({"Organization": "Acme"})
    stored = Contact.objects.get(pk=made["Id"])
    assert (stored.kind, stored.organization_name) == (Contact.Kind.ORGANIZATION, "Acme")
    assert (made["Organization"], made["DisplayName"]) == ("Acme", "Acme")
    named = as_alice.make({"Organization": "Acme", "FirstName": "Amy"})
    assert Contact.objects.get(pk=named["Id"]).kind == Contact.Kind.PERSON
    household = as_alice.make({"LastName": "The Ponds", "FieldValues": fields(Contact_type=3)})
    assert Contact.objects.get(pk=household["Id"]).household_name == "The Ponds"
    assert household["LastName"] == "The Ponds"


EVERYTHING: dict[str, Any] = {
    "Notes": "Two\nlines <b>as given</b> ",
    "Phone": "+1 555 0100",
    "Mobile phone": "+1 555 0199",
    "Fax": "+1 555 0111",
    "Job title": "Designer",
    "Website": "https://example.test/",
    "Address": "1 Main St\nApt 2",
    "City": "Oslo",
    "State/Prov": "Viken",
    "Postal code": "0150",
    "Country": "Norway",
    "Birthday": "1990-05-01T00:00:00",
    "Middle name": "Jessica",
    "Other emails": "second@example.test, third@example.test",
    "Source": "Fair",
    "Balance": 12.5,
    "Total donated": 100.0,
    "Member emails and newsletters": False,
    "Event announcements": False,
    "Email delivery disabled": True,
}


def test_every_field_that_can_be_written_reads_back(as_alice: Caller) -> None:
    made = as_alice.make(
        {
            "FirstName": "Amy",
            "Email": "amy@example.test",
            "FieldValues": [
                {"FieldName": name, "Value": value} for name, value in EVERYTHING.items()
            ],
        }
    )
    assert {name: value_of(made, name) for name in EVERYTHING} == EVERYTHING
    assert as_alice.read(f"/contacts/{made['Id']}") == made


def test_a_whole_contact_sent_back_changes_nothing(as_alice: Caller) -> None:
    made = as_alice.make(
        {
            "FirstName": "Amy",
            "LastName": "Pond",
            "Organization": "Acme",
            "Email": "amy@example.test",
            "FieldValues": [
                *({"FieldName": name, "Value": value} for name, value in EVERYTHING.items()),
                *fields(Tags=["VIP", "Press"]),
            ],
        }
    )
    again = as_alice.change(made["Id"], made)
    for moving in ("ProfileLastUpdated", "FieldValues"):
        values = made.pop(moving), again.pop(moving)
    codes = {"LastUpdated", "LastUpdatedBy"}
    kept = [[each for each in entries if each["SystemCode"] not in codes] for entries in values]
    assert kept[0] == kept[1]
    assert made == again


def test_a_change_touches_what_it_names_and_nothing_else(as_alice: Caller, alice: User) -> None:
    contact = make_contact(
        actor_for(alice),
        first_name="Amy",
        last_name="Pond",
        nickname="Pondy",
        emails=["first@example.test", "second@example.test"],
        phones=[{"number": "1"}, {"number": "2", "type": "mobile"}, {"number": "3"}],
        addresses=[{"street1": "A", "city": "B"}, {"street1": "C", "city": "D"}],
        tags=["VIP"],
    )
    as_alice.change(contact.pk, {"Email": "new@example.test", "FieldValues": fields(City="X")})
    contact.refresh_from_db()
    assert [each.address for each in contact.emails.all()] == [
        "new@example.test",
        "second@example.test",
    ]
    assert [each.number for each in contact.phones.all()] == ["1", "2", "3"]
    assert [(each.street1, each.city) for each in contact.addresses.all()] == [
        ("A", "X"),
        ("C", "D"),
    ]
    assert (contact.first_name, contact.nickname) == ("Amy", "Pondy")
    assert [link.tag.name for link in contact.tag_links.all()] == ["VIP"]


def test_a_mobile_that_is_primary_is_not_overwritten_by_the_phone(
    as_alice: Caller, alice: User
) -> None:
    contact = make_contact(actor_for(alice), phones=[{"number": "77", "type": "mobile"}])
    changed = as_alice.change(contact.pk, {"FieldValues": fields(Phone="11")})
    assert (value_of(changed, "Phone"), value_of(changed, "Mobile phone")) == ("11", "77")
    cleared = as_alice.change(contact.pk, {"FieldValues": fields(Mobile_phone=None)})
    assert (value_of(cleared, "Phone"), value_of(cleared, "Mobile phone")) == ("11", "")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_fields_are_named_by_code_or_name_whatever_the_case(
    method: str, as_alice: Caller, alice: User
) -> None:
    contact = make_contact(actor_for(alice))
    body = {
        "fieldvalues": [
            {"systemcode": "custom-9001", "value": "Clerk"},
            {"fieldName": "balance", "Value": "5"},
            {"FieldName": "Wrong name", "SystemCode": "FirstName", "Value": "Amy"},
            {"FieldName": "e-Mail", "Value": "amy@example.test"},
        ]
    }
    changed = as_alice.send(method, f"/contacts/{contact.pk}", body).json()
    assert (changed["FirstName"], changed["Email"]) == ("Amy", "amy@example.test")
    assert (value_of(changed, "Job title"), value_of(changed, "Balance")) == ("Clerk", 5.0)


def test_entries_win_over_keys_and_later_ones_over_earlier(as_alice: Caller) -> None:
    made = as_alice.make(
        {
            "FirstName": "Key",
            "FieldValues": [
                {"FieldName": "First name", "Value": "Entry"},
                {"SystemCode": "FirstName", "Value": "Last"},
            ],
        }
    )
    assert made["FirstName"] == "Last"


def test_what_cannot_be_edited_is_ignored(as_alice: Caller) -> None:
    made = as_alice.make(
        {
            "Id": 0,
            "FirstName": "Amy",
            "DisplayName": "Somebody",
            "Url": "http://elsewhere/",
            "Password": "secret",
            "RecreateInvoice": True,
            "FieldValues": fields(
                User_ID=5, Profile_last_updated="2000-01-01", Donor=True, Creation_date="1999-01-01"
            ),
        }
    )
    assert made["DisplayName"] == "Amy"
    assert value_of(made, "User ID") == made["Id"]
    assert value_of(made, "Donor") is False


def test_tags_are_replaced_as_a_set_and_made_when_new(as_alice: Caller) -> None:
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Tags=["VIP", {"Label": "New"}])})
    assert [each["Label"] for each in value_of(made, "Tags")] == ["VIP", "New"]
    vip = Tag.objects.get(name="VIP").pk
    for value in ([{"Id": vip}], {"Id": vip, "Label": "VIP"}, vip, ["vip"]):
        changed = as_alice.change(made["Id"], {"FieldValues": fields(Tags=value)})
        assert value_of(changed, "Tags") == [{"Id": vip, "Label": "VIP"}]
    cleared = as_alice.change(made["Id"], {"FieldValues": fields(Tags=[])})
    assert value_of(cleared, "Tags") == []


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2024-03-01", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T10:00:00.000Z", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T12:00:00+02:00", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T10:00:00", "2024-03-01T10:00:00+00:00"),
        (None, None),
        ("", None),
    ],
)
def test_moments_of_custom_fields_are_taken_as_clients_write_them(
    value: str | None, read: str | None, as_alice: Caller
) -> None:
    make_custom_field("Seen", type="datetime")
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Seen=value)})
    expected = read.replace("10:00", "00:00", 1) if value == "2024-03-01" and read else read
    assert value_of(made, "Seen") == expected


def test_custom_fields_of_every_type_are_written_and_read(as_alice: Caller) -> None:
    extras = make_custom_field("Extras", options=("News", "Shirt"), is_multiple=True)
    door = make_custom_field("Door", options=("Yes", "No"))
    for name, kind in {"Visits": "integer", "Rate": "decimal", "Agreed": "boolean"}.items():
        make_custom_field(name, type=kind)
    news, yes = (field.options.order_by("position")[0].pk for field in (extras, door))
    made = as_alice.make(
        {
            "FirstName": "A",
            "FieldValues": fields(
                Extras=[{"Label": "News"}], Door="yes", Visits="5", Rate=1.25, Agreed="True"
            ),
        }
    )
    assert value_of(made, "Extras") == [{"Id": news, "Label": "News"}]
    assert value_of(made, "Door") == {"Id": yes, "Label": "Yes"}
    assert [value_of(made, name) for name in ("Visits", "Rate", "Agreed")] == [5, 1.25, True]
    cleared = as_alice.change(
        made["Id"], {"FieldValues": fields(Extras=None, Door=None, Visits="", Rate=None)}
    )
    assert [value_of(cleared, name) for name in ("Extras", "Door", "Visits")] == [[], None, None]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"FirstName": "A", "Email": "x@"}, {"Email": "Invalid email address."}),
        ({"FirstName": "A", "Email": "two words"}, {"Email": "Invalid email address."}),
        ({}, {"First name": None}),
        ({"FirstName": " ", "Email": ""}, {"First name": None}),
        ({"FirstName": "A", "FieldValues": fields(Nonsense=1)}, {"Nonsense": "Unknown field."}),
        (
            {"FirstName": "A", "FieldValues": fields(Contact_type="Robot")},
            {"Contact type": "Unexpected option."},
        ),
        ({"FirstName": "A", "FieldValues": fields(Archived="maybe")}, {"Archived": None}),
        ({"FirstName": "A", "FieldValues": fields(Balance="much")}, {"Balance": None}),
        ({"FirstName": "A", "FieldValues": fields(Birthday="soon")}, {"Birthday": None}),
        ({"FirstName": {"a": 1}}, {"First name": None}),
        ({"FirstName": "x" * 300}, {"First name": "Value is too long."}),
        (
            {"FirstName": "A", "Email": "x@", "FieldValues": fields(Nonsense=1, Balance="x")},
            {"Email": None, "Nonsense": None, "Balance": None},
        ),
    ],
)
def test_what_is_wrong_is_told_for_each_key_and_nothing_is_stored(
    body: Any, wrong: dict[str, str | None], as_alice: Caller
) -> None:
    before = Contact.objects.count()
    found = restrictions(as_alice.send("POST", "/contacts", body))
    assert found.keys() == wrong.keys()
    assert all(words is None or found[key] == words for key, words in wrong.items())
    assert Contact.objects.count() == before


def test_a_refusal_shows_the_value(as_alice: Caller) -> None:
    answer = as_alice.send("POST", "/contacts", {"FirstName": "A", "Email": "x@"})
    assert answer.json() == {
        "code": "Validation",
        "message": "Contact details validation error.",
        "details": [{"key": "Email", "value": "x@", "restriction": "Invalid email address."}],
    }


def test_an_address_is_one_contacts_alone_but_old_duplicates_stay(
    as_alice: Caller, alice: User
) -> None:
    for _ in range(2):
        contact = make_contact(actor_for(alice), emails=["Same@example.test"])
    answer = as_alice.send("POST", "/contacts", {"FirstName": "A", "Email": "same@EXAMPLE.test"})
    assert restrictions(answer) == {"Email": "Email address must be unique."}
    changed = as_alice.change(contact.pk, {"FirstName": "B", "Email": "Same@example.test"})
    assert changed["FirstName"] == "B"


@pytest.mark.parametrize("body", ["[]", '"text"', "", "{", "null", '{"FieldValues": {}}', "1"])
def test_a_body_that_is_no_contact_is_refused(body: str, as_alice: Caller) -> None:
    answer = as_alice.send("POST", "/contacts", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "Validation")


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded", ""]
)
def test_a_body_is_json_whatever_it_says(content_type: str, as_alice: Caller) -> None:
    body = b"\xef\xbb\xbf" + json.dumps({"FirstName": "Zoë"}).encode()
    answer = as_alice.client.generic(
        "POST",
        f"{ROOT}/contacts/?$async=false",
        body,
        content_type=content_type,
        headers={"Authorization": f"bearer {as_alice.token}"},
    )
    assert (answer.status_code, answer.json()["FirstName"]) == (200, "Zoë")


def test_an_archived_contact_is_changed_and_restored(as_alice: Caller) -> None:
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Archived=True)})
    assert value_of(made, "Archived") is True
    changed = as_alice.change(made["Id"], {"FirstName": "B"})
    assert (changed["FirstName"], value_of(changed, "Archived")) == ("B", True)
    restored = as_alice.change(
        made["Id"], {"FirstName": "C", "FieldValues": fields(Archived=False)}
    )
    assert (restored["FirstName"], value_of(restored, "Archived")) == ("C", False)


def test_changes_are_in_the_history_with_their_door(as_alice: Caller) -> None:
    contact_id = as_alice.make({"FirstName": "A"})["Id"]
    as_alice.change(contact_id, {"FirstName": "B"})
    trail = Change.objects.filter(record_kind="contact", record_id=contact_id)
    assert {each.dialect for each in trail} == {"wildapricot"}
    assert [each.action for each in trail.order_by("pk")] == ["created", "updated"]


def test_a_change_moves_the_time_of_the_profile(as_alice: Caller) -> None:
    made = as_alice.make({"FirstName": "A"})
    changed = as_alice.change(made["Id"], {"FirstName": "B"})
    assert changed["ProfileLastUpdated"] > made["ProfileLastUpdated"]


@pytest.mark.parametrize("number", ["999999", "0", "abc", "99999999999999999999"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_contact_that_is_not_there_is_not_found(
    method: str, number: str, as_alice: Caller
) -> None:
    answer = as_alice.send(method, f"/contacts/{number}", {} if method == "PUT" else None)
    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert answer.json()["Message"] == answer.json()["message"]


def test_who_may_only_see_a_contact_may_not_change_it(as_charlie: Caller, alice: User) -> None:
    contact = make_contact(actor_for(alice), visibility=Contact.Visibility.PUBLIC)
    assert as_charlie.read(f"/contacts/{contact.pk}")["Id"] == contact.pk
    answer = as_charlie.send("PUT", f"/contacts/{contact.pk}", {"FirstName": "No"})
    assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")


def test_a_change_of_a_version_that_is_gone_is_refused(as_alice: Caller) -> None:
    made = as_alice.make({"FirstName": "A"})
    tag = as_alice.get(f"/contacts/{made['Id']}")["ETag"]
    as_alice.change(made["Id"], {"FirstName": "B"})
    answer = as_alice.send("PUT", f"/contacts/{made['Id']}", {"FirstName": "C"}, If_Match=tag)
    assert (answer.status_code, answer.json()["code"]) == (412, "PreconditionFailed")


def test_a_retry_with_a_new_token_gets_the_first_answer(as_alice: Caller) -> None:
    once = {"Idempotency-Key": "once"}
    first = as_alice.send("POST", "/contacts", {"FirstName": "Ann"}, **once)
    as_alice.token = as_alice.ask_token().json()["access_token"]
    again = as_alice.send("POST", "/contacts", {"FirstName": "Ann"}, **once)
    assert again["Idempotent-Replayed"] == "true"
    assert again.json() == first.json()
    assert Contact.objects.filter(first_name="Ann").count() == 1
