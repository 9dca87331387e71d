"""Access rows from before they said kind and stage: the migration says it, and counts anew."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from contacts import index
from contacts.access.circles import NATURES
from contacts.models import CircleCount, Contact, ContactAccess, User
from contacts.query import Query, count_contacts, where
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

ADDED = importlib.import_module("contacts.migrations.0032_numbers_of_natures")
NAMES = {"person": "first_name", "organization": "organization_name", "household": "household_name"}


def rows() -> list[tuple[Any, ...]]:
    return sorted(ContactAccess.objects.values_list("contact_id", "principal", "nature"))


def numbers() -> list[tuple[Any, ...]]:
    return sorted(CircleCount.objects.values_list("principal", "circle", "nature", "number"))


def test_rows_from_before_the_natures_get_them(alice: User) -> None:
    actor = actor_for(alice)
    for kind, stage in NATURES:
        for visibility in (0, 1, 2):
            values: dict[str, Any] = {"kind": kind, NAMES[kind]: "A", "visibility": visibility}
            made = make_contact(actor, **values)
            Contact.objects.filter(pk=made.pk).update(stage=stage)
            index.refresh([made.pk])
    index.settle()
    index.settle()
    kept = rows(), numbers()
    assert {nature for *_row, nature in kept[0]} == {*NATURES.values()}
    ContactAccess.objects.update(nature=0)
    assert [each for each in index.verify() if isinstance(each, index.Drift)]

    place = SimpleNamespace(connection=connection)
    ADDED.say_natures(apps, place)
    ADDED.forget_numbers(apps, place)
    assert not CircleCount.objects.exists()
    ADDED.count_all(apps, place)

    assert (rows(), numbers()) == kept
    assert not [each for each in index.verify() if isinstance(each, index.Drift)]
    firms = Query(condition=where(actor, "kind", "eq", "organization"))
    assert count_contacts(actor, firms) == 3


def test_who_goes_back_finds_the_numbers_of_all_natures_together(alice: User) -> None:
    actor = actor_for(alice)
    make_contact(actor)
    make_contact(actor, kind="organization", organization_name="A")
    every = {(principal, circle) for principal, circle, *_rest in numbers()}
    assert len(numbers()) > len(every)
    ADDED.join_natures(apps, SimpleNamespace(connection=connection))
    assert numbers() == sorted((*place, 0, 2) for place in every)
