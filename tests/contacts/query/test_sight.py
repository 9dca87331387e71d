"""What points to a record that somebody does not see tells nothing of it, asked or ordered by."""

import pytest

from contacts.access import Actor
from contacts.models import Contact, Project, User
from contacts.query import Query, all_of, search, sorted_by, where
from contacts.services.activities import create_activity
from contacts.services.deals import create_deal
from contacts.services.notes import create_note
from tests.builders import actor_for, join, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(alice: User, elsewhere: Project) -> Actor:
    """Return alice, who is the only one of the two projects in both."""
    join(alice, elsewhere, "Manager")
    return actor_for(alice)


@pytest.fixture
def reader(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture
def hidden(owner: Actor, elsewhere: Project) -> Contact:
    """Return a company of the project that the reader is not in."""
    values = {"organization_name": "Alpha", "kind": "organization", "projects": [elsewhere.pk]}
    return make_contact(owner, **values)


def ids(actor: Actor, kind: str = "contact", **more: object) -> list[int]:
    return search(actor, Query(kind, **more)).ids  # type: ignore[arg-type]  # Query's own keywords


def test_a_hidden_employer_is_found_by_nobody_else(
    owner: Actor, reader: Actor, hidden: Contact
) -> None:
    """The id of a hidden company could be guessed, and confirmed by asking who works there."""
    worker = make_contact(owner, first_name="Tom", employer=hidden.pk)
    for operator, value in (("eq", hidden.pk), ("ge", 1), ("in", [hidden.pk]), ("is_empty", False)):
        asked = where(reader, "employer", operator, value)
        assert worker.pk not in ids(reader, condition=asked), operator
        assert worker.pk in ids(owner, condition=where(owner, "employer", operator, value))
    without = where(reader, "employer", "is_empty", True)
    assert worker.pk in ids(reader, condition=without)
    assert worker.pk in ids(reader, condition=where(reader, "employer", "ne", hidden.pk))


def test_a_hidden_company_is_found_by_nobody_else_among_several(
    owner: Actor, reader: Actor, hidden: Contact
) -> None:
    worker = make_contact(owner, first_name="Tom", employer=hidden.pk)
    for operator, value in (("has_any", [hidden.pk]), ("is_empty", False)):
        assert not ids(reader, condition=where(reader, "companies", operator, value))
        assert ids(owner, condition=where(owner, "companies", operator, value)) == [worker.pk]
    assert worker.pk in ids(reader, condition=where(reader, "companies", "is_empty", True))


def test_a_hidden_party_of_a_deal_is_found_by_nobody_else(
    owner: Actor, reader: Actor, hidden: Contact
) -> None:
    main = create_deal(owner, {"name": "One", "contact": hidden.pk})
    further = create_deal(owner, {"name": "Two", "contacts": [hidden.pk]})
    for key, operator, value, found in (
        ("contact", "eq", hidden.pk, [main["id"]]),
        ("contacts", "has_any", [hidden.pk], [further["id"]]),
        ("company", "has_any", [hidden.pk], [main["id"], further["id"]]),
    ):
        asked = [where(each, key, operator, value, kind="deal") for each in (reader, owner)]
        assert ids(reader, "deal", condition=asked[0]) == [], key
        assert sorted(ids(owner, "deal", condition=asked[1])) == found, key


def test_a_hidden_deal_of_an_activity_is_found_by_nobody_else(
    owner: Actor, reader: Actor, hidden: Contact, elsewhere: Project
) -> None:
    deal = create_deal(owner, {"name": "Secret", "project": elsewhere.pk})
    project = next(iter(reader.rights))
    call = create_activity(owner, {"subject": "Call", "deals": [deal["id"]], "project": project})
    condition = where(reader, "deals", "has_any", [deal["id"]], kind="activity")
    assert ids(reader, "activity") == [call["id"]]
    assert ids(reader, "activity", condition=condition) == []


def test_hidden_records_are_nowhere_in_the_order(
    owner: Actor, reader: Actor, hidden: Contact
) -> None:
    """Ordered by whom they work for, contacts of a hidden company stand with those of none."""
    open_company = make_contact(owner, organization_name="Open", kind="organization")
    first = make_contact(owner, first_name="Ann", employer=open_company.pk)
    second = make_contact(owner, first_name="Bob", employer=hidden.pk)
    assert hidden.pk < open_company.pk
    people = where(reader, "kind", "eq", "person")
    by_employer = (sorted_by(reader, "employer"),)
    assert ids(reader, condition=people, sort=by_employer) == [second.pk, first.pk]
    downwards = (sorted_by(reader, "employer", descending=True),)
    assert ids(reader, condition=people, sort=downwards) == [first.pk, second.pk]


def test_the_name_of_a_hidden_parent_is_nowhere_in_the_order(
    owner: Actor, reader: Actor, hidden: Contact
) -> None:
    named = {"kind": "organization"}
    child = make_contact(owner, organization_name="Child", parent=hidden.pk, **named)
    free = make_contact(owner, organization_name="Zeta", **named)
    for actor, expected in ((owner, [free.pk, child.pk]), (reader, [child.pk, free.pk])):
        both = where(actor, "id", "in", [free.pk, child.pk])
        sort = (sorted_by(actor, "parent_name"), sorted_by(actor, "id"))
        assert ids(actor, condition=both, sort=sort) == expected


def test_hidden_deals_and_notes_count_for_nothing(
    owner: Actor, reader: Actor, hidden: Contact, elsewhere: Project
) -> None:
    free, busy = (make_contact(owner, first_name=name, last_name="") for name in ("Zoe", "Abe"))
    create_deal(owner, {"name": "Secret", "contact": busy.pk, "project": elsewhere.pk})
    create_note(owner, {"content": "Secret", "contact": busy.pk, "is_private": True})
    for key, operator, value in (("has_deals", "eq", True), ("last_note_at", "is_empty", False)):
        assert not ids(reader, condition=where(reader, key, operator, value)), key
        assert ids(owner, condition=where(owner, key, operator, value)) == [busy.pk], key
    both = where(reader, "id", "in", [free.pk, busy.pk])
    by_count = (sorted_by(reader, "deal_count", descending=True), sorted_by(reader, "first_name"))
    assert ids(reader, condition=both, sort=by_count) == [busy.pk, free.pk]


@pytest.mark.parametrize("rest", [(), ("first_name",)])
def test_a_hidden_project_leads_nobody_else_to_its_contacts(
    owner: Actor, reader: Actor, project: Project, elsewhere: Project, rest: tuple[str, ...]
) -> None:
    """The page is full of such contacts: no other way to it is tried."""
    both = make_contact(owner, first_name="Tom", projects=[project.pk, elsewhere.pk])
    for actor, expected in ((owner, [both.pk]), (reader, [])):
        parts = [where(actor, "projects", "has_any", [elsewhere.pk])]
        parts += [where(actor, key, "eq", "Tom") for key in rest]
        assert ids(actor, condition=all_of(*parts), limit=1) == expected
