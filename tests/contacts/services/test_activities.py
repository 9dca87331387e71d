"""Activities: planned by people, with contacts, in a project or in none."""

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.history import changes_of
from contacts.models import Activity, Contact, Project
from contacts.query import get_record
from contacts.services.activities import (
    archive_activity,
    create_activity,
    delete_activity,
    restore_activity,
    update_activity,
)
from contacts.services.deals import create_deal
from tests.builders import make_contact

# What documents say of a contact besides its name.
PERSON = {"kind": "person", "stage": "contact"}


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def option(list_name: str, name: str) -> int:
    """Return the id of an option by its machine name."""
    found = reference.options().named(list_name, name)
    assert found is not None
    return found.pk


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


@pytest.fixture
def activity(owner: Actor, project: Project, contact: Contact) -> int:
    values = {"subject": "Lunch", "project": project.pk, "contacts": [contact.pk]}
    return number(create_activity(owner, {**values, "starts_at": "2026-12-01T12:00:00Z"}))


def test_activity_begins_with_the_defaults_and_belongs_to_who_plans_it(
    owner: Actor, activity: int, contact: Contact
) -> None:
    document = get_record(owner, "activity", activity)

    assert document["type_id"] == option("activity_type", "meeting")
    assert document["status_id"] == option("activity_status", "scheduled")
    assert document["owner_id"] == owner.user_id
    assert document["contacts"] == [{"id": contact.pk, "name": "Tom Smith", **PERSON}]
    assert document["starts_at"] == "2026-12-01T12:00:00.000000Z"
    assert changes_of("activity", activity).get().contact_id == contact.pk


def test_all_faults_of_an_activity_are_reported_together(
    owner: Actor, outsider: Actor, elsewhere: Project
) -> None:
    hidden = make_contact(outsider)
    deal = number(create_deal(outsider, {"project": elsewhere.pk, "name": "Roof"}))

    with pytest.raises(InvalidError) as refused:
        create_activity(
            owner,
            {
                "subject": "",
                "project": elsewhere.pk,
                "contacts": [hidden.pk],
                "deals": [deal],
                "starts_at": "2026-12-01T12:00:00Z",
                "ends_at": "2026-12-01T11:00:00Z",
                "duration": -5,
            },
        )

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("subject", "blank"),
        ("project", "unknown"),
        ("contacts", "unknown"),
        ("deals", "unknown"),
        ("ends_at", "too_small"),
        ("duration", "too_small"),
    }
    assert not Activity.objects.exists()


def test_status_and_time_of_completion_say_the_same(owner: Actor, activity: int) -> None:
    done = option("activity_status", "completed")

    completed = update_activity(owner, activity, {"status": done})
    assert completed["completed_at"] is not None
    assert update_activity(owner, activity, {"status": None})["completed_at"] is None
    moment = "2026-12-01T13:00:00.000000Z"
    named = update_activity(owner, activity, {"completed_at": moment})
    assert (named["completed_at"], named["status_id"]) == (moment, done)
    reopened = update_activity(owner, activity, {"completed_at": None})
    assert reopened["status_id"] == option("activity_status", "scheduled")


def test_others_need_the_right_where_the_activity_is(
    owner: Actor, member: Actor, reporter: Actor, outsider: Actor, activity: int
) -> None:
    assert update_activity(member, activity, {"location": "Rome"})["location"] == "Rome"
    for refused in (
        lambda: update_activity(reporter, activity, {"location": "Oslo"}),
        lambda: archive_activity(member, activity),
        lambda: create_activity(reporter, {"subject": "Nap"}),
    ):
        with pytest.raises(ForbiddenError):
            refused()
    for hidden in (
        lambda: update_activity(outsider, activity, {"location": "Oslo"}),
        lambda: archive_activity(outsider, activity),
    ):
        with pytest.raises(NotFoundError):
            hidden()


def test_own_activity_without_a_project_is_changed_by_its_owner(
    member: Actor, owner: Actor, contact: Contact
) -> None:
    own = number(create_activity(member, {"subject": "Nap"}))
    shared = number(create_activity(owner, {"subject": "Call", "contacts": [contact.pk]}))

    with pytest.raises(NotFoundError):
        update_activity(owner, own, {"subject": "Work"})
    assert update_activity(member, shared, {"subject": "Call back"})["subject"] == "Call back"
    archive_activity(member, own)
    with pytest.raises(ForbiddenError):
        archive_activity(member, shared)


def test_deals_and_contacts_are_replaced(
    owner: Actor, project: Project, activity: int, contact: Contact
) -> None:
    other = make_contact(owner, first_name="Ann", last_name="")
    deal = number(create_deal(owner, {"project": project.pk, "name": "Roof"}))

    linked = update_activity(owner, activity, {"deals": [deal], "contacts": [other.pk]})
    assert linked["deal_ids"] == [deal]
    assert linked["contacts"] == [{"id": other.pk, "name": "Ann", **PERSON}]
    entry = changes_of("activity", activity)[0]
    assert entry.before == {"contact_ids": [contact.pk], "targets": [contact.pk]}
    cleared = update_activity(owner, activity, {"deals": [], "contacts": []})
    assert (cleared["deal_ids"], cleared["contacts"]) == ([], [])


def test_activity_goes_through_the_trash(owner: Actor, activity: int) -> None:
    archive_activity(owner, activity)
    with pytest.raises(NotFoundError):
        get_record(owner, "activity", activity)
    restore_activity(owner, activity)
    with pytest.raises(NotFoundError):
        delete_activity(owner, activity)
    archive_activity(owner, activity)
    delete_activity(owner, activity)

    assert not Activity.objects.exists()
    assert changes_of("activity", activity)[0].before["subject"] == "Lunch"
