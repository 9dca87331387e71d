"""Doing one thing to many contacts from the list, and taking it back."""

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.fields import reference
from contacts.models import Contact, Project, User
from contacts.query import find_contacts
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
    page = read(at_rita, LIST)
    assert not [form for form in page.forms if form.action.endswith("/bulk/")]

    token = page.form_to("/logout/").fields["csrfmiddlewaretoken"][0]
    sent = {"csrfmiddlewaretoken": token, "id": two, "action": "tag", "tag": "Neu"}
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
