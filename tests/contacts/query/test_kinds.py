"""Totals of kinds: what is kept of circles tells them, however the kinds are asked for."""

from itertools import chain, combinations, product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import index
from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.models import Contact, User
from contacts.query import And, Not, Or, Query, count_contacts, search, where
from contacts.query.kinds import ALL, kinds_among, kinds_of
from contacts.query.tree import Condition
from contacts.services.contacts import archive_contact
from tests.builders import actor_for, join, make_contact, make_project

pytestmark = pytest.mark.django_db

KINDS = {
    "person": {"first_name": "Ann"},
    "organization": {"organization_name": "Acme"},
    "household": {"household_name": "Bakers"},
}
ASKED = [*chain.from_iterable(combinations(KINDS, count) for count in (0, 1, 2, 3))]
SHELVES = [*product((False, True, None), (False, True), ("contact", "lead", None))]


@pytest.fixture
def bob_sees(alice: User, bob: User) -> Actor:
    """Make contacts of all kinds: shared twice, private, hidden, archived, and leads."""
    both, hidden = make_project("Both"), make_project("Hidden")
    join(bob, both, role="Developer")
    join(alice, both)
    author, own = actor_for(alice), actor_for(bob)
    private, in_project = Contact.Visibility.PRIVATE, Contact.Visibility.PROJECT
    demo = min(own.rights)
    for kind, name in KINDS.items():
        values = {"kind": kind, **name}
        make_contact(author, **values, visibility=in_project, projects=[demo, both.pk])
        make_contact(own, **values, visibility=private)
        make_contact(author, **values, visibility=private)
        make_contact(**values, visibility=in_project, projects=[hidden.pk])
        make_contact(author, **values, stage="lead")
        archive_contact(author, make_contact(author, **values).pk)
        archive_contact(author, make_contact(author, **values, stage="lead").pk)
        # Of users, and some of them leads: they stand on one shelf, and in one trash.
        for stage in ("contact", "lead"):
            users = [make_contact(author, **values, stage=stage).pk for _time in range(2)]
            Contact.objects.filter(pk__in=users).update(is_user=True)
            index.refresh(users)
            archive_contact(author, users[0])
    make_contact(author, first_name="Bea", visibility=in_project)
    return own


def statements_for(actor: Actor, query: Query) -> list[str]:
    """Return the statements that count what a question is about."""
    with CaptureQueriesContext(connection) as asked:
        search(actor, query)
    return [each["sql"] for each in asked if "COUNT(" in each["sql"]]


@pytest.mark.parametrize("sees_all", [False, True])
def test_totals_are_those_of_the_lists(bob_sees: Actor, ada: User, *, sees_all: bool) -> None:
    actor = actor_for(ada) if sees_all else bob_sees
    for kinds, (archived, users, stage) in product(ASKED, SHELVES):
        asked = where(actor, "kind", "in", list(kinds))
        shelf = {"archived": archived, "users": users, "stage": stage}
        query = Query(condition=asked, limit=100, **shelf)
        listed = search(actor, query)
        assert count_contacts(actor, query) == listed.total == len(listed.ids), query
    assert count_contacts(actor, Query(condition=where(actor, "kind", "eq", "person"))) > 2


def test_lists_of_all_kinds_are_counted_as_well(bob_sees: Actor, ada: User) -> None:
    for actor, (archived, users, stage) in product((bob_sees, actor_for(ada)), SHELVES):
        query = Query(archived=archived, users=users, stage=stage, limit=1)
        if archived:
            stage = None
        seen = visible_contacts(actor, archived=archived, users=users, stage=stage).count()
        assert count_contacts(actor, query) == search(actor, query).total == seen, query


def written(actor: Actor) -> list[tuple[Condition, str]]:
    """Return conditions about kinds alone, with what they let in."""
    person, organization, household = (where(actor, "kind", "eq", kind) for kind in KINDS)
    no_person = where(actor, "kind", "ne", "person")
    return [
        (person, "person"),
        (where(actor, "kind", "in", ["person"]), "person"),
        (And((person,)), "person"),
        (Or((person,)), "person"),
        (Or((organization, household)), "organization household"),
        (no_person, "organization household"),
        (And((no_person, Not(household))), "organization"),
        (Not(Or((person, household))), "organization"),
        (Not(And((person, household))), "person organization household"),
        (And((person, organization)), ""),
        (Or(()), ""),
        (And(()), "person organization household"),
        (where(actor, "kind", "is_empty", True), ""),
        (where(actor, "kind", "is_empty", False), "person organization household"),
    ]


def test_kinds_are_told_by_circles_however_they_are_written(bob_sees: Actor) -> None:
    by_kind = {
        kind: len(search(bob_sees, Query(condition=where(bob_sees, "kind", "eq", kind))).ids)
        for kind in KINDS
    }
    for condition, kinds in written(bob_sees):
        assert kinds_of(condition) == set(kinds.split()), condition
        with CaptureQueriesContext(connection) as asked:
            found = count_contacts(bob_sees, Query(condition=condition))
        assert found == sum(by_kind[kind] for kind in kinds.split()), condition
        for statement in asked:
            assert "contacts_circlecount" in statement["sql"]
            assert 'contacts_contact"' not in statement["sql"]


def test_what_asks_for_more_than_kinds_is_not_told_by_them(bob_sees: Actor) -> None:
    person = where(bob_sees, "kind", "eq", "person")
    named = where(bob_sees, "first_name", "eq", "Ann")
    for condition in (named, And((person, named)), Or((person, named)), Not(named)):
        assert kinds_of(condition) is None
    assert kinds_of(None) == ALL
    assert kinds_among(And((person, named))) == {"person"}
    assert kinds_among(Or((person, named))) == kinds_among(None) == set()
    assert count_contacts(bob_sees, Query(condition=And((person, named)))) == 2


@pytest.mark.parametrize("sees_all", [False, True])
def test_a_page_of_a_kind_counts_no_contacts(bob_sees: Actor, ada: User, *, sees_all: bool) -> None:
    """Only what somebody sees as nobody but itself is counted by its access rows."""
    actor = actor_for(ada) if sees_all else bob_sees
    for (number, kind), users in product(enumerate(KINDS), (False, True)):
        query = Query(condition=where(actor, "kind", "eq", kind), limit=1, users=users)
        (counted,) = statements_for(actor, query)
        assert "contacts_circlecount" in counted
        assert f"nature IN ({number})" in counted
        assert 'contacts_contact"' not in counted
        assert ("contacts_contactaccess" in counted) is not sees_all


def test_a_list_of_a_kind_that_is_counted_no_further_is_told_to_its_end(bob_sees: Actor) -> None:
    """It costs nothing; the browser asks for filtered lists so."""
    people = where(bob_sees, "kind", "eq", "person")
    query = Query(condition=people, limit=1, count_up_to=1)
    assert search(bob_sees, query).total == count_contacts(bob_sees, Query(condition=people)) == 3
    last = Query(condition=people, offset=2, limit=1, count_up_to=1)
    assert search(bob_sees, last).total == 3
