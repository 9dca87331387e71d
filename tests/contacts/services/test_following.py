"""Following: each user marks records for itself."""

import pytest

from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.models import Contact, ContactFollower
from contacts.query import Query, get_contact, search, where
from contacts.services.following import follow
from tests.builders import make_contact

pytestmark = pytest.mark.usefixtures("project")


def test_whoever_sees_a_contact_may_follow_it(administrator: Actor) -> None:
    tom = make_contact(administrator)
    before = Contact.objects.get(pk=tom.pk).updated_at
    follow(administrator, "contact", tom.pk)
    follow(administrator, "contact", tom.pk)
    assert get_contact(administrator, tom.pk)["followers"] == [administrator.user_id]
    assert Contact.objects.get(pk=tom.pk).updated_at == before


def test_followed_contacts_are_found(administrator: Actor) -> None:
    tom = make_contact(administrator)
    make_contact(administrator)
    follow(administrator, "contact", tom.pk)
    condition = where(administrator, "followers", "has_any", [administrator.user_id])
    assert search(administrator, Query(condition=condition)).ids == [tom.pk]


def test_a_mark_can_be_taken_away(administrator: Actor) -> None:
    tom = make_contact(administrator)
    follow(administrator, "contact", tom.pk)
    follow(administrator, "contact", tom.pk, follows=False)
    assert not ContactFollower.objects.exists()


def test_a_hidden_contact_cannot_be_followed(administrator: Actor, outsider: Actor) -> None:
    tom = make_contact(administrator)
    with pytest.raises(NotFoundError):
        follow(outsider, "contact", tom.pk)
