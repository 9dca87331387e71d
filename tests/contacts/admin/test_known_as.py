"""Under what each protocol knows a contact, with its raw answer."""

from django.test import Client

from contacts.access import Actor
from contacts.admin.doors import doors
from contacts.services.contacts import archive_contact
from tests.builders import make_contact
from tests.contacts.admin.reading import read

LIST = "/admin/contacts/contact/"


def test_page_names_the_contact_in_every_protocol(at_bob: Client, owner: Actor) -> None:
    pk = make_contact(owner, first_name="Anna").pk

    page = read(at_bob, f"{LIST}{pk}/")

    for door in doors():
        if door.ways is not None:
            assert f"Show {door.title}" in page.links


def test_answer_of_every_protocol_is_shown_as_a_program_would_get_it(
    at_bob: Client, owner: Actor
) -> None:
    person = make_contact(owner, first_name="Anna", last_name="Petrova").pk
    company = make_contact(owner, kind="organization", organization_name="Anna Ltd").pk

    for pk in (person, company):
        for door in doors():
            if door.ways is None:
                continue
            text = at_bob.get(f"{LIST}{pk}/as/{door.name}/").content.decode()
            shown = text.split("<pre", 1)[1]
            assert "Anna" in shown, door.name


def test_protocol_shows_nothing_that_the_reader_may_not_see(
    at_bob: Client, outsider: Actor
) -> None:
    pk = make_contact(outsider, first_name="Hidden").pk

    for door in doors():
        assert at_bob.get(f"{LIST}{pk}/as/{door.name}/").status_code == 404


def test_unknown_protocol_and_archived_contact_are_not_found(
    at_alice: Client, owner: Actor
) -> None:
    pk = make_contact(owner, first_name="Anna").pk

    assert at_alice.get(f"{LIST}{pk}/as/klingon/").status_code == 404
    archive_contact(owner, pk)
    assert at_alice.get(f"{LIST}{pk}/as/{doors()[0].name}/").status_code == 404
    assert read(at_alice, f"{LIST}{pk}/").status == 200
