"""Totals of kinds, which are told by what else somebody sees."""

from itertools import chain, combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.models import Contact, User
from contacts.query import Query, count_contacts, search, where
from contacts.services.contacts import archive_contact
from tests.builders import actor_for, join, make_contact, make_project

pytestmark = pytest.mark.django_db

KINDS = {
    "person": {"first_name": "Ann"},
    "organization": {"organization_name": "Acme"},
    "household": {"household_name": "Bakers"},
}
ASKED = [*chain.from_iterable(combinations(KINDS, count) for count in (1, 2, 3))]


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
    make_contact(author, first_name="Bea", visibility=in_project)
    return own


@pytest.mark.parametrize("sees_all", [False, True])
def test_totals_are_those_of_the_lists(bob_sees: Actor, ada: User, *, sees_all: bool) -> None:
    actor = actor_for(ada) if sees_all else bob_sees
    for kinds in ASKED:
        for archived, stage in ((False, "contact"), (False, "lead"), (True, "contact")):
            asked = where(actor, "kind", "in", list(kinds))
            query = Query(condition=asked, archived=archived, stage=stage, limit=100)
            assert count_contacts(actor, query) == len(search(actor, query).ids), query
    assert count_contacts(actor, Query(condition=where(actor, "kind", "eq", "person"))) > 2


def test_people_are_not_counted_one_by_one(bob_sees: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        count_contacts(bob_sees, Query(condition=where(bob_sees, "kind", "eq", "person")))
    (counted,) = [each["sql"] for each in asked if "circlecount" in each["sql"]]
    assert "'organization'" in counted
    assert "'person'" not in counted
