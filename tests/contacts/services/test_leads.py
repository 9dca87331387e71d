"""Leads: contacts that stand in lists of their own until they are converted."""

import pytest

from contacts.access import Actor
from contacts.errors import InvalidError
from contacts.query import Query, get_contact, search
from contacts.services.contacts import archive_contact, update_contact
from tests.builders import make_contact

pytestmark = pytest.mark.usefixtures("project")


@pytest.mark.parametrize("who", ["administrator", "owner"])
def test_leads_stand_in_lists_of_their_own(
    who: str, request: pytest.FixtureRequest, administrator: Actor
) -> None:
    actor = request.getfixturevalue(who)
    contact = make_contact(actor)
    lead = make_contact(actor, stage="lead", company="Acme")
    assert search(actor, Query()).ids == [contact.pk]
    assert search(actor, Query(stage="lead")).ids == [lead.pk]
    assert search(actor, Query(stage="lead")).total == 1
    assert search(actor, Query(stage=None)).total == 2
    assert get_contact(actor, lead.pk)["stage"] == "lead"


@pytest.mark.parametrize("who", ["administrator", "owner"])
def test_the_trash_holds_leads_with_the_contacts(
    who: str, request: pytest.FixtureRequest, administrator: Actor
) -> None:
    actor = request.getfixturevalue(who)
    lead = make_contact(actor, stage="lead")
    archive_contact(actor, lead.pk)
    assert search(actor, Query(archived=True)).ids == [lead.pk]
    assert search(actor, Query(stage="lead")).ids == []


def test_only_a_conversion_makes_a_converted_lead(administrator: Actor) -> None:
    lead = make_contact(administrator, stage="lead")
    with pytest.raises(InvalidError):
        update_contact(administrator, lead.pk, {"stage": "converted"})
