"""What can be written of a contact, and what becomes of it."""

from io import BytesIO

import pytest
from PIL import Image

from contacts.models import Change, Contact, Project, User
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
from tests.dialects.redmineup.contact_calls import Sent, change, create, refused, shown


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
        ("on", True),
        ("Company", True),
        (False, False),
        ("false", False),
        (0, False),
        ("0", False),
        ("no", False),
        ("", False),
        (None, False),
    ],
)
def test_a_company_is_said_in_many_ways(
    as_alice: Caller, project: Project, sent: object, is_company: bool
) -> None:
    assert create(as_alice, is_company=sent)["is_company"] is is_company


@pytest.mark.parametrize("sent", [[True], {"a": "1"}])
def test_a_company_is_not_said_by_several_words(
    as_alice: Caller, project: Project, sent: object
) -> None:
    assert refused(as_alice, is_company=sent) == ["Company is invalid"]


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
    as_alice: Caller, alice: User, tom: Contact, project: Project, elsewhere: Project
) -> None:
    path, body = f"/contacts/{tom.pk}.json", {"project_ids": [project.pk, elsewhere.pk]}
    hidden = as_alice.put(path, {"contact": body})
    join(alice, elsewhere, "Reporter")
    seen = as_alice.put(path, {"contact": body})

    assert errors_of(hidden) == ["Project is invalid"]
    assert seen.status_code == 403
    assert Contact.objects.get(pk=tom.pk).project_links.count() == 1


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


def test_any_file_may_stand_where_the_picture_is(as_alice: Caller, tom: Contact) -> None:
    def token(name: str, content: bytes) -> str:
        octets = "application/octet-stream"
        answer = as_alice.post(f"/uploads.json?filename={name}", content, octets)
        return str(answer.json()["upload"]["token"])

    def pictured(content: bytes, content_type: str) -> Sent:
        upload = {"token": token("me.png", content), "filename": "me.png", "description": "avatar"}
        change(as_alice, tom, uploads=[upload | {"content_type": content_type}])
        seen = as_alice.read(f"/contacts/{tom.pk}.json?include=attachments")["contact"]
        (file,) = seen["attachments"]
        assert seen["avatar"] == {"attachment_id": file["id"]}
        return dict(file)

    first = pictured(b"no picture", "image/png")
    assert (first["filename"], first["content_type"]) == ("me.png", "image/png")
    assert first["description"] == "avatar"
    second = pictured(b"<script>", "text/html")
    assert second["content_type"] == "application/octet-stream"
    assert as_alice.get(f"/attachments/{first['id']}.json").status_code == 404

    made = create(as_alice, uploads=[{"token": token("x", b"x"), "description": "Avatar"}])
    assert made["avatar"]["attachment_id"] > second["id"]


def test_the_query_string_is_no_attribute(as_alice: Caller, tom: Contact) -> None:
    answer = as_alice.put(f"/contacts/{tom.pk}.json?tags=vip&phone=1", {"job_title": "CEO"})

    assert answer.status_code == 204
    now = shown(as_alice, tom)
    assert (now["job_title"], now["tags"], now.get("phones")) == ("CEO", [], None)


@pytest.mark.parametrize(("sent", "stored"), [("0", 0), (1, 1), ("2", 2), (0, 0)])
def test_visibility_is_a_number_or_its_text(
    as_alice: Caller, project: Project, sent: object, stored: int
) -> None:
    assert create(as_alice, visibility=sent)["visibility"] == stored
