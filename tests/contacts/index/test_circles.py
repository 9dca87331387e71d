"""The numbers of contacts are what follows from the access rows, whoever writes beside whom."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from contacts import index
from contacts.access import Actor, system_actor
from contacts.access.circles import KINDS, parts_of
from contacts.access.visibility import (
    ADMINISTRATORS,
    ARCHIVED,
    ARCHIVED_USERS,
    EVERYBODY,
    group_principal,
    member_principal,
    private_principal,
    shelved,
    user_principal,
)
from contacts.index import ContactParts
from contacts.index.circles import mend, settle
from contacts.jobs import run_due
from contacts.models import CircleCount, Contact, ContactAccess, Job, Project, User
from contacts.query import Query, count_contacts, search, where
from contacts.services import contacts as services
from contacts.services.loading import load_contacts
from contacts.services.merging import merge_contacts
from contacts.services.personal_data import erase
from tests.builders import actor_for, make_contact, make_project
from tests.contacts.services.test_contacts_at_once import at_once, crowd, only_postgresql

__all__ = ["crowd"]

SYSTEM = system_actor("test")


def total() -> int:
    return search(SYSTEM, Query(limit=1)).total


def by_kind(*, archived: bool = False) -> dict[str, int]:
    """Return how many there are of each kind of which there are some."""
    found = {
        kind: count_contacts(
            SYSTEM, Query(condition=where(SYSTEM, "kind", "eq", kind), archived=archived)
        )
        for kind in KINDS
    }
    return {kind: count for kind, count in found.items() if count}


@pytest.mark.parametrize(
    "shelf", ["living", ARCHIVED, ARCHIVED_USERS, "users", "leads", "converted"]
)
def test_a_circle_is_of_principals_that_are_shared(shelf: str) -> None:
    def on(*principals: int) -> tuple[int, ...]:
        return tuple(sorted(shelved(principals, [shelf])))

    def places(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
        parts = parts_of(numbers, 1)
        assert {part.nature for part in parts} <= {1}
        return [(part.principal, part.circle) for part in parts]

    (all_here,) = on(ADMINISTRATORS)
    for alone in (EVERYBODY, member_principal(7), private_principal(7)):
        (number,) = on(alone)
        assert places(on(alone)) == [(all_here, all_here), (number, number)]
    own = user_principal(7), group_principal(7)
    assert places(on(*own)) == places(on(ADMINISTRATORS)) == [(all_here, all_here)]
    two = parts_of(on(member_principal(7), member_principal(8)), 0)
    assert {part.principal for part in two} == {all_here, *on(29, 33)}
    circles = {part.circle for part in two[1:]}
    assert len(circles) == 1
    assert circles.isdisjoint({all_here, *on(29, 33)})
    assert places(on(30, *own)) == [(all_here, all_here), (*on(30), *on(30))]
    assert parts_of((), 0) == []


@pytest.mark.django_db
def test_each_change_moves_the_numbers_of_kinds(alice: User, project: Project) -> None:
    owner = actor_for(alice)
    other = make_project("Other").pk
    kept = make_contact(owner, first_name="Ann")
    other_name = make_contact(owner, first_name="Anna")
    for numbers, change in (
        ({"person": 2}, {}),
        ({"person": 1, "organization": 1}, {"kind": "organization", "organization_name": "A"}),
        ({"person": 1, "household": 1}, {"kind": "household", "household_name": "A"}),
        ({"person": 1, "household": 1}, {"visibility": 2}),
        ({"person": 1, "household": 1}, {"projects": [project.pk, other]}),
        ({"person": 2}, {"kind": "person", "first_name": "Ann"}),
    ):
        services.update_contact(SYSTEM, kept.pk, change)
        assert (by_kind(), index.differences()) == (numbers, {}), change
    merge_contacts(owner, other_name.pk, [kept.pk])
    assert (by_kind(), by_kind(archived=True)) == ({"person": 1}, {"person": 1})
    services.archive_contact(SYSTEM, other_name.pk)
    assert (by_kind(), by_kind(archived=True), index.differences()) == ({}, {"person": 2}, {})
    services.delete_contact(SYSTEM, other_name.pk)
    assert (by_kind(archived=True), index.differences()) == ({"person": 1}, {})


@pytest.mark.django_db
def test_a_change_of_kind_that_is_undone_moves_no_number(project: Project) -> None:
    contact = make_contact()
    with transaction.atomic():
        services.update_contact(
            SYSTEM, contact.pk, {"kind": "organization", "organization_name": "A"}
        )
        assert by_kind() == {"organization": 1}
        transaction.set_rollback(True)
    assert (by_kind(), index.differences()) == ({"person": 1}, {})


@pytest.mark.django_db
def test_contacts_that_come_in_or_are_erased_count_as_their_kind(
    ada: User, project: Project
) -> None:
    now = timezone.now()
    parts = [
        ContactParts(Contact(kind=kind, created_at=now, updated_at=now, **name), project_ids=ids)
        for kind, name, ids in (
            ("person", {"first_name": "Ann"}, [project.pk]),
            ("organization", {"organization_name": "Acme"}, [project.pk]),
            ("household", {"household_name": "Bakers"}, []),
        )
        for _time in range(2)
    ]
    loaded = load_contacts(SYSTEM, parts)
    every = {"person": 2, "organization": 2, "household": 2}
    assert (by_kind(), index.differences()) == (every, {})
    erase(actor_for(ada), loaded[2])
    assert (by_kind(), index.differences()) == ({**every, "organization": 1}, {})
    index.refresh(loaded[3:])
    assert (by_kind(), index.differences()) == ({**every, "organization": 1}, {})


@pytest.mark.django_db
@pytest.mark.parametrize("model", [CircleCount, ContactAccess])
def test_a_number_or_a_row_of_the_wrong_kind_is_found_and_mended(
    model: type[CircleCount | ContactAccess], project: Project
) -> None:
    make_contact()
    make_contact(kind="organization", organization_name="Acme", visibility=2)
    model.objects.filter(nature=1).update(nature=2)
    with pytest.raises(CommandError):
        call_command("reindex", "--verify", "--json")
    call_command("reindex", "--json")
    assert (by_kind(), index.differences()) == ({"person": 1, "organization": 1}, {})
    call_command("reindex", "--verify", "--json")


@pytest.mark.django_db
def test_rows_that_say_different_kinds_are_counted_out_as_they_are_counted(
    alice: User, project: Project
) -> None:
    pk = make_contact(actor_for(alice), visibility=2).pk
    assert ContactAccess.objects.filter(contact=pk).count() > 1
    own = ContactAccess.objects.filter(contact=pk, principal=user_principal(alice.pk))
    assert own.update(nature=2) == 1
    # The highest counts; `mend` leaves the rows as they are.
    mend()
    assert by_kind() == {"household": 1}
    services.update_contact(SYSTEM, pk, {"visibility": 1})
    assert (by_kind(), index.differences()) == ({"person": 1}, {})


@pytest.mark.django_db
def test_a_contact_that_nobody_sees_is_counted_for_administrators(project: Project) -> None:
    contact = make_contact()
    contact.project_links.all().delete()
    index.refresh([contact.pk])
    seen_by = ContactAccess.objects.filter(contact=contact).values_list("principal", flat=True)
    assert list(seen_by) == [ADMINISTRATORS]
    assert (total(), index.differences()) == (1, {})


@pytest.mark.django_db
def test_whoever_deletes_contacts_lets_them_be_counted_out(project: Project) -> None:
    for name in ("Ann", "Tom", "Tim"):
        make_contact(first_name=name)
    Contact.objects.exclude(first_name="Ann").delete()
    assert (total(), index.differences()) == (1, {})


@pytest.mark.django_db
def test_what_is_undone_is_not_counted(project: Project) -> None:
    make_contact()
    with transaction.atomic():
        make_contact()
        assert total() == 2
        transaction.set_rollback(True)
    assert (total(), index.differences()) == (1, {})


@pytest.mark.django_db
def test_numbers_that_are_wrong_are_found_and_mended(project: Project) -> None:
    make_contact()
    CircleCount.objects.update(number=7)
    CircleCount.objects.create(principal=4001, circle=4001, number=3)
    with pytest.raises(CommandError):
        call_command("reindex", "--verify", "--json")
    call_command("reindex", "--json")
    assert (total(), index.differences()) == (1, {})
    assert not CircleCount.objects.filter(principal=4001).exists()
    call_command("reindex", "--verify", "--json")


@pytest.mark.django_db
def test_rows_of_several_writers_become_one(project: Project) -> None:
    make_contact(visibility=1)
    before = sorted(CircleCount.objects.values_list("principal", "circle", "number"))
    for writer in (-1, -2):
        CircleCount.objects.bulk_create(
            CircleCount(principal=principal, circle=circle, writer=writer, number=number)
            for principal, circle, _number in before
            for number in (4 * writer + 6,)
        )
    assert settle() == 3 * len(before)
    assert sorted(CircleCount.objects.values_list("principal", "circle", "number")) == before
    assert settle() == 0
    Contact.objects.all().delete()
    assert settle() == len(before)
    assert not CircleCount.objects.exists()


@pytest.mark.django_db
def test_a_worker_puts_rows_together_by_itself(project: Project) -> None:
    make_contact()
    for row in CircleCount.objects.all():
        CircleCount.objects.create(
            principal=row.principal, circle=row.circle, writer=-1, number=row.number
        )
    run_due()
    done = Job.objects.get(name="settle_numbers", status="done")
    assert done.result == {"rows": 2 * CircleCount.objects.count()}
    assert total() == 2


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_makes_contacts_at_the_same_time_as_others_is_counted_once(
    crowd: tuple[Actor, Contact],
) -> None:
    actor, contact = crowd
    other = make_project("Other").pk
    own = contact.project_links.get().project_id

    def make() -> None:
        for _turn in range(5):
            make_contact(actor)

    def move() -> None:
        for turn in range(6):
            services.update_contact(actor, contact.pk, {"projects": [(own, other)[turn % 2]]})

    def put_together() -> None:
        for _turn in range(10):
            settle()
            mend()

    assert at_once(make, make, make, move, move, put_together, put_together) == []
    assert (total(), index.differences()) == (16, {})
    settle()
    rows = CircleCount.objects.values_list("principal", "circle")
    assert len(rows) == len(set(rows))
    assert (total(), index.differences()) == (16, {})


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_waits_for_the_numbers_of_somebody_else(crowd: tuple[Actor, Contact]) -> None:
    actor, _contact = crowd

    def make() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        make_contact(actor)

    with transaction.atomic():
        make_contact(actor)
        assert at_once(make, settle) == []
    assert (total(), index.differences()) == (3, {})
