"""The trash is emptied after its time, and not a day before."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from contacts.access import Actor
from contacts.errors import ForbiddenError
from contacts.history import changes_of
from contacts.models import Activity, Attachment, Contact, Deal, Project, Ticket
from contacts.services.activities import archive_activity, create_activity
from contacts.services.attachments import attach_file, store_upload
from contacts.services.contacts import archive_contact
from contacts.services.deals import archive_deal, create_deal
from contacts.services.purging import purge
from contacts.services.tickets import archive_ticket, create_ticket
from tests.builders import make_contact

MODELS = (Contact, Deal, Ticket, Activity)


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


@pytest.fixture
def contact(owner: Actor, project: Project) -> Contact:
    """Archive one record of every kind, a week ago."""
    contact = make_contact(owner)
    archive_deal(owner, number(create_deal(owner, {"project": project.pk, "name": "Roof"})))
    archive_ticket(owner, number(create_ticket(owner, {"project": project.pk, "subject": "Leak"})))
    archive_activity(owner, number(create_activity(owner, {"subject": "Lunch"})))
    archive_contact(owner, contact.pk)
    for model in MODELS:
        model._default_manager.update(archived_at=timezone.now() - timedelta(days=7))
    return contact


def test_trash_is_kept_for_its_time_and_then_deleted(
    administrator: Actor, owner: Actor, contact: Contact
) -> None:
    living = make_contact(owner)

    assert purge(administrator, days=8).contacts == 0
    assert purge(administrator, days=0).contacts == 0
    assert all(model._default_manager.exclude(archived_at=None).exists() for model in MODELS)
    done = purge(administrator, days=6)

    assert (done.contacts, done.deals, done.tickets, done.activities) == (1, 1, 1, 1)
    assert not any(model._default_manager.exclude(archived_at=None).exists() for model in MODELS)
    assert Contact.objects.get().pk == living.pk
    assert changes_of("contact", contact.pk)[0].action == "deleted"


def test_uploads_that_nobody_used_are_removed(administrator: Actor, owner: Actor) -> None:
    contact = make_contact(owner)
    old = store_upload(owner, BytesIO(b"old"), filename="old")
    used = attach_file(owner, "contact", contact.pk, BytesIO(b"used"), filename="used")
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=2))
    new = store_upload(owner, BytesIO(b"new"), filename="new")

    assert purge(administrator, days=0).uploads == 1

    left = set(Attachment.objects.values_list("pk", flat=True))
    assert left == {used["id"], new["id"]}
    assert changes_of("attachment", number(old))[0].action == "deleted"


def test_only_administrators_purge(owner: Actor, contact: Contact) -> None:
    with pytest.raises(ForbiddenError):
        purge(owner, days=1)
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_command_takes_the_time_from_the_settings(contact: Contact, settings: Settings) -> None:
    settings.ARCHIVE_RETENTION_DAYS = 6
    said = StringIO()

    call_command("purge", "--json", stdout=said)

    assert json.loads(said.getvalue())["contacts"] == 1
    assert not Contact.objects.filter(pk=contact.pk).exists()
