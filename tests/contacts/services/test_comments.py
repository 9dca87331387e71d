"""Comments about notes and activities, further records of notes, guests of activities."""

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError
from contacts.history import changes_about
from contacts.models import Contact, Project
from contacts.query import Query, get_record, search, where
from contacts.services.activities import create_activity, update_activity
from contacts.services.comments import create_comment, delete_comment, update_comment
from contacts.services.contacts import create_contact
from contacts.services.deals import create_deal
from contacts.services.notes import create_note, update_note
from tests.builders import make_contact, make_custom_field

pytestmark = pytest.mark.django_db


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


@pytest.fixture
def note(owner: Actor, contact: Contact) -> int:
    return number(create_note(owner, {"content": "Called", "contact": contact.pk}))


def test_comment_stands_in_the_timeline_of_the_contact(
    owner: Actor, note: int, contact: Contact
) -> None:
    made = create_comment(owner, {"content": "Again?", "note": note})
    assert get_record(owner, "note", note)["comment_count"] == 1
    assert changes_about(contact.pk)[0].record_id == made["id"]


def test_comment_is_about_one_record_that_one_sees(
    owner: Actor, outsider: Actor, note: int
) -> None:
    with pytest.raises(InvalidError):
        create_comment(owner, {"content": "Where?"})
    refusals = []
    for number in (note, 999_999):
        with pytest.raises(InvalidError) as caught:
            create_comment(outsider, {"content": "Mine?", "note": number})
        refusals.append([(fault.key, fault.code) for fault in caught.value.faults])
    assert refusals == [[("note", "unknown")]] * 2


def test_comment_is_changed_by_its_author_and_by_who_may_delete_notes(
    owner: Actor, member: Actor, reporter: Actor, note: int
) -> None:
    comment = number(create_comment(member, {"content": "First", "note": note}))
    update_comment(member, comment, {"content": "Second"})
    with pytest.raises(ForbiddenError):
        update_comment(reporter, comment, {"content": "Third"})
    delete_comment(owner, comment)
    assert search(owner, Query("comment")).total == 0


def test_activity_can_be_commented_on(owner: Actor) -> None:
    activity = number(create_activity(owner, {"subject": "Measure"}))
    create_comment(owner, {"content": "Bring the ladder", "activity": activity})
    assert get_record(owner, "activity", activity)["comment_count"] == 1


def test_note_is_shown_at_further_records(
    owner: Actor, project: Project, note: int, contact: Contact
) -> None:
    friend = make_contact(owner, first_name="Ann")
    deal = number(create_deal(owner, {"project": project.pk, "name": "Roof"}))
    values = {"further_contacts": [friend.pk, contact.pk], "further_deals": [deal]}
    changed = update_note(owner, note, values)
    assert (changed["further_contacts"], changed["further_deals"]) == ([friend.pk], [deal])
    asked = where(owner, "further_contacts", "has_any", [friend.pk], kind="note")
    assert search(owner, Query("note", asked)).ids == [note]


def test_guests_are_told_apart_from_those_whom_it_is_about(owner: Actor, contact: Contact) -> None:
    friend = make_contact(owner, first_name="Ann")
    values = {"subject": "Lunch", "contacts": [contact.pk], "guests": [friend.pk, contact.pk]}
    activity = number(create_activity(owner, values))
    update_activity(owner, activity, {"contacts": []})
    document = get_record(owner, "activity", activity)
    assert (document["contacts"], set(document["guest_ids"])) == ([], {friend.pk, contact.pk})  # type: ignore[call-overload]  # a list


def test_value_that_must_be_unique_is_refused_twice(owner: Actor) -> None:
    field = make_custom_field("Number", is_unique=True)
    create_contact(owner, {"first_name": "Tom", f"custom_{field.pk}": "A-1"})
    with pytest.raises(InvalidError) as caught:
        create_contact(owner, {"first_name": "Ann", f"custom_{field.pk}": "a-1"})
    assert [fault.code for fault in caught.value.faults] == ["taken"]
