"""One e-mail, phone or address of a contact, added, changed and removed on its own."""

import pytest

from contacts.access import Actor
from contacts.errors import InvalidError, NotFoundError
from contacts.models import EmailAddress, User
from contacts.query import get_contact
from contacts.services.channel_records import add_channel, remove_channel, update_channel
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


def test_a_channel_is_one_more_and_the_others_stay(owner: Actor) -> None:
    contact = make_contact(owner, emails=["a@x.org"])
    made = add_channel(owner, "email", {"contact": contact.pk, "address": "b@x.org"})
    assert (made["address"], made["contact_id"]) == ("b@x.org", contact.pk)
    emails = get_contact(owner, contact.pk)["emails"]
    assert [each["address"] for each in emails] == ["a@x.org", "b@x.org"]
    assert emails[0]["is_primary"]


def test_one_that_is_marked_as_primary_takes_the_place_of_the_other(owner: Actor) -> None:
    contact = make_contact(owner, emails=["a@x.org"])
    values = {"contact": contact.pk, "address": "b@x.org", "is_primary": True}
    add_channel(owner, "email", values)
    primary = EmailAddress.objects.filter(contact=contact, is_primary=True)
    assert [row.address for row in primary] == ["b@x.org"]


def test_a_change_leaves_what_it_does_not_name(owner: Actor) -> None:
    contact = make_contact(owner)
    made = add_channel(
        owner, "address", {"contact": contact.pk, "city": "Jena", "name": "Home of all"}
    )
    changed = update_channel(owner, "address", int(str(made["id"])), {"city": "Gera"})
    assert (changed["city"], changed["name"]) == ("Gera", "Home of all")


def test_a_channel_stays_with_its_contact(owner: Actor) -> None:
    first, second = make_contact(owner, emails=["a@x.org"]), make_contact(owner)
    email = EmailAddress.objects.get(contact=first)
    with pytest.raises(InvalidError):
        update_channel(owner, "email", email.pk, {"contact": second.pk})


def test_one_that_says_nothing_is_refused(owner: Actor) -> None:
    contact = make_contact(owner, emails=["a@x.org"])
    email = EmailAddress.objects.get(contact=contact)
    with pytest.raises(InvalidError):
        add_channel(owner, "email", {"contact": contact.pk, "address": ""})
    with pytest.raises(InvalidError):
        update_channel(owner, "email", email.pk, {"address": None})
    assert EmailAddress.objects.filter(contact=contact).count() == 1


def test_those_of_a_hidden_contact_are_not_there(owner: Actor, charlie: User) -> None:
    contact = make_contact(owner, emails=["a@x.org"])
    email = EmailAddress.objects.get(contact=contact)
    outsider = actor_for(charlie)
    with pytest.raises(NotFoundError):
        add_channel(outsider, "email", {"contact": contact.pk, "address": "b@x.org"})
    with pytest.raises(NotFoundError):
        update_channel(outsider, "email", email.pk, {"address": "b@x.org"})
    with pytest.raises(NotFoundError):
        remove_channel(outsider, "email", email.pk)
