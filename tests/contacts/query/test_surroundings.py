"""What hangs on contacts that are known to be seen is what is found by asking who sees it."""

from dataclasses import replace

import pytest

from contacts.access import Actor
from contacts.models import Project, User
from contacts.query.standings import Standing
from contacts.query.surroundings import Asked, surroundings
from contacts.services.activities import create_activity
from contacts.services.deals import create_deal
from contacts.services.notes import create_note
from tests.builders import actor_for, join, make_contact, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(alice: User, bob: User, project: Project) -> int:
    """Make a contact with notes and activities of two people, some of them private or elsewhere."""
    hidden = make_project("Hidden")
    join(alice, hidden)
    pk = make_contact(actor_for(alice), first_name="Ann").pk
    secret = make_contact(
        actor_for(alice), first_name="Secret", projects=[hidden.pk], visibility=0
    ).pk
    for user, is_private in ((alice, False), (alice, True), (bob, True)):
        values = {"contact": pk, "content": "x", "is_private": is_private}
        create_note(actor_for(user), values)
    create_note(
        actor_for(alice), {"contact": secret, "content": "About both", "further_contacts": [pk]}
    )
    create_activity(actor_for(alice), {"subject": "Visit", "targets": [pk]})
    create_activity(actor_for(bob), {"subject": "Call", "targets": [pk], "owner": bob.pk})
    return pk


def test_it_is_the_same_for_whoever_asks(
    ann: int, alice: User, bob: User, ada: User, project: Project
) -> None:
    reader = make_user("rita")
    join(reader, project, "Reporter")
    blind = actor_for(bob)
    rights = {pk: each - {"view_activities"} for pk, each in blind.rights.items()}
    asked = Asked(standing_of=[ann])
    found: dict[str, Standing] = {}
    actors = {name: actor_for(user) for name, user in {"alice": alice, "bob": bob}.items()}
    actors |= {"ada": actor_for(ada), "rita": actor_for(reader)}
    actors["blind"] = replace(blind, rights=rights)
    for name, actor in actors.items():
        (found[name],) = surroundings(actor, replace(asked, are_seen=True)).standing_of.values()
        assert surroundings(actor, asked).standing_of == {ann: found[name]}

    seen = {name: (each.notes, each.activities, each.open_own) for name, each in found.items()}
    assert seen == {
        "alice": (3, 2, 1),
        "bob": (2, 2, 1),
        "ada": (4, 2, 0),
        "rita": (1, 2, 0),
        "blind": (2, 1, 1),
    }


def test_a_deal_belongs_once_to_each_of_its_contacts(ann: int, alice: User) -> None:
    actor: Actor = actor_for(alice)
    ben, eve = (make_contact(actor, first_name=name).pk for name in ("Ben", "Eve"))
    both = create_deal(actor, {"name": "Both", "contact": ann, "contacts": [ben]})
    create_deal(actor, {"name": "Twice", "contact": ann, "contacts": [ann, eve]})
    asked = Asked(deals_of=[ann, ben, eve], deals=[int(str(both["id"]))])
    found = surroundings(actor, asked)

    names = {pk: [deal.name for deal in deals] for pk, deals in found.deals_of.items()}
    assert names == {ann: ["Both", "Twice"], ben: ["Both"], eve: ["Twice"]}
    assert [deal.name for deal in found.deals.values()] == ["Both", "Twice"]
