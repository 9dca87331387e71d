"""Merging contacts: nothing is lost, old ids keep answering, and all of it can be taken back."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, NotFoundError
from contacts.history import changes_about, changes_of
from contacts.index import drifts_of
from contacts.models import Contact, FormerContact, Relationship
from contacts.query import get_contact
from contacts.services.contacts import (
    archive_contact,
    delete_contact,
    restore_contact,
    update_contact,
)
from contacts.services.merging import merge_contacts, unmerge_contact
from contacts.services.notes import create_note
from contacts.services.undoing import undo_change, undo_request
from tests.builders import make_contact, make_custom_field

PASSING = frozenset({"updated_at", "editor_id", "owner_assigned_at"})


def told(actor: Actor, contact_id: int) -> dict[str, Any]:
    """Return a contact's document without what moves with every change and ids of channels."""
    document = get_contact(actor, contact_id)
    return {
        key: [_without_id(each) for each in value] if isinstance(value, list) else value
        for key, value in document.items()
        if key not in PASSING
    }


def _without_id(item: Any) -> Any:  # an id or a channel
    return {key: item[key] for key in item if key != "id"} if isinstance(item, dict) else item


@pytest.fixture
def anna(owner: Actor) -> Contact:
    return make_contact(
        owner,
        first_name="Anna",
        last_name="Petrova",
        emails=["anna@example.com"],
        phones=["+49 30 1234567"],
        tags=["vip"],
        background="Met in Berlin.",
        balance="10",
    )


@pytest.fixture
def double(owner: Actor) -> Contact:
    return make_contact(
        owner,
        first_name="Ann",
        last_name="Petrova",
        emails=["ANNA@example.com", "ann@example.org"],
        phones=["+49301234567"],
        tags=["new", "vip"],
        background="Likes tea.",
        job_title="Director",
        balance="2.50",
        do_not_phone=True,
        external_identifier="crm-7",
    )


def test_gaps_are_filled_and_lists_are_joined(owner: Actor, anna: Contact, double: Contact) -> None:
    document: dict[str, Any] = merge_contacts(owner, anna.pk, [double.pk])

    assert (document["first_name"], document["job_title"]) == ("Anna", "Director")
    assert [each["address"] for each in document["emails"]] == [
        "anna@example.com",
        "ann@example.org",
    ]
    assert [each["number"] for each in document["phones"]] == ["+49 30 1234567"]
    assert len(document["tags"]) == 2
    assert document["background"] == "Met in Berlin.\n\nLikes tea."
    assert (document["balance"], document["do_not_phone"]) == ("12.50", True)
    assert document["external_identifier"] == "crm-7"
    assert document["emails"][0]["is_primary"]
    assert drifts_of([anna.pk, double.pk]) == []


def test_single_fields_can_be_taken_from_the_one_that_goes(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    document = merge_contacts(owner, anna.pk, [double.pk], {"first_name": double.pk})

    assert document["display_name"] == "Ann Petrova"


def test_notes_and_history_move_to_the_one_that_stays(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    note = create_note(owner, {"content": "Called.", "contact": double.pk})

    merge_contacts(owner, anna.pk, [double.pk])

    assert list(anna.notes.values_list("pk", flat=True)) == [note["id"]]
    kinds = {(entry.record_kind, entry.record_id) for entry in changes_about(anna.pk)}
    assert {("note", note["id"]), ("contact", double.pk)} <= kinds


def test_the_old_id_answers_with_the_one_that_stayed(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    merge_contacts(owner, anna.pk, [double.pk])

    assert get_contact(owner, double.pk)["id"] == anna.pk
    update_contact(owner, double.pk, {"nickname": "Anja"})
    assert get_contact(owner, anna.pk)["nickname"] == "Anja"
    with pytest.raises(NotFoundError):
        archive_contact(owner, double.pk)


def test_the_old_id_answers_when_the_trash_is_emptied(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    merge_contacts(owner, anna.pk, [double.pk])
    delete_contact(owner, double.pk)

    assert get_contact(owner, double.pk)["id"] == anna.pk


def test_ids_follow_a_chain_of_merges(owner: Actor, anna: Contact, double: Contact) -> None:
    third = make_contact(owner, first_name="Anja", last_name="Petrova")
    merge_contacts(owner, anna.pk, [double.pk])
    merge_contacts(owner, third.pk, [anna.pk])

    assert get_contact(owner, double.pk)["id"] == third.pk


def test_who_may_not_see_the_one_that_stayed_finds_nothing_under_the_old_id(
    owner: Actor, outsider: Actor, anna: Contact, double: Contact
) -> None:
    merge_contacts(owner, anna.pk, [double.pk])

    with pytest.raises(NotFoundError):
        get_contact(outsider, double.pk)


def test_a_merge_is_taken_back_whole(owner: Actor, anna: Contact, double: Contact) -> None:
    note = create_note(owner, {"content": "Called.", "contact": double.pk})
    before = told(owner, anna.pk), told(owner, double.pk)
    merge_contacts(owner, anna.pk, [double.pk])

    unmerge_contact(owner, double.pk)

    assert (told(owner, anna.pk), told(owner, double.pk)) == before
    assert list(double.notes.values_list("pk", flat=True)) == [note["id"]]
    assert not FormerContact.objects.exists()
    assert drifts_of([anna.pk, double.pk]) == []


def test_the_undo_button_of_the_request_and_of_the_entry_take_it_back(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    merge_contacts(owner.through("browser", request_id="r1"), anna.pk, [double.pk])
    undone = undo_request(owner, "r1")
    # What the merge itself gave to the one that stayed was told as changed since.
    assert (undone.count, undone.refused, undone.left) == (1, 0, ())
    assert get_contact(owner, double.pk)["id"] == double.pk

    merge_contacts(owner, anna.pk, [double.pk])
    entry = changes_of("contact", anna.pk)[0]
    assert (entry.action, undo_change(owner, entry.pk)) == ("merged", True)
    assert get_contact(owner, double.pk)["id"] == double.pk


def test_what_changed_since_stays_when_a_merge_is_taken_back(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    merge_contacts(owner, anna.pk, [double.pk])
    update_contact(owner, anna.pk, {"job_title": "Chair"})

    unmerge_contact(owner, double.pk)

    assert get_contact(owner, anna.pk)["job_title"] == "Chair"
    assert get_contact(owner, double.pk)["job_title"] == "Director"


def test_a_contact_taken_out_of_the_trash_answers_for_itself(
    owner: Actor, anna: Contact, double: Contact
) -> None:
    merge_contacts(owner, anna.pk, [double.pk])

    restore_contact(owner, double.pk)

    assert get_contact(owner, double.pk)["id"] == double.pk


def test_people_of_a_merged_company_move_and_come_back(owner: Actor) -> None:
    acme = make_contact(owner, kind="organization", organization_name="Acme")
    old = make_contact(owner, kind="organization", organization_name="Acme old")
    tom = make_contact(owner, employer=old.pk)
    both = make_contact(owner, first_name="Both", companies=[old.pk, acme.pk])

    merge_contacts(owner, acme.pk, [old.pk])

    assert get_contact(owner, tom.pk)["company"] == "Acme"
    assert get_contact(owner, tom.pk)["companies"] == [acme.pk]
    assert get_contact(owner, both.pk)["companies"] == [acme.pk]
    assert changes_of("contact", tom.pk)[0].after["company"] == "Acme"
    assert drifts_of([acme.pk, old.pk, tom.pk, both.pk]) == []

    unmerge_contact(owner, old.pk)

    assert get_contact(owner, tom.pk)["company"] == "Acme old"
    assert get_contact(owner, both.pk)["companies"] == [old.pk, acme.pk]
    assert Relationship.objects.filter(is_active=False).count() == 0
    assert drifts_of([acme.pk, old.pk, tom.pk, both.pk]) == []


def test_what_the_actor_may_not_read_is_not_lost(owner: Actor, administrator: Actor) -> None:
    secret = make_custom_field("Secret", access="administrators")
    key = f"custom_{secret.pk}"
    keep = make_contact(owner)
    gone = make_contact(administrator, **{key: "42", "projects": [*_projects(keep)]})

    merge_contacts(owner, keep.pk, [gone.pk])

    assert get_contact(administrator, keep.pk)["custom"] == {str(secret.pk): "42"}


def _projects(contact: Contact) -> list[int]:
    return list(contact.project_links.values_list("project_id", flat=True))


def test_only_contacts_of_one_kind_can_be_merged(owner: Actor, anna: Contact) -> None:
    acme = make_contact(owner, kind="organization", organization_name="Acme")

    with pytest.raises(ConflictError) as refusal:
        merge_contacts(owner, anna.pk, [acme.pk])
    assert refusal.value.reason == "different_kinds"
    with pytest.raises(ConflictError):
        merge_contacts(owner, anna.pk, [anna.pk])


def test_merging_needs_the_right_to_delete(member: Actor, anna: Contact, double: Contact) -> None:
    with pytest.raises(ForbiddenError):
        merge_contacts(member, anna.pk, [double.pk])
    assert get_contact(member, double.pk)["id"] == double.pk
