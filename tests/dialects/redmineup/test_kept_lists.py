"""Contacts of a list are written once, and shown as everything about them is now."""

import pytest

from contacts.fields import reference
from contacts.models import Contact, CustomField, Project, Tag, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.redmineup.calling import Caller

LISTS = ("/contacts.json", "/contacts.xml")


@pytest.fixture
def lists(as_alice: Caller, alice: User, project: Project) -> list[str]:
    """Return both lists, read before anything changes."""
    make_custom_field("Colour")
    make_contact(actor_for(alice), last_name="Before", tags=["blue"], projects=[project.pk])
    return texts(as_alice)


def texts(caller: Caller) -> list[str]:
    return [caller.get(address).content.decode() for address in LISTS]


def test_a_list_that_nothing_happened_to_is_the_same(as_alice: Caller, lists: list[str]) -> None:
    assert texts(as_alice) == lists
    assert all("Before" in text and "blue" in text and "Colour" in text for text in lists)


def test_what_changes_in_a_contact_is_shown_at_once(
    as_alice: Caller, alice: User, lists: list[str]
) -> None:
    contact = Contact.objects.get(last_name="Before")
    update_contact(actor_for(alice), contact.pk, {"last_name": "After"})
    assert all("After" in text and "Before" not in text for text in texts(as_alice))


def test_what_contacts_refer_to_is_called_as_it_is_now(
    as_alice: Caller, alice: User, lists: list[str]
) -> None:
    Tag.objects.update(name="green")
    CustomField.objects.update(label="Hue")
    User.objects.filter(pk=alice.pk).update(last_name="Newname")
    for stamp in reference.STAMPS:
        reference.bump(stamp)
    for text in texts(as_alice):
        assert all(word in text for word in ("green", "Hue", "Newname"))
        assert not any(word in text for word in ("blue", "Colour"))


def test_a_field_that_somebody_may_not_read_is_not_in_what_they_are_shown(
    as_alice: Caller, as_bob: Caller, bob: User, lists: list[str], project: Project
) -> None:
    assert all("Colour" in text for text in texts(as_bob))
    CustomField.objects.update(access="administrators")
    reference.bump("catalogue")
    assert not any("Colour" in text for text in [*texts(as_bob), *texts(as_alice)])
