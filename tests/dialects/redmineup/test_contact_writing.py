"""What can be written of a contact, and what becomes of it."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from contacts.fields import reference
from contacts.models import Change, Contact, Project, Tag, User
from contacts.query import get_contact
from contacts.services.contacts import update_contact
from tests.builders import (
    actor_for,
    join,
    make_contact,
    make_custom_field,
    make_key,
    make_project,
    make_user,
)
from tests.dialects.redmineup.calling import Caller, errors_of

Sent = dict[str, Any]


def create(as_alice: Caller, **sent: Any) -> Sent:
    body = {"contact": {"project_id": "demo", "first_name": "Ann", **sent}}
    made: Sent = as_alice.make("/contacts.json", body)["contact"]
    return made


def change(as_alice: Caller, contact: Contact, **sent: Any) -> Sent:
    answer = as_alice.put(f"/contacts/{contact.pk}.json", {"contact": sent})
    assert answer.status_code == 204, (answer.status_code, answer.content[:500])
    return shown(as_alice, contact)


def shown(as_alice: Caller, contact: Contact) -> Sent:
    found: Sent = as_alice.read(f"/contacts/{contact.pk}.json")["contact"]
    return found


def refused(as_alice: Caller, **sent: Any) -> list[str]:
    before = Contact.objects.count()
    body = {"contact": {"project_id": "demo", "first_name": "Ann", **sent}}
    errors = errors_of(as_alice.post("/contacts.json", body))
    assert Contact.objects.count() == before
    return errors


def document(user: User, contact: Contact) -> Sent:
    return dict(get_contact(actor_for(user), contact.pk))


def test_a_created_contact_is_answered_as_shown_with_its_address(
    as_alice: Caller, project: Project
) -> None:
    body = {"contact": {"project_id": project.pk, "first_name": "Ann"}}

    answer = as_alice.post("/contacts.json", body)

    made = answer.json()["contact"]
    assert answer["Location"] == f"http://testserver/contacts/{made['id']}"
    assert made == as_alice.read(f"/contacts/{made['id']}.json")["contact"]


@pytest.mark.parametrize(
    ("path", "inside", "beside"),
    [
        ("/projects/demo/contacts.json", None, None),
        ("/projects/{pk}/contacts.json", None, None),
        ("/contacts.json", None, "demo"),
        ("/contacts.json", "demo", "other"),
        ("/projects/other/contacts.json", "demo", None),
    ],
)
def test_the_project_is_named_inside_beside_or_by_the_address(
    as_ada: Caller, project: Project, path: str, inside: str | None, beside: str | None
) -> None:
    make_project("Other", identifier="other")
    body: Sent = {"contact": {"first_name": "Ann"}}
    if inside:
        body["contact"]["project_id"] = inside
    if beside:
        body["project_id"] = beside

    made = as_ada.make(path.format(pk=project.pk), body)["contact"]

    assert [each["id"] for each in made["projects"]] == [project.pk]


@pytest.mark.parametrize("named", [None, "", "nowhere", "999999", 0, ["demo"], {"id": 1}, True])
def test_a_missing_or_unknown_project_is_not_found(
    as_alice: Caller, project: Project, named: object
) -> None:
    answer = as_alice.post("/contacts.json", {"contact": {"first_name": "A", "project_id": named}})

    assert (answer.status_code, answer.content) == (404, b"")


def test_a_project_where_one_may_not_add_is_forbidden(
    as_bob: Caller, bob: User, ada: User, elsewhere: Project
) -> None:
    body = {"contact": {"first_name": "A", "project_id": elsewhere.pk}}
    hidden = as_bob.post("/contacts.json", body)
    join(bob, elsewhere, "Reporter")
    seen = as_bob.post("/contacts.json", body)
    without = make_project("Quiet", identifier="quiet", modules=["deals"])
    join(bob, without, "Manager")
    quiet = as_bob.post("/contacts.json", {"contact": {"first_name": "A", "project_id": "quiet"}})

    assert (hidden.status_code, hidden.content) == (404, b"")
    assert (seen.status_code, seen.content) == (403, b"")
    assert (quiet.status_code, quiet.content) == (403, b"")


@pytest.mark.parametrize("name", ["", "  ", None])
def test_a_first_name_is_required(as_alice: Caller, tom: Contact, name: object) -> None:
    assert refused(as_alice, first_name=name) == ["First Name cannot be blank"]

    answer = as_alice.put(f"/contacts/{tom.pk}.json", {"contact": {"first_name": name}})
    assert errors_of(answer) == ["First Name cannot be blank"]


def test_all_faults_are_reported_together(as_alice: Caller, project: Project) -> None:
    errors = refused(
        as_alice,
        birthday="yesterday",
        visibility="3",
        assigned_to_id=999999,
        job_title="x" * 300,
    )

    assert set(errors) == {
        "Birthday is not a valid date",
        "Visibility is not included in the list",
        "Assigned to is invalid",
        "Job Title is too long (maximum is 255 characters)",
    }


@pytest.mark.parametrize(
    ("sent", "is_company"),
    [
        (True, True),
        ("true", True),
        (1, True),
        ("1", True),
        (False, False),
        ("false", False),
        (0, False),
        ("0", False),
        ("", False),
        (None, False),
    ],
)
def test_a_company_is_said_in_many_ways(
    as_alice: Caller, project: Project, sent: object, is_company: bool
) -> None:
    assert create(as_alice, is_company=sent)["is_company"] is is_company


def test_a_person_becomes_a_company_and_back(as_alice: Caller, tom: Contact) -> None:
    company = change(as_alice, tom, is_company=True)
    stored = Contact.objects.get(pk=tom.pk)
    assert (company["first_name"], stored.organization_name) == ("Tom", "Tom")

    person = change(as_alice, tom, is_company="0", first_name="Tommy")

    stored = Contact.objects.get(pk=tom.pk)
    assert (person["first_name"], stored.first_name, stored.organization_name) == (
        "Tommy",
        "Tommy",
        "",
    )


def test_a_household_stays_one(as_alice: Caller, alice: User, project: Project) -> None:
    smiths = make_contact(actor_for(alice), kind="household", household_name="Smiths")

    shown_now = change(as_alice, smiths, is_company=False, first_name="The Smiths")

    stored = Contact.objects.get(pk=smiths.pk)
    assert shown_now["first_name"] == "The Smiths"
    assert (stored.kind, stored.household_name) == ("household", "The Smiths")


def test_a_stand_in_that_is_sent_back_changes_nothing(
    as_alice: Caller, alice: User, project: Project
) -> None:
    smith = make_contact(actor_for(alice), kind="person", last_name="Smith")

    change(as_alice, smith, **shown(as_alice, smith))

    stored = Contact.objects.get(pk=smith.pk)
    assert (stored.first_name, stored.last_name) == ("", "Smith")


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
        ([5], ["5"]),
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


@pytest.mark.parametrize("attributes", ["text", ["x"], 5])
def test_address_attributes_that_are_no_object_are_invalid(
    as_alice: Caller, project: Project, attributes: object
) -> None:
    assert refused(as_alice, address_attributes=attributes) == ["Address is invalid"]


@pytest.mark.parametrize(("sent", "stored"), [("0", 0), (1, 1), ("2", 2), (0, 0)])
def test_visibility_is_a_number_or_its_text(
    as_alice: Caller, project: Project, sent: object, stored: int
) -> None:
    assert create(as_alice, visibility=sent)["visibility"] == stored


@pytest.mark.parametrize("sent", ["3", -1, "public", [1], {"a": 1}])
def test_another_visibility_is_refused(as_alice: Caller, project: Project, sent: object) -> None:
    assert refused(as_alice, visibility=sent) == ["Visibility is not included in the list"]


def test_an_assignee_is_set_and_cleared(as_alice: Caller, alice: User, tom: Contact) -> None:
    assert change(as_alice, tom, assigned_to_id=str(alice.pk))["assigned_to"]["id"] == alice.pk
    assert "assigned_to" not in change(as_alice, tom, assigned_to_id="")


def test_only_named_custom_fields_change(as_alice: Caller, project: Project) -> None:
    first = make_custom_field("License")
    second = make_custom_field("Level", options=("Low", "High"))
    fields = [{"id": first.pk, "value": "MIT"}, {"id": str(second.pk), "value": "High"}]
    contact = Contact.objects.get(pk=create(as_alice, custom_fields=fields)["id"])

    now = change(as_alice, contact, custom_fields=[{"id": first.pk, "value": ""}])

    assert [each["value"] for each in now["custom_fields"]] == [None, "High"]


def test_bad_custom_values_are_refused_by_the_label(as_alice: Caller, project: Project) -> None:
    level = make_custom_field("Level", options=("Low", "High"))
    nums = make_custom_field("Nums", type="integer")
    code = make_custom_field("Code", pattern="^[A-Z]{3}$", max_length=3, is_required=True)
    fields = [
        {"id": level.pk, "value": "Middle"},
        {"id": nums.pk, "value": "many"},
        {"id": code.pk, "value": "abc"},
    ]

    assert set(refused(as_alice, custom_fields=fields)) == {
        "Level is not included in the list",
        "Nums is not a number",
        "Code is invalid",
    }
    assert refused(as_alice) == ["Code cannot be blank"]


def test_unknown_and_hidden_custom_fields_are_ignored(as_alice: Caller, project: Project) -> None:
    secret = make_custom_field("Secret", access="administrators")
    fields = [{"id": 999, "value": "x"}, {"id": secret.pk, "value": "x"}, "junk", {"id": 1}]

    made = create(as_alice, custom_fields=fields)

    assert "custom_fields" not in made


def test_unknown_attributes_are_ignored(as_alice: Caller, tom: Contact) -> None:
    before = shown(as_alice, tom)

    now = change(
        as_alice,
        tom,
        id=99,
        created_on="2001-01-01T00:00:00Z",
        watcher_user_ids=[1],
        nonsense={"deep": [1]},
        project_id="nowhere",
    )

    assert now | {"updated_on": before["updated_on"]} == before


def test_only_administrators_choose_the_author(
    as_alice: Caller, as_ada: Caller, alice: User, bob: User
) -> None:
    assert create(as_alice, author_id=bob.pk)["author"]["id"] == alice.pk
    assert create(as_ada, author_id=bob.pk)["author"]["id"] == bob.pk


def test_a_list_of_projects_replaces_them(
    as_alice: Caller, alice: User, tom: Contact, project: Project
) -> None:
    second = make_project("Second", identifier="second")
    join(alice, second, "Manager")

    now = change(as_alice, tom, project_ids=["second", project.pk])
    later = change(as_alice, tom, project_ids=[second.pk])

    assert {each["id"] for each in now["projects"]} == {project.pk, second.pk}
    assert [each["id"] for each in later["projects"]] == [second.pk]


@pytest.mark.parametrize("ids", [[], [""], "", None])
def test_a_contact_never_loses_its_last_project(
    as_alice: Caller, tom: Contact, ids: object
) -> None:
    answer = as_alice.put(f"/contacts/{tom.pk}.json", {"contact": {"project_ids": ids}})

    assert errors_of(answer) == ["Project cannot be blank"]


def test_a_project_without_the_right_is_no_place(
    as_alice: Caller, tom: Contact, project: Project, elsewhere: Project
) -> None:
    ids = [project.pk, elsewhere.pk]

    answer = as_alice.put(f"/contacts/{tom.pk}.json", {"contact": {"project_ids": ids}})

    assert answer.status_code == 403
    assert Contact.objects.get(pk=tom.pk).project_links.count() == 1


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


def test_a_person_belongs_to_the_company_of_that_name(
    as_alice: Caller, alice: User, project: Project
) -> None:
    apple = create(as_alice, first_name="Apple Inc.", is_company=True)
    tied = create(as_alice, company="apple inc.")
    free = create(as_alice, company="Pear")

    assert tied["company"] == "Apple Inc."
    assert free["company"] == "Pear"
    company = Contact.objects.get(pk=apple["id"])
    change(as_alice, company, first_name="Apple")
    assert shown(as_alice, Contact.objects.get(pk=tied["id"]))["company"] == "Apple"


def test_a_change_moves_updated_on_and_never_created_on(
    as_alice: Caller, alice: User, tom: Contact
) -> None:
    Contact.objects.filter(pk=tom.pk).update(
        created_at="2020-01-01T00:00:00Z", updated_at="2020-01-01T00:00:00Z"
    )
    update_contact(actor_for(alice), tom.pk, {"job_title": "x"})

    now = change(as_alice, tom, job_title="y")

    assert now["created_on"] == "2020-01-01T00:00:00Z"
    assert now["updated_on"] > "2026"


def test_deleting_puts_into_the_trash_with_history(as_alice: Caller, tom: Contact) -> None:
    answer = as_alice.delete(f"/contacts/{tom.pk}.json")

    assert (answer.status_code, answer.content) == (204, b"")
    assert Contact.objects.get(pk=tom.pk).archived_at is not None
    change_of = Change.objects.filter(record_kind="contact", record_id=tom.pk).latest("id")
    assert (change_of.action, change_of.dialect) == ("archived", "redmineup")


def test_seeing_is_not_changing(as_alice: Caller, tom: Contact, project: Project) -> None:
    reader = make_user("rita")
    join(reader, project, "Reporter")
    as_reader = Caller(make_key(reader, "redmineup_key"))
    path = f"/contacts/{tom.pk}.json"

    assert as_reader.get(path).status_code == 200
    body = {"contact": {"first_name": "X", "project_id": "demo"}}
    assert as_reader.put(path, body).status_code == 403
    assert as_reader.delete(path).status_code == 403
    assert as_reader.post("/contacts.json", body).status_code == 403
    assert Contact.objects.get(pk=tom.pk).first_name == "Tom"


def test_a_picture_and_files_come_by_their_tokens(as_alice: Caller, project: Project) -> None:
    image = BytesIO()
    Image.new("RGB", (8, 8), "red").save(image, "PNG")
    octets = "application/octet-stream"
    picture = as_alice.post("/uploads.json?filename=me.png", image.getvalue(), octets)
    paper = as_alice.post("/uploads.json?filename=cv.txt", b"hello", octets)
    uploads = [
        {"token": picture.json()["upload"]["token"], "description": "avatar"},
        {"token": paper.json()["upload"]["token"], "filename": "cv.txt"},
    ]

    made = create(as_alice, uploads=uploads)

    assert made["avatar"]["attachment_id"] == picture.json()["upload"]["id"]
    found = as_alice.read(f"/contacts/{made['id']}.json?include=attachments")["contact"]
    assert "cv.txt" in [each["filename"] for each in found["attachments"]]
    assert refused(as_alice, uploads=uploads)
