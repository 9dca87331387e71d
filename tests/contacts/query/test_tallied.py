"""Lists by how many companies, people or deals there are, beside everybody put in order."""

import random
from datetime import date

import pytest

from contacts.access import Actor, system_actor
from contacts.models import EMPLOYEE_OF, Relationship, RelationshipType, User
from contacts.query import Query, search, sorted_by, where
from contacts.query import parted as _parted
from contacts.query import placed as _placed
from contacts.query import tallied as _tallied
from contacts.query.parted import page_in_parts
from contacts.query.tree import Condition
from contacts.services.deals import create_deal
from tests.builders import actor_for, join, make_contact, make_project

pytestmark = pytest.mark.django_db

PEOPLE = 14
NUMBERS = (
    *("company_count", "people_count", "deal_count", "open_deal_count"),
    *("company_deal_count", "people_deal_count"),
)


@pytest.fixture
def people(bob: User) -> list[int]:
    """Make people with up to four companies, of which some are hidden, and as many deals.

    Others take part in some of the deals, and may have them by themselves.
    """
    rng, system = random.Random(5), system_actor("test")
    hidden, shown = make_project("Hidden").pk, make_project("Seen")
    join(bob, shown)
    apart = {"projects": [hidden], "visibility": 0}
    companies = [
        make_contact(
            kind="organization", organization_name=name, **(apart if name in "BD" else {})
        ).pk
        for name in "ABCDEF"
    ]
    found = []
    for place in range(PEOPLE):
        # The first company is that of most.
        own = [pk for n, pk in enumerate(companies) if rng.random() < 1 / (n + 1.5)]
        more = apart if place % 5 == 4 else {}
        found.append(make_contact(first_name="P", companies=own, **more).pk)
        for _ in range(rng.randrange(4)):
            project = rng.choice([hidden, shown.pk])
            others = rng.sample(found, k=min(len(found), rng.randrange(3)))
            values = {"name": "Deal", "contact": found[-1], "contacts": others}
            create_deal(system, {**values, "project": project})
    return found


def _pages(actor: Actor, key: str, limit: int, condition: Condition | None) -> list[list[int]]:
    found: list[list[int]] = []
    for is_down in (False, True):
        order = (sorted_by(actor, key, descending=is_down),)
        query = {"sort": order, "limit": limit, "condition": condition}
        pages = (search(actor, Query(offset=n, **query)).ids for n in range(0, 24, limit))
        found.append([pk for page in pages for pk in page])
    return found


@pytest.mark.parametrize("by", ["member", "administrator"])
@pytest.mark.parametrize("key", NUMBERS)
@pytest.mark.usefixtures("people")
def test_pages_by_a_number_are_those_of_everybody_put_in_order(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch, by: str, key: str
) -> None:
    actor = actor_for(bob if by == "member" else alice)
    for condition in (None, where(actor, "kind", "eq", "person")):
        with monkeypatch.context() as patch:
            patch.setattr(_parted, "MOST_PASSED", 0)
            expected = _pages(actor, key, 24, condition)
        for most, step in ((4, 2), (40, 1), (40, 40)):
            with monkeypatch.context() as patch:
                patch.setattr(_tallied, "MOST_LOOKED_AT", most)
                patch.setattr(_tallied, "STEP", step)
                for way in (_parted, _placed):
                    patch.setattr(way, "MOST_SORTED", 0)
                assert _pages(actor, key, 5, condition) == expected


@pytest.mark.usefixtures("people")
def test_the_first_page_downwards_looks_at_those_that_most_rows_name(
    bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = actor_for(bob)
    for way in (_parted, _placed):
        monkeypatch.setattr(way, "MOST_SORTED", 0)
    monkeypatch.setattr(_tallied, "MOST_LOOKED_AT", 4)
    monkeypatch.setattr(_tallied, "STEP", 2)
    pages = []
    monkeypatch.setattr(
        "contacts.query.contact_pages.page_in_parts",
        lambda asked: pages.append(page_in_parts(asked)) or pages[-1],
    )
    order = (sorted_by(actor, "people_count", descending=True),)

    ids = search(actor, Query(sort=order, limit=1)).ids

    assert [row[0] for row in pages[0] or ()] == ids


def test_a_deal_counts_for_everybody_who_takes_part_and_once(alice: User) -> None:
    shown = make_project("Sales")
    join(alice, shown)
    actor, project = actor_for(alice), shown.pk
    ann, bea, cia = (make_contact(actor, first_name=each).pk for each in "ABC")
    for contacts in ([bea], [bea, ann], [cia]):
        create_deal(actor, {"name": "D", "project": project, "contact": ann, "contacts": contacts})
    create_deal(actor, {"name": "D", "project": project, "contacts": [cia]})
    for key in ("deal_count", "open_deal_count"):
        order = (sorted_by(actor, key, descending=True), sorted_by(actor, "first_name"))
        assert search(actor, Query(sort=order)).ids[:3] == [ann, bea, cia]
    order = (sorted_by(actor, "won_deal_count", descending=True), sorted_by(actor, "first_name"))
    assert search(actor, Query(sort=order)).ids[:3] == [ann, bea, cia]


def test_who_is_tied_twice_to_a_company_has_one(alice: User) -> None:
    actor = actor_for(alice)
    one, other = (make_contact(kind="organization", organization_name=each).pk for each in "AB")
    twice = make_contact(actor, first_name="A", companies=[one]).pk
    both = make_contact(actor, first_name="B", companies=[one, other]).pk
    employee = RelationshipType.objects.get(name_a_b=EMPLOYEE_OF)
    for year in (2001, 2003):
        days = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        Relationship.objects.create(type=employee, contact_a_id=twice, contact_b_id=one, **days)

    order = (sorted_by(actor, "company_count", descending=True),)
    assert search(actor, Query(sort=order)).ids[:2] == [both, twice]
