"""Taking everything about a person as a file, and erasing it, in the browser."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client
from django.utils import translation

from contacts.access import Actor, actor_of, system_actor
from contacts.errors import ConflictError, ForbiddenError
from contacts.history import changes_about
from contacts.jobs import definitions
from contacts.models import Contact, Job, User
from contacts.services.own_contacts import give_own_contact
from contacts.services.personal_data import erase, require_personal
from contacts.services.personal_data.finding import DERIVED, TRAILED, word_of
from contacts.services.personal_data.scrubbing import SCRUB
from tests.builders import make_contact
from tests.contacts.admin.reading import read, send

LIST = "/admin/contacts/contact/"


@pytest.fixture
def at_ada(ada: User) -> Client:
    client = Client()
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def anna(owner: Actor) -> Contact:
    return make_contact(owner, first_name="Anna", last_name="Petrova", background="Plays chess")


def test_administrator_takes_everything_and_erases_the_person(
    at_ada: Client, anna: Contact
) -> None:
    shown = read(at_ada, f"{LIST}{anna.pk}/")
    assert shown.links["Everything as a file"] == f"{LIST}{anna.pk}/everything/"
    page = read(at_ada, shown.links["Erase …"])
    archive = at_ada.get(page.links["Take everything as a file first"])
    opened = ZipFile(BytesIO(b"".join(archive.streaming_content)))  # type: ignore[attr-defined]  # a stream
    assert "Plays chess" in opened.read("person.json").decode()

    wrong = send(at_ada, f"{LIST}{anna.pk}/erase/", {"name": "Anna"})
    assert wrong.status == 422
    assert Contact.objects.filter(pk=anna.pk).exists()

    page = send(at_ada, f"{LIST}{anna.pk}/erase/", {"name": "anna petrova"})
    assert "The person is erased." in page.text
    assert not Contact.objects.filter(pk=anna.pk).exists()
    assert Job.objects.filter(name=SCRUB).exists()
    assert SCRUB in {each.name for each in definitions()}


def test_every_row_that_would_go_is_named_in_russian() -> None:
    tables = [table for table in apps.get_app_config("contacts").get_models() if is_told(table)]
    with translation.override("ru"):
        unnamed = [table.__name__ for table in tables if word_of(table).isascii()]
    assert tables
    assert unnamed == []


def is_told(table: type[Model]) -> bool:
    """Tell whether rows of a table go with a record of a person, and are told of."""
    targets = {field.related_model for field in table._meta.fields if field.is_relation}
    return table not in DERIVED and not targets.isdisjoint(TRAILED.values())


def test_history_says_who_erased_and_nothing_of_whom(ada: User, anna: Contact) -> None:
    erase(actor_of(ada), anna.pk)

    entries = list(changes_about(anna.pk))
    assert [entry.action for entry in entries] == ["erased", "deleted", "archived", "created"]
    assert entries[0].user_id == ada.pk
    assert "Petrova" not in repr([(entry.before, entry.after) for entry in entries])


def test_others_may_neither_take_nor_erase(at_alice: Client, owner: Actor, anna: Contact) -> None:
    assert "Erase …" not in read(at_alice, f"{LIST}{anna.pk}/").links
    assert at_alice.get(f"{LIST}{anna.pk}/everything/").status_code == 403
    assert at_alice.post(f"{LIST}{anna.pk}/erase/", {"name": "Anna Petrova"}).status_code == 403
    with pytest.raises(ForbiddenError):
        require_personal(owner, anna.pk)
    assert Contact.objects.filter(pk=anna.pk).exists()


def test_somebody_who_signs_in_is_not_erased(at_ada: Client, ada: User, alice: User) -> None:
    actor = actor_of(ada)
    alice.refresh_from_db()
    if alice.contact_id is None:
        give_own_contact(actor, alice)
    own = alice.contact_id or 0

    with pytest.raises(ConflictError, match="contact_of_user"):
        require_personal(actor, own)
    answer = at_ada.get(f"{LIST}{own}/everything/", follow=True)
    assert "Delete the user first." in answer.content.decode()


def test_commands_say_whom_they_do_not_find_and_erase_nobody_then(
    anna: Contact, alice: User, tmp_path: Path
) -> None:
    file = tmp_path / "person.zip"
    with pytest.raises(CommandError, match=r"There is no contact 987654\."):
        call_command("erase", str(anna.pk), "987654", "--yes")
    with pytest.raises(CommandError, match=r"There is no contact 987654\."):
        call_command("disclose", "987654", str(file))
    alice.refresh_from_db()
    if alice.contact_id is None:
        give_own_contact(system_actor("test"), alice)
    with pytest.raises(CommandError, match="Delete the user first"):
        call_command("erase", str(alice.contact_id), "--yes")

    assert not file.exists()
    assert Contact.objects.filter(pk=anna.pk).exists()
