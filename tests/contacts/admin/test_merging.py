"""Comparing and merging contacts in the browser, and taking it back."""

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.query import get_contact
from tests.builders import make_contact
from tests.contacts.admin.reading import read, send

LIST = "/admin/contacts/contact/"


@pytest.fixture
def two(owner: Actor) -> list[int]:
    mails = ["anna@example.com"]
    first = make_contact(owner, first_name="Anna", last_name="Petrova", emails=mails)
    second = make_contact(
        owner, first_name="Ann", last_name="Petrova", emails=mails, job_title="Director"
    )
    return [first.pk, second.pk]


def test_contact_page_names_possible_duplicates(at_alice: Client, two: list[int]) -> None:
    page = read(at_alice, f"{LIST}{two[0]}/")

    assert "Possible duplicates 1" in page.text
    compared = read(at_alice, page.links["Compare and merge: Ann Petrova"])
    assert "Here they differ" in compared.text
    assert "Director" in compared.text


def test_two_ticked_contacts_are_merged_field_by_field_and_separated_again(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    form = read(at_alice, LIST).form_to("/bulk/")
    compared = send(at_alice, form.action, {**form.filled(), "id": two, "action": "merge"})
    merging = compared.posting_form()
    chosen = {"keep": two[0], "take-first_name": two[1]}
    page = send(at_alice, f"{LIST}merge/", merging.filled() | chosen)

    assert "Merged into “Ann Petrova”." in page.text
    assert "Merged with another contact" in page.text
    assert get_contact(owner, two[1])["id"] == two[0]
    assert "merged into Ann Petrova" in read(at_alice, f"{LIST}{two[1]}/").text
    undo = page.form_to("/undo/")
    send(at_alice, undo.action, undo.filled())
    assert get_contact(owner, two[0])["first_name"] == "Anna"
    assert get_contact(owner, two[1])["first_name"] == "Ann"


def test_one_ticked_contact_leads_back_to_the_list_with_what_is_missing(
    at_alice: Client, two: list[int]
) -> None:
    form = read(at_alice, LIST).form_to("/bulk/")
    page = send(at_alice, form.action, {**form.filled(), "id": two[:1], "action": "merge"})

    assert page.status == 200
    assert "Tick at least two contacts that are the same one." in page.text
    assert page.form_to("/bulk/")


def test_contacts_of_different_kinds_are_refused_in_words(
    at_alice: Client, owner: Actor, two: list[int]
) -> None:
    acme = make_contact(owner, kind="organization", organization_name="Acme")

    page = read(at_alice, f"{LIST}merge/?id={two[0]}&id={acme.pk}")

    assert page.status == 409
    assert "Merge contacts of one kind." in page.text


def test_who_may_not_delete_is_not_offered_to_merge(at_bob: Client, two: list[int]) -> None:
    assert read(at_bob, f"{LIST}merge/?id={two[0]}&id={two[1]}").status == 403
    assert "Merge …" not in read(at_bob, LIST).text
