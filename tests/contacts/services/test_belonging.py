"""Whose records of work are: a user's or a user group's; who changed them last."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, NotFoundError
from contacts.fields import reference
from contacts.models import Project, User, UserGroup
from contacts.query import Query, find_record, get_record, search, where
from contacts.services.activities import create_activity, update_activity
from contacts.services.currencies import create_currency, delete_currency
from contacts.services.deals import create_deal, update_deal
from contacts.services.following import follow
from contacts.services.notes import create_note, update_note
from contacts.services.tickets import create_ticket
from contacts.services.user_groups import delete_user_group
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.usefixtures("project")


def number(document: dict[str, Any]) -> int:
    """Return the id of a document."""
    return int(document["id"])


@pytest.fixture
def team(bob: User) -> UserGroup:
    """Return a user group of bob."""
    group = UserGroup.objects.create(name="Sales")
    group.users.add(bob)
    reference.bump("people")
    return group


def test_a_user_group_takes_the_place_of_an_owner(administrator: Actor, team: UserGroup) -> None:
    deal = create_deal(administrator, {"name": "D", "owner": administrator.user_id})
    changed = update_deal(administrator, number(deal), {"owner_group": team.pk})
    assert (changed["owner_id"], changed["owner_group_id"]) == (None, team.pk)
    condition = where(administrator, "owner_group", "eq", team.pk, kind="deal")
    assert search(administrator, Query("deal", condition)).ids == [number(deal)]
    changed = update_deal(administrator, number(deal), {"owner": administrator.user_id})
    assert (changed["owner_id"], changed["owner_group_id"]) == (administrator.user_id, None)


def test_a_user_group_sees_what_it_owns(
    administrator: Actor, owner: Actor, team: UserGroup, bob: User
) -> None:
    values = {"subject": "T", "owner_group": team.pk, "is_private": True}
    ticket = number(create_ticket(administrator, values))
    call = number(create_activity(administrator, {"subject": "C", "owner_group": team.pk}))
    member = actor_for(bob)
    assert get_record(member, "ticket", ticket)
    assert find_record(owner, "ticket", ticket) is None
    assert get_record(member, "activity", call)["owner_id"] is None
    assert update_activity(member, call, {"subject": "D"})["editor_id"] == bob.pk
    with pytest.raises(NotFoundError):
        update_activity(owner, call, {"subject": "E"})


def test_a_user_group_that_owns_anything_stays(administrator: Actor, team: UserGroup) -> None:
    create_ticket(administrator, {"subject": "T", "owner_group": team.pk})
    with pytest.raises(ConflictError):
        delete_user_group(administrator, team.pk)


def test_records_say_by_which_door_they_came(administrator: Actor) -> None:
    deal = create_deal(administrator, {"name": "D", "next_step": "Call", "forecast_amount": "5"})
    assert deal["entry_channel"] == administrator.dialect
    assert (deal["next_step"], deal["forecast_amount"]) == ("Call", "5.00")
    follow(administrator, "deal", number(deal))
    condition = where(administrator, "next_step", "eq", "CALL", kind="deal")
    (found,) = search(administrator, Query("deal", condition)).documents
    assert found["followers"] == [administrator.user_id]


def test_persons_and_companies_of_a_deal_are_told_apart(administrator: Actor) -> None:
    tom = make_contact(administrator)
    acme = make_contact(administrator, kind="organization", organization_name="Acme")
    deal = create_deal(administrator, {"name": "D", "contact": tom.pk, "contacts": [acme.pk]})
    create_deal(administrator, {"name": "E"})
    for key, contact in (("person", tom), ("company", acme)):
        condition = where(administrator, key, "in", [contact.pk], kind="deal")
        assert search(administrator, Query("deal", condition)).ids == [number(deal)]
        wrong = where(administrator, key, "in", [tom.pk + acme.pk - contact.pk], kind="deal")
        assert search(administrator, Query("deal", wrong)).ids == []


def test_an_answer_stays_with_the_record_of_its_note(administrator: Actor) -> None:
    tom, ann = make_contact(administrator), make_contact(administrator)
    first = number(create_note(administrator, {"content": "a", "contact": tom.pk}))
    values = {"content": "b", "contact": tom.pk, "parent": first, "customer": tom.pk}
    answer = create_note(administrator, values)
    assert (answer["parent_id"], answer["customer_id"]) == (first, tom.pk)
    for wrong in ({"content": "c", "contact": ann.pk, "parent": first},):
        with pytest.raises(Exception, match="parent"):
            create_note(administrator, wrong)
    with pytest.raises(Exception, match="parent"):
        update_note(administrator, first, {"parent": number(answer)})


def test_a_currency_in_use_stays(administrator: Actor, project: Project) -> None:
    euro = number(create_currency(administrator, {"code": "EUR", "name": "Euro", "rate": "0.9"}))
    create_deal(administrator, {"name": "D", "currency": "EUR", "project": project.pk})
    with pytest.raises(ConflictError):
        delete_currency(administrator, euro)
