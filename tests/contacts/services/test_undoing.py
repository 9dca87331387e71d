"""Taking changes back: exactly what was there before, and nothing that others wrote since."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.history import changes_of
from contacts.models import Change, Contact
from contacts.query import get_contact
from contacts.services.contacts import (
    archive_contact,
    create_contact,
    delete_contact,
    restore_contact,
    update_contact,
)
from contacts.services.undoing import can_undo, undo_change, undo_request
from tests.builders import make_contact, make_custom_field

PASSING = frozenset({"updated_at", "editor_id", "owner_assigned_at"})


def last_change(contact_id: int) -> Change:
    """Return the newest entry of a contact."""
    return changes_of("contact", contact_id)[0]


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
def contact(owner: Actor) -> Contact:
    return make_contact(
        owner,
        first_name="Anna",
        last_name="Petrova",
        emails=[{"address": "a@example.com", "location": "Work"}, "b@example.com"],
        phones=[{"number": "123", "type": "Mobile", "extension": "9"}],
        addresses=[{"street1": "Main St 1", "country": "Germany"}, {"country": "Utopia"}],
        websites=["example.com"],
        messengers=[{"handle": "anna", "service": "Telegram"}],
        tags=["vip", "new"],
        company="Acme",
        birthday="1980-02-29",
        visibility=1,
        balance="12.50",
    )


@pytest.mark.parametrize(
    "values",
    [
        {"first_name": "", "last_name": "Smirnova", "nickname": "Annie"},
        {"emails": []},
        {"emails": [{"address": "c@example.com"}]},
        {"phones": ["456"], "websites": [], "messengers": ["other"]},
        {"addresses": [{"city": "Paris", "country": "France"}]},
        {"tags": ["other"]},
        {"tags": [], "company": ""},
        {"company": "Other"},
        {"owner": None, "visibility": 2, "birthday": None, "balance": 0},
        {"kind": "organization", "organization_name": "Anna Ltd"},
    ],
)
def test_undoing_brings_back_exactly_what_was_there(
    owner: Actor, contact: Contact, values: dict[str, object]
) -> None:
    before = told(owner, contact.pk)
    update_contact(owner, contact.pk, values)
    assert told(owner, contact.pk) != before

    assert undo_change(owner, last_change(contact.pk).pk)

    assert told(owner, contact.pk) == before


def test_what_stays_keeps_its_identity(owner: Actor, contact: Contact) -> None:
    first, second = contact.emails.values_list("pk", flat=True)
    update_contact(owner, contact.pk, {"emails": [{"id": first, "address": "new@example.com"}]})

    undo_change(owner, last_change(contact.pk).pk)

    rows = dict(contact.emails.values_list("pk", "address"))
    assert rows.pop(first) == "a@example.com"
    assert list(rows.values()) == ["b@example.com"]
    assert second not in rows


def test_custom_values_come_back(owner: Actor, contact: Contact) -> None:
    level = make_custom_field("Level", options=("Gold", "Silver"))
    motto = make_custom_field("Motto")
    gold = level.options.get(label="Gold").pk
    update_contact(owner, contact.pk, {f"custom_{level.pk}": gold})
    before = told(owner, contact.pk)
    update_contact(owner, contact.pk, {f"custom_{level.pk}": None, f"custom_{motto.pk}": "x"})

    undo_change(owner, last_change(contact.pk).pk)

    assert told(owner, contact.pk) == before


def test_tie_to_a_company_comes_back(owner: Actor, contact: Contact) -> None:
    make_contact(owner, kind="organization", organization_name="Acme")
    before = told(owner, contact.pk)
    assert before["employer_id"]
    update_contact(owner, contact.pk, {"company": "Nobody Knows"})

    undo_change(owner, last_change(contact.pk).pk)

    assert told(owner, contact.pk) == before


def test_what_somebody_changed_since_is_left_as_it_is(
    owner: Actor, member: Actor, contact: Contact
) -> None:
    update_contact(owner, contact.pk, {"last_name": "Smirnova", "nickname": "Annie"})
    change = last_change(contact.pk)
    update_contact(member, contact.pk, {"last_name": "Ivanova"})

    undo_change(owner, change.pk)

    document = get_contact(owner, contact.pk)
    assert document["last_name"] == "Ivanova"
    assert "nickname" not in document


def test_nothing_is_written_where_nothing_is_left_to_take_back(
    owner: Actor, member: Actor, contact: Contact
) -> None:
    update_contact(owner, contact.pk, {"last_name": "Smirnova"})
    change = last_change(contact.pk)
    update_contact(member, contact.pk, {"last_name": "Ivanova"})
    count = Change.objects.count()

    assert not undo_change(owner, change.pk)
    assert Change.objects.count() == count


def test_archiving_and_restoring_are_each_others_undo(owner: Actor, contact: Contact) -> None:
    archive_contact(owner, contact.pk)
    undo_change(owner, last_change(contact.pk).pk)
    assert Contact.objects.get(pk=contact.pk).archived_at is None

    archive_contact(owner, contact.pk)
    restore_contact(owner, contact.pk)
    undo_change(owner, last_change(contact.pk).pk)
    assert Contact.objects.get(pk=contact.pk).archived_at is not None


def test_undoing_needs_the_same_rights_as_changing(
    owner: Actor, reporter: Actor, outsider: Actor, contact: Contact
) -> None:
    update_contact(owner, contact.pk, {"visibility": 0, "last_name": "Smirnova"})
    change = last_change(contact.pk)

    with pytest.raises(ForbiddenError):
        undo_change(reporter, change.pk)
    with pytest.raises(NotFoundError):
        undo_change(outsider, change.pk)
    assert get_contact(owner, contact.pk)["last_name"] == "Smirnova"


def test_a_whole_request_is_taken_back_by_the_one_who_sent_it(
    owner: Actor, member: Actor, contact: Contact
) -> None:
    sent = owner.through("browser", request_id="r1")
    other = make_contact(owner, first_name="Tom").pk
    update_contact(sent, contact.pk, {"nickname": "A"})
    update_contact(sent, contact.pk, {"nickname": "B"})
    archive_contact(sent, other)
    made = create_contact(sent, {"first_name": "New"})

    assert undo_request(member, "r1").count == 0
    undone = undo_request(owner, "r1")

    assert (undone.count, undone.refused) == (4, 0)
    assert "nickname" not in get_contact(owner, contact.pk)
    assert Contact.objects.get(pk=other).archived_at is None
    assert Contact.objects.get(pk=made["id"]).archived_at is not None


def test_blank_request_is_no_request(owner: Actor, contact: Contact) -> None:
    update_contact(owner, contact.pk, {"nickname": "A"})

    assert undo_request(owner, "").count == 0
    assert get_contact(owner, contact.pk)["nickname"] == "A"


def test_deleting_for_good_cannot_be_undone(owner: Actor, contact: Contact) -> None:
    archive_contact(owner, contact.pk)
    delete_contact(owner, contact.pk)
    change = last_change(contact.pk)

    assert change.action == "deleted"
    assert not can_undo(change)
    assert not undo_change(owner, change.pk)
