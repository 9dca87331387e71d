"""How many contacts somebody sees, counted where the rule is stored."""

from itertools import product

import pytest
from django.db import DEFAULT_DB_ALIAS

from contacts import index
from contacts.access import Actor, actor_of
from contacts.access.visibility import visible_contacts
from contacts.access.visible_at_once import count_standing, count_visible
from contacts.models import Contact, User
from contacts.query import Query, find_contacts, search
from contacts.services.contacts import archive_contact
from contacts.services.own_contacts import drop_own_contact
from contacts.services.users import create_user
from tests.builders import actor_for, join, make_contact, make_project, make_user

pytestmark = pytest.mark.django_db

USING = DEFAULT_DB_ALIAS
STAGES = ("contact", "lead")


@pytest.fixture
def root() -> Actor:
    return actor_for(make_user("root", is_superuser=True))


@pytest.fixture
def viewer(root: Actor) -> User:
    """Make contacts of every visibility on every shelf, and somebody who sees a part of them."""
    places = [make_project(name) for name in ("Here", "Shared", "Elsewhere")]
    here, shared, elsewhere = (place.pk for place in places)
    viewer = make_user("viewer")
    for place in places[:2]:
        join(viewer, place, "Developer")
    projects = ([here], [here, shared], [elsewhere])
    for visibility, within, stage in product((0, 1, 2), projects, STAGES):
        make_contact(visibility=visibility, projects=within, stage=stage, first_name="One")
    for place in (here, elsewhere):
        own = make_contact(visibility=2, projects=[place], first_name="Own")
        Contact.objects.filter(pk=own.pk).update(owner_id=viewer.pk)
        index.refresh([own.pk])
    for visibility in (0, 1, 2):
        gone = make_contact(visibility=visibility, projects=[here, shared], first_name="Gone")
        archive_contact(root, gone.pk)
    return User.objects.get(pk=viewer.pk)


def test_as_many_are_counted_as_are_seen_one_by_one(viewer: User) -> None:
    actor = actor_of(viewer, dialect="test")
    for stage in STAGES:
        seen = visible_contacts(actor, users=False, stage=stage).count()
        assert seen > 0
        found = count_visible(actor, archived=False, users=False, stage=stage, using=USING)
        assert found.total == seen


def test_who_may_view_nothing_counts_nothing(viewer: User) -> None:
    nobody = actor_of(make_user("nobody"), dialect="test")
    found = count_visible(nobody, archived=False, users=False, stage="contact", using=USING)
    assert found == (0, 0)


def test_who_sees_all_counts_those_that_stand_apart(viewer: User, root: Actor) -> None:
    for archived, users, stage in product((False, True, None), (False, True), (*STAGES, None)):
        seen = visible_contacts(root, archived=archived, users=users, stage=stage).count()
        found = count_standing(archived=archived, users=users, stage=stage, using=USING)
        assert found == seen


def test_a_page_tells_how_many_there_are(viewer: User, root: Actor) -> None:
    for actor in (actor_of(viewer, dialect="test"), root):
        every = visible_contacts(actor, users=False, stage="contact").count()
        assert search(actor, Query(limit=1)).total == every


@pytest.mark.parametrize("projects", [0, 20])
def test_contacts_that_users_had_are_in_nobodys_trash(
    ada: User, alice: User, projects: int
) -> None:
    """They were in the trash of some, and counted in that of others whom no page showed them."""
    for number in range(projects):
        join(alice, make_project(f"More {number}"))
    gone = User.objects.get(pk=create_user(actor_for(ada), {"username": "dora"})["id"])
    pk = gone.contact_id
    assert pk is not None
    drop_own_contact(actor_for(ada), gone)
    for user in (ada, alice):
        page = search(actor_for(user), Query(archived=True))
        assert (page.total, page.ids) == (0, [])
        every = search(actor_for(user), Query(archived=True, users=True, stage=None))
        assert (every.total, every.ids) == (1, [pk])
        assert len(find_contacts(actor_for(user), [pk], archived=None)) == 1
