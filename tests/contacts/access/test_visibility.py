"""The one rule of who sees which contact, against a plain statement of it."""

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import index
from contacts.access import Actor, actor_of
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.models import Contact, Project, ProjectMember, Role, User, UserGroup
from contacts.query import (
    Query,
    count_contacts,
    find_contacts,
    get_contact,
    names_of_contacts,
    search,
    sorted_by,
    where,
)
from contacts.services.contacts import archive_contact, restore_contact, update_contact
from tests.builders import actor_for, make_contact, make_project, make_user

pytestmark = pytest.mark.django_db

PUBLIC, PRIVATE = Contact.Visibility.PUBLIC, Contact.Visibility.PRIVATE
# By role: may view contacts, may view private ones.
VIEWING = ("Manager", "Developer", "Reporter")
SEEING_PRIVATE = ("Manager",)
KINDS = ("administrator", "Manager", "Developer", "Reporter", "none", "outsider", "left")


@dataclass(frozen=True)
class Case:
    """Somebody, a contact, and what ties them."""

    kind: str
    visibility: int
    tie: str
    archived: bool


def is_seen(case: Case) -> bool:
    """State the rule in plain words."""
    if case.kind == "administrator":
        return True
    views_here = case.kind in VIEWING
    views_anywhere = views_here or case.kind == "outsider"
    if case.visibility == PUBLIC:
        return views_anywhere
    if case.visibility == PRIVATE:
        return views_here and (case.kind in SEEING_PRIVATE or case.tie != "stranger")
    return views_here


@pytest.fixture
def places(db: None) -> tuple[Project, Project]:
    """Return the project of the contacts and another one; a role without any right."""
    Role.objects.create(name="none", rights=[])
    return make_project("Here"), make_project("There")


def make_actor(kind: str, places: tuple[Project, Project]) -> Actor:
    user = make_user(f"user {kind}", is_superuser=kind == "administrator")
    here, there = places
    if kind in (*VIEWING, "none", "left"):
        member = ProjectMember.objects.create(user=user, project=here)
        member.roles.add(Role.objects.get(name="Manager" if kind == "left" else kind))
    if kind == "outsider":
        member = ProjectMember.objects.create(user=user, project=there)
        member.roles.add(Role.objects.get(name="Manager"))
    if kind == "left":
        user.memberships.all().delete()
    reference.bump("people")
    return actor_of(User.objects.get(pk=user.pk), dialect="test")


def tie(contact: Contact, actor: Actor, how: str) -> None:
    """Tie the contact to the actor as author, owner or through its group."""
    if how == "group":
        group = UserGroup.objects.create(name="Team")
        group.users.add(User.objects.get(pk=actor.user_id))
        Contact.objects.filter(pk=contact.pk).update(owner_group=group)
    elif how != "stranger":
        Contact.objects.filter(pk=contact.pk).update(**{f"{how}_id": actor.user_id})
    reference.bump("people")


CASES = [
    Case(*each)
    for each in product(KINDS, (0, 1, 2), ("stranger", "author", "owner", "group"), (False, True))
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_contact_is_seen_by_whom_the_rule_names(
    case: Case, places: tuple[Project, Project]
) -> None:
    contact = make_contact(
        first_name="Needle", visibility=case.visibility, projects=[places[0].pk], tags=["vip"]
    )
    actor = make_actor(case.kind, places)
    tie(contact, actor, case.tie)
    index.refresh([contact.pk])
    if case.archived:
        archive_contact(actor_for(make_user("root", is_superuser=True)), contact.pk)
    actor = actor_of(User.objects.get(pk=actor.user_id), dialect="test")
    seen = {"living": is_seen(case) and not case.archived, "any": is_seen(case)}
    assert_seen(actor, contact.pk, seen=seen["living"], archived=False)
    assert_seen(actor, contact.pk, seen=seen["any"] and case.archived, archived=True)
    assert_seen(actor, contact.pk, seen=seen["any"], archived=None)


def assert_seen(actor: Actor, contact_id: int, *, seen: bool, archived: bool | None) -> None:
    """Ask in every way in which contacts are read: none of them may know more than the others."""
    wanted = [contact_id] if seen else []
    for query in (
        Query(archived=archived),
        Query(archived=archived, search="needle"),
        Query(archived=archived, search="vip", wide=True),
        Query(archived=archived, condition=where(actor, "first_name", "eq", "needle")),
        Query(archived=archived, condition=where(actor, "tags", "has_any", ["vip"])),
        Query(archived=archived, sort=(sorted_by(actor, "created_at"),)),
        Query(archived=archived, sort=(sorted_by(actor, "sort_name", descending=True),)),
    ):
        page = search(actor, query)
        assert (page.ids, page.total) == (wanted, len(wanted))
        assert count_contacts(actor, query) == len(wanted)
    assert list(find_contacts(actor, [contact_id], archived=archived)) == wanted
    if archived is False:
        assert list(names_of_contacts(actor, [contact_id])) == wanted
    if not seen:
        with pytest.raises(NotFoundError):
            get_contact(actor, contact_id, archived=archived)


MEMBERSHIPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["Manager", "Reporter", "none"])), max_size=3
)
CONTACTS = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 2]),
        st.sets(st.integers(0, 2), min_size=1),
        st.sampled_from(["stranger", "author", "owner"]),
        st.booleans(),
    ),
    max_size=6,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(memberships=MEMBERSHIPS, contacts=CONTACTS)
def test_whoever_is_in_several_projects_sees_what_each_of_them_shows(
    memberships: list[tuple[int, str]],
    contacts: list[tuple[int, set[int], str, bool]],
    places: tuple[Project, Project],
) -> None:
    projects = [*places, Project.objects.get_or_create(identifier="third", name="Third")[0]]
    user = make_user(f"user {User.objects.count()}")
    roles: dict[int, set[str]] = {}
    for number, role in memberships:
        member, _new = ProjectMember.objects.get_or_create(user=user, project=projects[number])
        member.roles.add(Role.objects.get(name=role))
        roles.setdefault(number, set()).add(role)
    Contact.objects.all().delete()
    reference.bump("people")
    wanted = []
    for visibility, where_it_is, how, archived in contacts:
        contact = make_contact(
            visibility=visibility, projects=[projects[number].pk for number in sorted(where_it_is)]
        )
        Contact.objects.filter(pk=contact.pk).update(
            **({} if how == "stranger" else {f"{how}_id": user.pk})
        )
        index.refresh([contact.pk])
        if archived:
            archive_contact(actor_for(make_user(f"r{contact.pk}", is_superuser=True)), contact.pk)
        viewing = {number for number, held in roles.items() if held & set(VIEWING)}
        private = {number for number, held in roles.items() if held & set(SEEING_PRIVATE)}
        by_rule = {
            0: bool(viewing & where_it_is),
            1: bool(viewing),
            2: bool(private & where_it_is) or (how != "stranger" and bool(viewing & where_it_is)),
        }[visibility]
        if by_rule and not archived:
            wanted.append(contact.pk)
    actor = actor_of(User.objects.get(pk=user.pk))
    assert sorted(search(actor, Query()).ids) == wanted
    assert sorted(search(actor, Query(sort=(sorted_by(actor, "id"),))).ids) == wanted


def test_a_hidden_contact_can_neither_be_changed_nor_told_from_a_missing_one(
    charlie: User, alice: User
) -> None:
    contact = make_contact(actor_for(alice))
    outsider = actor_for(charlie)
    for contact_id in (contact.pk, 999_999, 2**70, 0, -1):
        for act in (
            lambda pk=contact_id: get_contact(outsider, pk),
            lambda pk=contact_id: update_contact(outsider, pk, {"first_name": "Mine"}),
            lambda pk=contact_id: archive_contact(outsider, pk),
            lambda pk=contact_id: restore_contact(outsider, pk),
        ):
            with pytest.raises(NotFoundError) as refused:
                act()
            assert str(refused.value) == f"contact {contact_id}"
