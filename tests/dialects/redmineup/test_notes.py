"""Notes about contacts and deals."""

import json
from functools import partial

import pytest

from contacts.fields import reference
from contacts.models import Contact, Note, Project, User
from tests.builders import actor_for, join, make_contact
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller, errors_of


@pytest.fixture
def john(alice: User, project: Project) -> Contact:
    return make_contact(actor_for(alice), first_name="John", last_name="Smith")


def note_about(contact: Contact, **more: object) -> dict[str, object]:
    note = {"content": "API note", **more}
    return {"note": note, "source_id": contact.pk, "source_type": "Contact"}


def test_a_note_is_created_beside_its_source(alice: User, john: Contact, project: Project) -> None:
    body = note_about(john, subject="S", type_id=1) | {"project_id": project.pk}

    answer = caller(alice).post("/notes.json", body)

    assert answer.status_code == 201
    note = json.loads(answer.content)["note"]
    assert answer["Location"] == f"http://testserver/notes/{note['id']}"
    assert list(note) == [
        "id",
        "source",
        "subject",
        "content",
        "type_id",
        "author",
        "created_on",
        "updated_on",
    ]
    assert note["source"] == {"id": john.pk, "name": "John Smith", "type": "Contact"}
    assert (note["subject"], note["content"], note["type_id"]) == ("S", "API note", 1)
    assert note["author"] == {"id": alice.pk, "name": "Alice Owner"}
    assert note["created_on"].endswith("Z")
    assert len(note["created_on"]) == len("2026-11-21T22:42:30Z")


def test_the_source_may_be_named_inside_the_note_in_small_letters(
    alice: User, john: Contact
) -> None:
    inside = {"content": "x", "source_id": str(john.pk), "source_type": "contact"}

    note = caller(alice).make("/notes.json", {"note": inside})["note"]

    assert note["source"]["id"] == john.pk
    assert note["type_id"] is None


def test_xml_writes_the_source_as_attributes(alice: User, john: Contact) -> None:
    body = (
        f"<note><content>X &amp; Y</content><project_id>demo</project_id>"
        f"<source_id>{john.pk}</source_id><source_type>Contact</source_type></note>"
    )

    answer = caller(alice).post("/notes.xml", body, "application/xml")

    assert answer.status_code == 201
    text = answer.content.decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?><note><id>')
    assert f'<source id="{john.pk}" name="John Smith" type="Contact"/>' in text
    assert "<content>X &amp; Y</content><type_id/>" in text


def test_a_blank_note_is_refused_in_words(alice: User, john: Contact) -> None:
    body = note_about(john, content="  ")

    assert errors_of(caller(alice).post("/notes.json", body)) == ["Content cannot be blank"]
    assert Note.objects.count() == 0


@pytest.mark.parametrize("more", [{"source_type": "Issue"}, {"source_type": "Nothing"}, {}])
def test_a_note_needs_a_source_that_takes_notes(
    alice: User, john: Contact, more: dict[str, str]
) -> None:
    body = {"note": {"content": "x"}, "source_id": john.pk, **more}

    assert caller(alice).post("/notes.json", body).status_code == 404


@pytest.mark.parametrize("source_id", ["", "abc", 999_999, 2**70, None, [1], {"a": 1}, True])
def test_an_unknown_source_is_missing(alice: User, john: Contact, source_id: object) -> None:
    body = {"note": {"content": "x"}, "source_id": source_id, "source_type": "Contact"}

    assert caller(alice).post("/notes.json", body).status_code == 404


def test_a_hidden_source_looks_like_a_missing_one(charlie: User, john: Contact) -> None:
    hidden = caller(charlie).post("/notes.json", note_about(john))
    missing = caller(charlie).post("/notes.json", note_about(Contact(pk=999_999)))

    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


def test_a_note_is_shown_changed_and_deleted(alice: User, john: Contact) -> None:
    alices = caller(alice)
    made = alices.make("/notes.json", note_about(john))["note"]
    path = f"/notes/{made['id']}.json"

    assert alices.read(path) == {"note": made}

    changed = alices.put(path, {"note": {"content": "Other", "type_id": "2"}})
    assert (changed.status_code, changed.content) == (204, b"")
    shown = alices.read(path)["note"]
    assert (shown["content"], shown["type_id"], shown["subject"]) == ("Other", 2, None)

    assert alices.delete(path).status_code == 204
    assert alices.get(path).status_code == 404


def test_a_note_touches_its_contact(alice: User, john: Contact) -> None:
    before = caller(alice).read(f"/contacts/{john.pk}.json")["contact"]
    Contact.objects.filter(pk=john.pk).update(updated_at="2020-01-01T00:00:00Z")

    caller(alice).make("/notes.json", note_about(john))

    after = caller(alice).read(f"/contacts/{john.pk}.json")["contact"]
    assert after["created_on"] == before["created_on"]
    assert after["updated_on"] >= before["updated_on"]


def test_who_may_only_delete_own_notes_leaves_others_alone(
    alice: User, bob: User, john: Contact
) -> None:
    alices = caller(alice).make("/notes.json", note_about(john))["note"]["id"]
    bobs = caller(bob).make("/notes.json", note_about(john))["note"]["id"]

    assert caller(bob).delete(f"/notes/{alices}.json").status_code == 403
    assert caller(bob).put(f"/notes/{alices}.json", {"note": {"content": "x"}}).status_code == 403
    assert caller(bob).delete(f"/notes/{bobs}.json").status_code == 204
    assert Note.objects.get().pk == alices


def test_notes_of_a_hidden_contact_are_missing(alice: User, charlie: User, john: Contact) -> None:
    note = caller(alice).make("/notes.json", note_about(john))["note"]["id"]
    outsider = caller(charlie)

    assert outsider.get(f"/notes/{note}.json").status_code == 404
    assert outsider.put(f"/notes/{note}.json", {"note": {"content": "x"}}).status_code == 404
    assert outsider.delete(f"/notes/{note}.json").status_code == 404


def test_notes_of_a_contact_are_listed_newest_first(alice: User, john: Contact) -> None:
    alices = caller(alice)
    ids = [alices.make("/notes.json", note_about(john))["note"]["id"] for _ in range(3)]

    for path in (
        f"/contacts/{john.pk}/notes.json",
        f"/notes.json?source_type=contact&source_id={john.pk}",
    ):
        page = alices.read(path)
        assert [note["id"] for note in page["notes"]] == ids[::-1]
        assert (page["total_count"], page["offset"], page["limit"]) == (3, 0, 25)


def test_notes_of_a_missing_source_are_missing(charlie: User, john: Contact) -> None:
    assert caller(charlie).get(f"/contacts/{john.pk}/notes.json").status_code == 404
    hidden = f"/notes.json?source_type=Contact&source_id={john.pk}"
    assert caller(charlie).get(hidden).status_code == 404
    assert caller(charlie).get("/notes.json").status_code == 404


def test_notes_of_deals_name_the_deal(alice: User, project: Project) -> None:
    deal = {"deal": {"project_id": "demo", "name": "Big"}}
    made = caller(alice).make("/deals.json", deal)["deal"]["id"]
    body = {"note": {"content": "x"}, "source_id": made, "source_type": "Deal"}

    note = caller(alice).make("/notes.json", body)["note"]

    assert note["source"] == {"id": made, "name": "Big", "type": "Deal"}


def test_a_page_of_notes_costs_the_same_whatever_its_size(alice: User, john: Contact) -> None:
    alices = caller(alice)
    for _ in range(12):
        alices.make("/notes.json", note_about(john))
    pages = [f"/contacts/{john.pk}/notes.json?limit={limit}" for limit in (2, 12)]
    costs = [len(statements_of(partial(alices.read, page))) for page in pages]

    assert costs[0] == costs[1] <= 5


@pytest.mark.parametrize(
    "note",
    [
        {"content": ["x"]},
        {"content": {"a": "b"}},
        {"content": "x", "type_id": "7"},
        {"content": "x", "type_id": {"a": 1}},
        {"content": "x", "subject": "s" * 300},
        {"content": "x", "subject": [1]},
    ],
)
def test_bad_values_of_notes_are_refused(
    alice: User, john: Contact, note: dict[str, object]
) -> None:
    body = {"note": note, "source_id": john.pk, "source_type": "Contact"}

    assert errors_of(caller(alice).post("/notes.json", body))
    assert Note.objects.count() == 0


@pytest.mark.parametrize("body", [{"note": "text"}, {"note": []}, {"note": 7}, [], "[1]"])
def test_a_note_that_is_no_object_is_refused(alice: User, john: Contact, body: object) -> None:
    assert caller(alice).post("/notes.json", body).status_code in (404, 422)


def test_a_member_without_the_right_adds_no_notes(
    alice: User, charlie: User, john: Contact, project: Project
) -> None:
    member = join(charlie, project, "Reporter")
    assert caller(charlie).post("/notes.json", note_about(john)).status_code == 201

    role = member.roles.get()
    role.rights = ["view_contacts"]
    role.save()
    reference.bump("people")
    assert caller(charlie).post("/notes.json", note_about(john)).status_code == 403


def test_a_key_in_the_query_gets_200_for_changes(alice: User, john: Contact) -> None:
    alices = caller(alice)
    note = alices.make("/notes.json", note_about(john))["note"]["id"]
    stranger = Caller()

    path = f"/notes/{note}.json?key={alices.key}"
    changed = stranger.put(path, {"note": {"content": "y"}})
    assert (changed.status_code, changed.content) == (200, b"")
    assert stranger.delete(path).status_code == 200


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2020-05-05T10:20:30Z", "2020-05-05T10:20:30Z"),
        ("2020-05-05T10:20:30+02:00", "2020-05-05T08:20:30Z"),
        ("2020-05-05", "2020-05-05T00:00:00Z"),
    ],
)
def test_a_note_may_be_dated_back(alice: User, john: Contact, sent: str, shown: str) -> None:
    note = caller(alice).make("/notes.json", note_about(john, created_on=sent))["note"]

    assert note["created_on"] == shown
    assert note["updated_on"] > shown


def test_a_date_of_a_note_that_is_none_is_refused(alice: User, john: Contact) -> None:
    answer = caller(alice).post("/notes.json", note_about(john, created_on="soon"))

    assert errors_of(answer) == ["Created is not a valid date"]
    assert Note.objects.count() == 0
