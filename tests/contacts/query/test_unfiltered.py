"""Totals of lists without a filter are exact, unless somebody has very many contacts of its own."""

from dataclasses import replace

import pytest

from contacts.access import system_actor
from contacts.models import Project, User
from contacts.query import Query, search, sorted_by, totals, unfiltered
from contacts.services.contacts import archive_contact
from tests.builders import actor_for, join, make_contact, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("most", "told"), [(10_000, [1, 2, 3]), (0, [1, 1, 3])])
def test_only_many_contacts_of_ones_own_are_not_counted_after_each_change(
    project: Project, monkeypatch: pytest.MonkeyPatch, most: int, told: list[int]
) -> None:
    for module in (totals, unfiltered):
        monkeypatch.setattr(module, "EXACT_UP_TO", most)
    monkeypatch.setattr(unfiltered, "_long", set())
    owner: User = make_user("owner")
    join(owner, project, "Reporter")
    member: User = make_user("member")
    join(member, project, "Reporter")

    def total(user: User) -> int:
        return search(actor_for(user), Query(limit=1)).total

    private = {"visibility": 2, "owner": owner.pk}
    make_contact(system_actor(), **private)
    found = [total(owner)]
    make_contact(system_actor(), **private)
    found.append(total(owner))
    for _public in range(3):
        make_contact(system_actor(), visibility=1)
        assert total(member) > 0
    assert [*found, total(member)] == told


def test_of_the_trash_a_list_of_both_shows_only_its_stage(alice: User) -> None:
    """There contacts of all stages lie together."""
    actor = actor_for(alice)
    shown = {make_contact(actor, last_name="Living").pk}
    for name, stage in (("Gone", "contact"), ("Gone lead", "lead")):
        contact = make_contact(actor, last_name=name, stage=stage)
        archive_contact(actor, contact.pk)
        shown |= {contact.pk} if stage == "contact" else set()
    make_contact(actor, last_name="Lead", stage="lead")

    for query in (Query(archived=None), Query(archived=None, search="g")):
        for sort in ((), (sorted_by(actor, "id"),), (sorted_by(actor, "job_title"),)):
            page = search(actor, replace(query, sort=sort))
            assert set(page.ids) == shown, (query, sort)
            assert page.total == len(shown)
    assert search(actor, Query(archived=True)).total == 2
