"""Doing one thing to many contacts from the list, and taking it back."""

import csv
import io
import json

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.admin import undoing
from contacts.admin.address_book import bulk
from contacts.fields import reference
from contacts.jobs import store
from contacts.jobs.running import run
from contacts.models import Contact, Job, Project, User
from contacts.query import find_contacts
from contacts.services import jobs
from tests.builders import actor_for, make_contact
from tests.contacts.admin.reading import read, send

LIST = "/admin/contacts/contact/"


@pytest.fixture
def two(owner: Actor) -> list[int]:
    return [make_contact(owner, first_name=name, tags=["old"]).pk for name in ("First", "Second")]


def tags_of(actor: Actor, ids: list[int]) -> list[set[str]]:
    """Return the names of the tags of contacts."""
    documents = find_contacts(actor, ids, archived=None)
    names = reference.tags()
    return [{names.name_of(tag) for tag in documents[pk].get("tags", [])} for pk in ids]


def press(client: Client, action: str, ids: list[int], **more: str) -> str:
    """Tick contacts and press a button of the list; return the text of the next page."""
    form = read(client, LIST).form_to("/bulk/")
    sent = {**form.filled(), "id": [str(pk) for pk in ids], "action": action, **more}
    return send(client, form.action, sent).text


def test_tag_is_added_to_all_that_are_ticked_and_taken_back(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    form = read(at_alice, LIST).form_to("/bulk/")
    sent = {**form.filled(), "id": two, "action": "tag", "tag": "Neu"}
    page = send(at_alice, form.action, sent)

    assert "2 contacts changed." in page.text
    assert tags_of(owner, two) == [{"old", "Neu"}, {"old", "Neu"}]
    undo_form = page.form_to("/undo/")
    page = send(at_alice, undo_form.action, undo_form.filled())
    assert "2 changes taken back." in page.text
    assert tags_of(owner, two) == [{"old"}, {"old"}]


def test_undo_can_itself_be_undone(at_alice: Client, owner: Actor, two: list[int]) -> None:
    form = read(at_alice, LIST).form_to("/bulk/")
    page = send(at_alice, form.action, {**form.filled(), "id": two, "action": "archive"})
    for archived in (False, True):
        again = page.form_to("/undo/")
        page = send(at_alice, again.action, again.filled())
        gone = Contact.objects.filter(pk__in=two, archived_at__isnull=False).count()
        assert gone == (2 if archived else 0)


def test_tag_is_removed(at_alice: Client, owner: Actor, two: list[int]) -> None:
    press(at_alice, "untag", two[:1], tag="OLD")

    assert tags_of(owner, two) == [set(), {"old"}]


def test_owner_is_set_and_taken_away(at_alice: Client, two: list[int], bob: User) -> None:
    press(at_alice, "own", two, owner=str(bob.pk))
    assert set(Contact.objects.values_list("owner_id", flat=True)) == {bob.pk}

    press(at_alice, "own", two[:1], owner="nobody")
    assert Contact.objects.get(pk=two[0]).owner_id is None


def test_contacts_are_put_into_a_project_and_out_of_it(
    at_ada: Client, ada: User, two: list[int], project: Project, elsewhere: Project
) -> None:
    press(at_ada, "place", two, project=str(elsewhere.pk))
    press(at_ada, "displace", two[:1], project=str(project.pk))

    documents = find_contacts(actor_for(ada), two)
    assert documents[two[0]]["projects"] == [elsewhere.pk]
    assert documents[two[1]]["projects"] == [project.pk, elsewhere.pk]


def test_contact_is_never_taken_out_of_its_last_project(
    at_alice: Client, owner: Actor, two: list[int], project: Project
) -> None:
    text = press(at_alice, "displace", two, project=str(project.pk))

    assert "2 contacts were left alone" in text
    assert find_contacts(owner, two)[two[0]]["projects"] == [project.pk]


def test_archive_and_restore(at_alice: Client, two: list[int]) -> None:
    press(at_alice, "archive", two)
    assert not Contact.objects.filter(archived_at=None).exists()

    form = read(at_alice, f"{LIST}archive/").form_to("/bulk/")
    send(at_alice, form.action, {**form.filled(), "id": two, "action": "restore"})
    assert Contact.objects.filter(archived_at=None).count() == 2


def test_what_one_may_not_change_is_left_alone_and_counted(
    at_bob: Client, two: list[int], outsider: Actor
) -> None:
    hidden = make_contact(outsider, first_name="Hidden").pk

    text = press(at_bob, "tag", [two[0], hidden], tag="Neu")

    assert "1 contact changed." in text
    assert "1 contact was left alone" in text
    assert tags_of(outsider, [hidden]) == [set()]


def test_reader_has_no_buttons_and_sending_anyway_changes_nothing(
    at_rita: Client, owner: Actor, two: list[int]
) -> None:
    form = read(at_rita, LIST).form_to("/bulk/")
    assert form.buttons == [("action", "export")]

    sent = form.filled(id=two, action="tag", tag="Neu")
    text = send(at_rita, f"{LIST}bulk/", sent).text

    assert "2 contacts were left alone" in text
    assert tags_of(owner, two) == [{"old"}, {"old"}]


@pytest.mark.parametrize(
    ("action", "more"),
    [("tag", {}), ("untag", {"tag": "no such"}), ("own", {}), ("place", {}), ("explode", {})],
)
def test_button_without_its_value_says_what_is_missing(
    at_alice: Client, two: list[int], action: str, more: dict[str, str]
) -> None:
    before = list(Contact.objects.values_list("updated_at", flat=True))

    text = press(at_alice, action, two, **more)

    assert "taken back" not in text
    assert "changed." not in text
    assert list(Contact.objects.values_list("updated_at", flat=True)) == before


def test_all_of_a_filtered_list_can_be_changed_at_once(at_alice: Client, owner: Actor) -> None:
    for number in range(30):
        make_contact(owner, first_name=f"Many{number}", tags=["many"])
    other = make_contact(owner, first_name="Other").pk
    page = read(at_alice, f"{LIST}?q=many")
    form = page.form_to("/bulk/")

    sent = form.filled(everything="1", action="tag", tag="Neu")
    text = send(at_alice, form.action, sent).text

    assert "30 contacts changed." in text
    assert tags_of(owner, [other]) == [set()]


def test_the_way_back_is_always_ours(at_alice: Client, two: list[int]) -> None:
    form = read(at_alice, LIST).form_to("/bulk/")
    for address in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        sent = {**form.filled(), "id": two, "action": "tag", "tag": "x", "next": address}
        assert at_alice.post(form.action, sent)["Location"] == LIST


def test_bulk_changes_only_by_a_form(at_alice: Client) -> None:
    assert at_alice.get(f"{LIST}bulk/").status_code == 405


def test_a_field_is_set_for_all_after_asking_for_its_value(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    form = read(at_alice, LIST).form_to("/bulk/")
    which = send(at_alice, form.action, {**form.filled(), "id": two, "action": "set"})
    assert "Which field shall 2 contacts get a value for?" in which.text
    asking = send(at_alice, form.action, which.posting_form().filled(field="birthday"))
    wrong = send(at_alice, form.action, asking.posting_form().filled(birthday="never", value="1"))
    assert "Write a date such as 2026-11-21." in wrong.text
    page = send(
        at_alice, form.action, wrong.posting_form().filled(birthday="1980-02-29", value="1")
    )

    assert "2 contacts changed." in page.text
    assert {each["birthday"] for each in find_contacts(owner, two).values()} == {"1980-02-29"}


def exported(client: Client, kind: str, ids: list[int]) -> str:
    """Return the file of ticked contacts."""
    form = read(client, LIST).form_to("/bulk/")
    sent = {**form.filled(), "id": [str(pk) for pk in ids], "action": "export", "format": kind}
    answer = client.post(form.action, sent)
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a stream


def test_ticked_contacts_are_exported_as_table_cards_and_documents(
    at_rita: Client, two: list[int]
) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(at_rita, "csv", two).removeprefix("\ufeff"))))
    assert [(row["First name"], row["Tags"]) for row in rows] == [
        ("First", "old"),
        ("Second", "old"),
    ]
    assert exported(at_rita, "vcf", two).count("BEGIN:VCARD") == 2
    assert [each["id"] for each in json.loads(exported(at_rita, "json", two))] == two


def test_a_table_holds_no_formulas(at_alice: Client, owner: Actor) -> None:
    spreadsheet = make_contact(owner, first_name='=HYPERLINK("x")', phones=["+49 30 123"])

    (row,) = csv.DictReader(io.StringIO(exported(at_alice, "csv", [spreadsheet.pk])))

    assert (row["First name"], row["Phone"]) == ('\'=HYPERLINK("x")', "+49 30 123")


def test_deleting_for_good_asks_for_the_number(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    press(at_alice, "archive", two)
    form = read(at_alice, f"{LIST}archive/").form_to("/bulk/")
    asking = send(at_alice, form.action, {**form.filled(), "id": two, "action": "delete"})
    refused = send(at_alice, form.action, asking.posting_form().filled(number="3"))
    assert "The number is another one." in refused.text
    assert Contact.objects.filter(pk__in=two).count() == 2

    send(at_alice, form.action, refused.posting_form().filled(number="2"))
    assert not Contact.objects.filter(pk__in=two).exists()


def run_job(at: Client) -> str:
    """Let the worker do what waits, and return the text of the job's page."""
    taken = store.claim()
    assert taken is not None
    run(taken)
    return read(at, f"/admin/contacts/job/{taken.pk}/").text


def test_more_than_two_hundred_are_changed_by_a_job_and_taken_back_by_another(
    at_alice: Client, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(undoing, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(jobs, "CONTACTS_A_STEP", 2)
    ids = [make_contact(owner, first_name=f"Many{number}").pk for number in range(5)]
    form = read(at_alice, LIST).form_to("/bulk/")
    started = send(at_alice, form.action, {**form.filled(), "id": ids, "action": "archive"})
    assert "the work goes on" in started.text
    assert Contact.objects.filter(archived_at=None, pk__in=ids).count() == 5

    assert "5 of 5 (100 %)" in run_job(at_alice)
    assert not Contact.objects.filter(archived_at=None, pk__in=ids).exists()

    job_page = read(at_alice, f"/admin/contacts/job/{Job.objects.get().pk}/")
    undo = job_page.form_to("/undo/")
    send(at_alice, undo.action, undo.filled())
    run_job(at_alice)
    assert Contact.objects.filter(archived_at=None, pk__in=ids).count() == 5
