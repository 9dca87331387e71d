"""Changes of contacts that happen at the same time."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from contacts.access import Actor, system_actor
from contacts.errors import InvalidError
from contacts.fields import reference
from contacts.index import drifts_of
from contacts.models import ActivityContact, Contact, Tag
from contacts.query import get_contact
from contacts.services.activities import create_activity
from contacts.services.activity_parts import add_part
from contacts.services.contacts import create_contact, update_contact
from tests.builders import make_contact, make_project


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Run each in a thread with a connection of its own; return what went wrong."""
    barrier = threading.Barrier(len(acts))
    wrong: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        reference.forget()
        barrier.wait()
        try:
            act()
        except BaseException as error:  # noqa: BLE001  # what it is, the test says
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


only_postgresql = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the tests' SQLite is in memory: one connection only"
)


@pytest.fixture
def crowd(django_db_serialized_rollback: None, transactional_db: None) -> tuple[Actor, Contact]:
    """Return the system and a contact, committed, so that other connections see them."""
    make_project("Crowd")
    reference.forget()
    return system_actor("test"), make_contact()


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_changes_of_different_fields_at_the_same_time_both_survive(
    crowd: tuple[Actor, Contact],
) -> None:
    actor, contact = crowd
    keys = ["first_name", "last_name", "job_title", "department", "nickname"]
    for turn in range(5):
        acts = [
            lambda key=key, turn=turn: update_contact(actor, contact.pk, {key: f"{key} {turn}"})
            for key in keys
        ]
        assert at_once(*acts) == []
        document = get_contact(actor, contact.pk)
        assert [document[key] for key in keys] == [f"{key} {turn}" for key in keys]
        assert drifts_of([contact.pk]) == []


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_of_two_who_take_an_identifier_at_the_same_time_is_refused(
    crowd: tuple[Actor, Contact],
) -> None:
    actor, _contact = crowd
    for turn in range(5):
        taken = {"first_name": "Tom", "external_identifier": f"A{turn}"}
        wrong = at_once(*[lambda taken=taken: create_contact(actor, taken)] * 3)
        assert [type(error) for error in wrong] == [InvalidError] * 2
        assert {fault.code for error in wrong for fault in error.faults} == {"taken"}  # type: ignore[attr-defined]  # see above


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_tags_that_are_made_at_the_same_time_are_made_once(crowd: tuple[Actor, Contact]) -> None:
    actor, contact = crowd
    for turn in range(5):
        names = [f"tag {turn} {number}" for number in range(6)]
        one, other, third = ({"tags": order} for order in (names, names[::-1], names[3:]))
        assert (
            at_once(
                lambda values=one: create_contact(actor, {"first_name": "Tom", **values}),
                lambda values=other: create_contact(actor, {"first_name": "Tim", **values}),
                lambda values=third: update_contact(actor, contact.pk, values),
            )
            == []
        )
        assert Tag.objects.filter(name__startswith=f"tag {turn}").count() == 6


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_company_and_its_people_change_at_the_same_time(crowd: tuple[Actor, Contact]) -> None:
    actor, _contact = crowd
    company = make_contact(kind="organization", organization_name="Acme 0")
    people = [make_contact(company="Acme 0").pk for _ in range(4)]
    for turn in range(1, 4):
        rename = {"organization_name": f"Acme {turn}"}
        assert (
            at_once(
                lambda rename=rename: update_contact(actor, company.pk, rename),
                *[lambda pk=pk: update_contact(actor, pk, {"job_title": "Buyer"}) for pk in people],
            )
            == []
        )
        assert drifts_of([company.pk, *people]) == []
        documents = [get_contact(actor, pk) for pk in people]
        assert {document["company"] for document in documents} == {f"Acme {turn}"}


@only_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_all_who_are_let_into_an_activity_at_the_same_time_take_part(
    crowd: tuple[Actor, Contact],
) -> None:
    actor, contact = crowd
    guests = [contact, *(make_contact() for _ in range(3))]
    for turn in range(5):
        meeting = create_activity(actor, {"subject": f"Meeting {turn}"})["id"]
        ends = [{"activity": meeting, "contact": each.pk, "part": "target"} for each in guests]
        assert at_once(*(lambda values=values: add_part(actor, values) for values in ends)) == []
        told = ActivityContact.objects.filter(activity_id=meeting, part="target")
        assert set(told.values_list("contact_id", flat=True)) == {each.pk for each in guests}
