"""Possible duplicates in the browser: found, told apart for good, merged, and brought back."""

import pytest
from django.test import Client

from contacts import history, jobs
from contacts.access import Actor
from contacts.models import Contact, Project
from contacts.query.duplicates import count_duplicates, groups_of_duplicates
from contacts.services.contacts import update_contact
from contacts.services.duplicates import refuse_duplicates, store_duplicates, suspect_again
from contacts.services.likeness import like_pairs, sound_of
from tests.builders import make_contact
from tests.contacts.admin.reading import Form, Page, read, send

LIST = "/admin/contacts/duplicate/"


@pytest.fixture
def two(owner: Actor, project: Project) -> list[int]:
    """Return two contacts that share name and phone, spelled otherwise."""
    shared = {"last_name": "Petrova", "projects": [project.pk]}
    first = make_contact(owner, first_name="Anna", phones=["+49 30 1234567"], **shared)
    second = make_contact(
        owner, first_name="anna", phones=["030 123 45 67"], job_title="Director", **shared
    )
    store_duplicates(like_pairs())
    return [first.pk, second.pk]


def pressed(client: Client, form: Form, **more: object) -> Page:
    """Press the button of a form."""
    return send(client, form.action, form.filled(**more))


def test_list_says_why_contacts_stand_side_by_side(at_alice: Client, two: list[int]) -> None:
    page = read(at_alice, LIST)

    assert "same phone" in page.text
    assert "same name" in page.text
    assert "likeness 90 of 100" in page.text
    assert "Director" in page.text
    compared = read(at_alice, page.links["Compare and merge 1"])
    assert "Which one stays" in compared.text


def test_start_page_counts_them(at_alice: Client, two: list[int]) -> None:
    assert "1 possible duplicate " in read(at_alice, "/admin/").text


def test_what_is_no_duplicate_does_not_come_back(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    page = pressed(at_alice, read(at_alice, LIST).form_to("/apart/"))

    assert "Remembered: these are different contacts." in page.text
    assert "No contacts look alike." in page.text
    assert store_duplicates(like_pairs()) == 0
    assert "Possible duplicates 1" not in read(at_alice, f"/admin/contacts/contact/{two[0]}/").text
    undone = pressed(at_alice, page.form_to("/undo/"))
    assert "1 change taken back." in undone.text
    assert count_duplicates(owner) == 1


def test_history_tells_what_was_told_apart_and_takes_it_back_later(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    pressed(at_alice, read(at_alice, LIST).form_to("/apart/"))
    page = read(at_alice, f"/admin/contacts/contact/{two[1]}/?show=changes")

    assert "Told apart from a contact that looks alike" in page.text
    entry = history.changes_of("duplicate", two[1]).first()
    assert entry is not None
    assert entry.user_id == owner.user_id
    undo = Form("/admin/undo/", "post", {"change": [str(entry.pk)]})
    assert "1 change taken back." in pressed(at_alice, undo).text
    assert count_duplicates(owner) == 1
    assert "Possible duplicate again" in read(at_alice, f"/admin/contacts/contact/{two[0]}/").text


def test_history_names_no_contact_that_one_does_not_see(
    at_alice: Client, at_bob: Client, owner: Actor, two: list[int]
) -> None:
    refuse_duplicates(owner, two)
    page, other = (f"/admin/contacts/contact/{pk}/" for pk in two)
    told = "Told apart from a contact that looks alike"
    assert told in read(at_bob, page).text
    assert other in at_bob.get(page).content.decode()
    update_contact(owner, two[1], {"visibility": "private"})

    assert read(at_bob, other).status == 404
    assert told not in read(at_bob, page).text
    assert other not in at_bob.get(page).content.decode()
    assert told in read(at_alice, page).text


def test_a_group_is_told_apart_by_one_entry_for_each_contact(
    at_alice: Client, owner: Actor, project: Project, two: list[int]
) -> None:
    third = make_contact(owner, first_name="Ann", last_name="Petrov", projects=[project.pk]).pk
    group = [*two, third]

    assert refuse_duplicates(owner, group) == 3
    assert refuse_duplicates(owner, group) == 0
    assert [history.changes_of("duplicate", pk).count() for pk in group] == [1, 1, 1]
    assert suspect_again(owner, group) == 3
    # The third was never found to be like the others.
    assert count_duplicates(owner) == 1


def test_contact_page_takes_the_same_word(at_alice: Client, two: list[int]) -> None:
    address = f"/admin/contacts/contact/{two[0]}/"
    page = pressed(at_alice, read(at_alice, address).form_to("/apart/"))

    assert "Remembered: these are different contacts." in page.text
    assert "Not a duplicate" not in page.text


def test_exact_pairs_are_merged_at_once_and_separated_by_one_undo(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    page = pressed(at_alice, read(at_alice, LIST).form_to("duplicate/merge/"))

    assert "1 pair is merged." in page.text
    assert count_duplicates(owner) == 0
    assert Contact.objects.filter(pk__in=two, archived_at=None).count() == 1
    undo = page.form_to("/undo/")
    send(at_alice, undo.action, undo.filled())
    assert Contact.objects.filter(pk__in=two, archived_at=None).count() == 2
    assert count_duplicates(owner) == 1


def test_pairs_are_seen_by_who_sees_both(two: list[int], outsider: Actor, at_rita: Client) -> None:
    assert groups_of_duplicates(outsider) == []
    assert read(at_rita, LIST).status == 403


def test_chain_of_likenesses_is_one_group(owner: Actor, two: list[int]) -> None:
    make_contact(
        owner, first_name="Anya", last_name="P", phones=["0301234567"], emails=["a@b.example"]
    )
    store_duplicates(like_pairs())

    (group,) = groups_of_duplicates(owner)
    assert len(group.contact_ids) == 3


def test_person_and_company_with_one_address_are_no_pair(owner: Actor) -> None:
    make_contact(owner, first_name="Ann", emails=["office@acme.example"])
    make_contact(
        owner, kind="organization", organization_name="Acme", emails=["office@acme.example"]
    )

    assert like_pairs() == {}


def test_what_many_share_says_nothing(owner: Actor) -> None:
    for number in range(9):
        make_contact(owner, first_name=f"Name{number}", phones=["+49 30 5556677"])

    assert like_pairs() == {}


def test_names_that_sound_alike_need_a_second_reason(owner: Actor) -> None:
    assert sound_of("stefan meier") == sound_of("meyer stephan")
    first = make_contact(owner, first_name="Stefan", last_name="Meier", company="Acme")
    second = make_contact(owner, first_name="Stephan", last_name="Meyer", company="ACME")
    make_contact(owner, first_name="Stephan", last_name="Maier", company="Other")

    assert like_pairs() == {(first.pk, second.pk): {"sound", "company"}}


def test_search_is_started_by_an_administrator(
    at_ada: Client, at_alice: Client, two: list[int]
) -> None:
    assert read(at_alice, LIST).text.count("Look now") == 0
    page = pressed(at_ada, read(at_ada, LIST).form_to("/look/"))
    assert "Look for duplicates" in page.text
    jobs.run_due()
    assert "Anna Petrova" in read(at_ada, LIST).text


def test_weights_of_the_rules_decide_who_is_listed(
    at_ada: Client, at_alice: Client, two: list[int]
) -> None:
    form = read(at_ada, LIST).form_to("/rules/")
    assert form.fields["weight-name"] == ["40"]

    page = pressed(at_ada, form, **{"weight-phone": "0", "weight-name": "45"})
    jobs.run_due()

    assert "are being looked through again" in page.text
    assert "likeness 45 of 100" in read(at_ada, LIST).text
    pressed(at_ada, form, **{"weight-phone": "0", "weight-name": "39"})
    jobs.run_due()
    page = read(at_ada, LIST)
    assert "No contacts look alike" in page.text
    send(at_ada, form.action, {**page.form_to("/rules/").filled(), "usual": "1"})
    jobs.run_due()
    assert "likeness 90 of 100" in read(at_ada, LIST).text
    assert "/rules/" not in [each.action for each in read(at_alice, LIST).forms]
    assert send(at_alice, form.action, page.form_to("/logout/").filled()).status == 403


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "101", "1.5", "٣"])
def test_refused_weight_is_shown_as_it_was_typed(at_ada: Client, nonsense: str) -> None:
    form = read(at_ada, LIST).form_to("/rules/")

    page = pressed(at_ada, form, **{"weight-name": nonsense, "weight-phone": "7"})

    assert page.status == 422
    again = page.form_to("/rules/").fields
    assert (again["weight-name"], again["weight-phone"]) == ([nonsense], ["7"])
    assert page.text.count("Write a whole number") == 1
