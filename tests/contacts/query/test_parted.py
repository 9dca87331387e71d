"""Pages in orders that no index of contacts has, beside everybody put in order."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS

from contacts.access import Actor, system_actor
from contacts.fields import Field, catalogue, reference
from contacts.fields.ordering_by import first_set, having, in_order_of
from contacts.fields.picking import Pick, first_of
from contacts.models import Contact, User
from contacts.query import Query, SortKey, search, sorted_by, where
from contacts.query import parted as _parted
from contacts.query import placed as _placed
from contacts.query import tied as _tied
from contacts.query.asked import Asked
from contacts.query.contact_pages import _walked
from contacts.query.ordering import columns_of
from contacts.query.parted import page_in_parts
from contacts.query.tied import page_by_several
from contacts.services.deals import create_deal
from contacts.services.membership_levels import create_membership_level
from tests.builders import actor_for, join, make_contact, make_custom_field, make_project, make_user

pytestmark = pytest.mark.django_db

CONTACTS, LIMIT = 24, 12
# So many fields of each storage and type.
OF_EACH = 2
WORDS = ("Smith", "baker", "Ärztin", "a", "A-1", "z")
LOCATIONS = ("work", "home", "other")


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


@pytest.fixture
def somebody(bob: User) -> None:
    """Make contacts with all sorts of values, without, with the same ones, and hidden ones."""
    rng = random.Random(7)
    system, hidden = system_actor("test"), make_project("Hidden").pk
    seen = make_project("Seen")
    join(bob, seen)
    users = [bob.pk, *(make_user(name, first_name=name).pk for name in ("zoe", "amy"))]
    users.append(make_user("nameless").pk)
    number = make_custom_field("Number", type="integer").pk
    word = make_custom_field("Word").pk
    choice = make_custom_field("Choice", options=("Zinc", "Iron"))
    options = list(choice.options.values_list("pk", flat=True))
    level = create_membership_level(system, {"name": "Gold"})["id"]
    named: tuple[tuple[str, dict[str, Any]], ...] = (
        ("Zeta", {}),
        ("Alpha", {}),
        ("Beta", {"projects": [hidden], "visibility": 0}),
    )
    companies = [
        make_contact(kind="organization", organization_name=name, **more).pk for name, more in named
    ]

    def some(*values: Any) -> Any:
        return rng.choice([None, *values])

    for place in range(CONTACTS):
        day = date(1990, 1, 1) + timedelta(days=rng.randrange(4))
        values: dict[str, Any] = {
            "first_name": rng.choice(WORDS),
            "last_name": some(*WORDS),
            "job_title": some(*WORDS),
            "background": some(*WORDS, "z" * 70, "Z" * 69 + "a"),
            "assistant": some("Smith", "z"),
            "birthday": some(day),
            "deceased_on": some(day),
            "do_not_email": rng.random() < 0.3,
            "is_deceased": rng.random() < 0.3,
            "gender": some(*(each.pk for each in reference.options().of("gender"))),
            "lead_source": some(*(each.pk for each in reference.options().of("lead_source"))),
            "owner": some(*users),
            "tags": rng.sample(["vip", "Ärger", "one"], rng.randrange(3)),
            "employer": some(*companies),
            "balance": rng.choice([0, 0, -3, 7]),
            f"custom_{number}": some(7, -1, 12),
            f"custom_{word}": some(*WORDS),
            f"custom_{choice.pk}": some(*options),
            "emails": [f"{rng.choice('abc')}@x.org" for _ in range(rng.randrange(3))],
            "phones": [
                {"number": f"+4930{rng.randrange(9)}000", "type": rng.choice(["mobile", "fax"])}
                for _ in range(rng.randrange(3))
            ],
            "addresses": [
                {
                    "city": rng.choice(WORDS),
                    "street1": rng.choice(WORDS),
                    "postcode": rng.choice(WORDS),
                    "country": some("FR", "DE"),
                    "po_box": some(*WORDS),
                    "location": rng.choice(LOCATIONS),
                }
                for _ in range(rng.randrange(3))
            ],
            "membership_level": some(level),
        }
        if place % 4 == 0:
            values |= {"projects": [hidden], "visibility": 0}
        contact = make_contact(**values)
        if place == CONTACTS - 1:
            # Of another list than what is chosen there, and by somebody who has left.
            left = make_user("left", is_active=False)
            elsewhere = reference.options().of("phone_type")[0]
            Contact.objects.filter(pk=contact.pk).update(gender=elsewhere.pk, editor=left.pk)
        for _ in range(rng.randrange(3)):
            create_deal(system, {"name": "Deal", "contact": contact.pk, "project": seen.pk})


def orders(actor: Actor) -> list[SortKey]:
    """Return fields of each storage that are sortable, and what protocols make of some."""
    fields = catalogue("contact").by_key
    by_storage: dict[object, list[Field]] = {}
    for each in fields.values():
        if each.is_sortable:
            by_storage.setdefault((type(each.storage), each.type.name), []).append(each)
    found = [each for same in by_storage.values() for each in same[:OF_EACH]]
    choice = next(each for each in fields.values() if each.is_custom and each.choices)
    values = [each.value for each in choice.choices]
    others = frozenset({"other"})
    picks = (Pick(), Pick(place=1), Pick(locations=others), Pick(but_locations=others))
    for part, pick in product(("city", "street", "country", "po_box"), picks):
        found.append(first_of(fields["addresses"], pick, part=part))
    found += [first_of(fields["emails"], pick, part="address") for pick in picks[:2]]
    for types in ({"mobile"}, {"fax"}, {"assistant"}):
        pick = Pick(types=frozenset(types))
        found.append(first_of(fields["phones"], pick, part="number"))
    found.append(first_of(fields["phones"], Pick(but_types=frozenset({"fax"})), part="number"))
    found.append(in_order_of(choice, values))
    found.append(in_order_of(fields["gender"], [each.value for each in fields["gender"].choices]))
    found.append(first_set([fields["owner"], fields["owner_group"], fields["author"]]))
    found.append(having(fields["followers"], actor.user_id or 0))
    return [SortKey(field, down) for field, down in product(found, (False, True))]


def pages_of(actor: Actor, key: SortKey, limit: int = LIMIT) -> list[int]:
    found: list[int] = []
    for offset in range(0, CONTACTS, limit):
        found += search(actor, Query(sort=(key,), offset=offset, limit=limit)).ids
    return found


@pytest.mark.parametrize(
    ("looked_at", "most", "by"),
    [(1, 1, "member"), (5, 3, "administrator"), (20_000, 10_000, "member")],
)
@pytest.mark.usefixtures("somebody")
def test_pages_are_those_of_everybody_put_in_order(
    member: Actor, alice: User, monkeypatch: pytest.MonkeyPatch, looked_at: int, most: int, by: str
) -> None:
    actor = member if by == "member" else actor_for(alice)
    asked = orders(actor)
    with monkeypatch.context() as patch:
        patch.setattr(_parted, "MOST_PASSED", 0)
        expected = [pages_of(actor, key, CONTACTS) for key in asked]
    monkeypatch.setattr(_parted, "LOOKED_AT", looked_at)
    for way in (_parted, _placed):
        monkeypatch.setattr(way, "MOST_SORTED", most)
    found = [pages_of(actor, key) for key in asked]

    wrong = [
        (key.field.key, key.field.storage, key.descending)
        for key, pages, whole in zip(asked, found, expected, strict=True)
        if pages != whole
    ]
    assert wrong == []
    assert len(set(expected[0])) > CONTACTS // 2


@pytest.mark.usefixtures("somebody")
def test_hardly_any_order_puts_everybody_in_order(
    member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.contacts.query.test_parted.OF_EACH", 100)
    left = set()
    for key in orders(member):
        asked = Asked(member, Query(sort=(key,), limit=LIMIT), DEFAULT_DB_ALIAS)
        if page_in_parts(asked) is None and columns_of(asked.ordering) is None:
            left.add(key.field.key)
    assert left == set()


SEVERAL = ("last_name", "first_name", "company", "job_title", "birthday", "owner", "deceased_on")


def unlike_everybody_in_order(
    member: Actor, asked: list[Query], monkeypatch: pytest.MonkeyPatch, most: int, *, limit: int
) -> list[list[tuple[object, ...]]]:
    """Return the orders whose pages are not those of everybody put in order.

    `most` are put in order in memory, so that both ways of a group are tried.
    """

    def pages(limit: int) -> list[list[int]]:
        return [
            [
                pk
                for offset in range(0, CONTACTS, limit)
                for pk in search(member, replace(query, offset=offset, limit=limit)).ids
            ]
            for query in asked
        ]

    with monkeypatch.context() as patch:
        for way in (_parted, _tied):
            patch.setattr(way, "MOST_PASSED", 0)
        expected = pages(CONTACTS)
    for way in (_parted, _placed):
        monkeypatch.setattr(way, "MOST_SORTED", most)
    found = pages(limit)
    return [
        [(key.field.key, key.field.storage, key.descending) for key in query.sort]
        for query, ids, whole in zip(asked, found, expected, strict=True)
        if ids != whole
    ]


@pytest.mark.parametrize("most", [1, 10_000])
@pytest.mark.usefixtures("somebody")
def test_pages_by_several_fields_are_those_of_everybody_put_in_order(
    member: Actor, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    fields = catalogue("contact").by_key
    people = where(member, "kind", "eq", "person")
    rng = random.Random(most)
    asked: list[Query] = []
    for first, second in permutations(SEVERAL, 2):
        keys = [SortKey(fields[key], rng.random() < 0.5) for key in (first, second, "last_name")]
        sort = tuple(keys[: 3 if rng.random() < 0.3 else 2])
        asked.append(Query(sort=sort, condition=people if rng.random() < 0.5 else None))

    assert unlike_everybody_in_order(member, asked, monkeypatch, most, limit=5) == []


@pytest.mark.usefixtures("somebody")
def test_an_order_of_several_fields_is_found_from_the_first(member: Actor) -> None:
    for first, second in permutations(SEVERAL, 2):
        order = (sorted_by(member, first), sorted_by(member, second))
        asked = Asked(member, Query(sort=order, limit=LIMIT), DEFAULT_DB_ALIAS)
        assert page_by_several(asked, _walked) is not None


def _behind_others(member: Actor) -> list[tuple[SortKey, ...]]:
    """Return orders of several fields, of which the first is kept in whatever there is."""
    rng = random.Random(3)
    fields = catalogue("contact").by_key
    behind = [fields[key] for key in ("last_name", "display_name", "birthday", "city")]
    # Of each field either up or down.
    firsts = [rng.choice(each) for each in zip(*[iter(orders(member))] * 2, strict=True)]
    return [
        (first, SortKey(rng.choice(behind), rng.random() < 0.5), SortKey(behind[0]))
        for first in firsts
    ]


@pytest.mark.parametrize("most", [1, 10_000])
@pytest.mark.usefixtures("somebody")
def test_pages_behind_fields_kept_in_other_rows_are_those_of_everybody_put_in_order(
    member: Actor, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    people = where(member, "kind", "eq", "person")
    asked = [
        Query(sort=sort, condition=people if place % 3 == 0 else None)
        for place, sort in enumerate(_behind_others(member))
    ]

    assert unlike_everybody_in_order(member, asked, monkeypatch, most, limit=LIMIT) == []


@pytest.mark.usefixtures("somebody")
def test_hardly_any_order_of_several_fields_puts_everybody_in_order(member: Actor) -> None:
    left = set()
    for order in _behind_others(member):
        asked = Asked(member, Query(sort=order, limit=LIMIT), DEFAULT_DB_ALIAS)
        if page_by_several(asked, _walked) is None:
            left.add(order[0].field.key)
    # Names of parents, when somebody is spoken to, and numbers above zero.
    others = {"parent_name", "next_activity_at", "last_called_at"}
    assert {key for key in left if not key.endswith("_count")} <= others
