"""Contacts in bulk are the same as contacts one by one, only sooner."""

import json
from io import StringIO
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from contacts.access import system_actor
from contacts.history import changes_of
from contacts.index import ContactParts, drifts_of
from contacts.index.reserving import reserve
from contacts.models import (
    Activity,
    Contact,
    ContactAccess,
    ContactDocument,
    Deal,
    EmailAddress,
    Note,
    Project,
    Relationship,
)
from contacts.query import Query, get_contact, search
from contacts.services.contacts import archive_contact, delete_contact
from contacts.services.loading import load_contacts
from tests.builders import make_contact

pytestmark = pytest.mark.django_db


def demo(count: int, seed: int = 1) -> dict[str, Any]:
    out = StringIO()
    call_command("demo", contacts=count, seed=seed, json=True, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def contents() -> list[Any]:
    """Return what was loaded without what depends on the number of earlier runs: the ids."""
    bodies = ContactDocument.objects.order_by("pk").values_list("body", flat=True)
    documents = [orjson.loads(body) for body in bodies]
    for document in documents:
        document.pop("id")
        document.pop("companies", None)
        document.pop("employer_id", None)
        for key in ("emails", "phones", "addresses", "websites", "messengers"):
            for item in document.get(key, ()):
                item.pop("id")
    deals = Deal.objects.order_by("pk").values_list("name", "amount", "due_on")
    notes = Note.objects.order_by("pk").values_list("content", "created_at")
    return [documents, list(deals), list(notes)]


def test_demo_contacts_have_all_that_is_derived(ada: Any) -> None:
    assert demo(120)["contacts"] == 120
    out = StringIO()
    call_command("reindex", verify=True, json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"contacts": 120, "drifts": []}
    for model in (EmailAddress, Relationship, Note, Deal, Activity, ContactAccess):
        assert model.objects.count() > 0
    page = search(system_actor(), Query(limit=5, search="example"))
    assert page.total > 20
    assert changes_of("contact", page.ids[0])[0].action == "created"


def test_the_same_seed_gives_the_same_people(ada: Any) -> None:
    demo(60, seed=7)
    first = contents()
    Contact.objects.all().delete()
    Deal.objects.all().delete()
    demo(60, seed=7)
    assert contents() == first
    Contact.objects.all().delete()
    Deal.objects.all().delete()
    demo(60, seed=8)
    assert contents() != first


@pytest.mark.parametrize("count", ["0", "-1", "10000001", "many"])
def test_a_number_that_makes_no_sense_is_refused(count: str) -> None:
    with pytest.raises(CommandError):
        call_command("demo", "--contacts", count)


def test_a_loaded_contact_reads_as_one_that_was_made(project: Project) -> None:
    made = make_contact(first_name="Ann", emails=["ann@x.org"], company="Acme")
    now = timezone.now()
    contact = Contact(first_name="Ann", company="Acme", created_at=now, updated_at=now)
    contact.entry_channel = "test"
    email = EmailAddress(address="ann@x.org", address_key="ann@x.org", is_primary=True)
    parts = ContactParts(contact, emails=[email], project_ids=[project.pk])
    (loaded,) = load_contacts(system_actor("test"), [parts])
    assert drifts_of([loaded]) == []
    documents = [get_contact(system_actor(), pk) for pk in (made.pk, loaded)]
    for document in documents:
        emails: Any = document["emails"]
        for own in (document.pop("id"), document.pop("created_at"), document.pop("updated_at")):
            assert own
        assert emails[0].pop("id")
    assert documents[0] == documents[1]


def test_ids_are_given_to_nobody_else(project: Project) -> None:
    """Two loaders, or a loader and somebody who saves, once could get the same ids."""
    first = reserve(Contact, 5)
    assert list(first) == sorted(set(first))
    if connection.vendor == "postgresql":
        assert set(first).isdisjoint(reserve(Contact, 5))
        assert make_contact().pk not in first


def test_the_id_of_a_deleted_contact_is_not_used_again(project: Project) -> None:
    """Its history would become that of somebody else."""
    actor = system_actor("test")
    gone = make_contact().pk
    archive_contact(actor, gone)
    delete_contact(actor, gone)
    now = timezone.now()
    contact = Contact(first_name="Ann", created_at=now, updated_at=now)
    (loaded,) = load_contacts(actor, [ContactParts(contact, project_ids=[project.pk])])
    assert loaded > gone
    assert make_contact().pk > loaded


def test_nothing_is_loaded_from_nothing() -> None:
    assert load_contacts(system_actor(), []) == []
