"""The numbers of contacts are what follows from the access rows, whoever writes beside whom."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from contacts import index
from contacts.access import Actor, system_actor
from contacts.access.circles import parts_of
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
from contacts.index.circles import mend, settle
from contacts.jobs import run_due
from contacts.models import CircleCount, Contact, ContactAccess, Job, Project
from contacts.query import Query, search
from contacts.services import contacts as services
from tests.builders import make_contact, make_project
from tests.contacts.services.test_contacts_at_once import at_once, crowd, only_postgresql

__all__ = ["crowd"]

SYSTEM = system_actor("test")


def total() -> int:
    return search(SYSTEM, Query(limit=1)).total


@pytest.mark.parametrize(
    "shelf", ["living", ARCHIVED, ARCHIVED_USERS, "users", "leads", "converted"]
)
def test_a_circle_is_of_principals_that_are_shared(shelf: str) -> None:
    def on(*principals: int) -> tuple[int, ...]:
        return tuple(sorted(shelved(principals, [shelf])))

    (all_here,) = on(ADMINISTRATORS)
    for alone in (EVERYBODY, member_principal(7), private_principal(7)):
        (number,) = on(alone)
        assert parts_of(on(alone)) == [(all_here, all_here), (number, number)]
    own = user_principal(7), group_principal(7)
    assert parts_of(on(*own)) == parts_of(on(ADMINISTRATORS)) == [(all_here, all_here)]
    two = parts_of(on(member_principal(7), member_principal(8)))
    assert {part.principal for part in two} == {all_here, *on(29, 33)}
    circles = {part.circle for part in two[1:]}
    assert len(circles) == 1
    assert circles.isdisjoint({all_here, *on(29, 33)})
    assert parts_of(on(30, *own)) == [(all_here, all_here), (*on(30), *on(30))]
    assert parts_of(()) == []


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
