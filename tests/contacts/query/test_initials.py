"""Words that many have, found on PostgreSQL by the initials of names: the same as one by one."""

import random
from collections.abc import Sequence

import pytest
from django.db import connection
from django.utils import timezone

from contacts.access import Actor, system_actor
from contacts.access.visibility import visible_contacts
from contacts.index.naming import derive_names
from contacts.index.parts import ContactParts
from contacts.models import Contact, ContactText, User
from contacts.query import Query, sorted_by
from contacts.query.asked import Asked
from contacts.query.initials import Limits, ids_by_initials
from contacts.services.loading import load_contacts
from tests.builders import actor_for, join, make_project

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite merges"),
]

# Some begin like others, some are whole where others go on, and some have the last of all letters.
NAMES = ("", "a", "ab", "abc", "abcd", "abcdefgh", "abcdefghij", "abcdefghijk", "b", "ba", "zz")
NAMES += ("z\U0010ffff", "\U0010ffff", "abcd\U0010ffff\U0010ffff", "é", "東", "東京")
WORDS = ("smithson", "7@mithso", "mith 7@", "ithso", "nobody")
VISIBILITIES = (
    Contact.Visibility.PUBLIC,
    Contact.Visibility.PROJECT,
    Contact.Visibility.PRIVATE,
)


def loaded(count: int, chance: random.Random, projects: Sequence[int], owner: User) -> list[int]:
    now, batch = timezone.now(), []
    for _each in range(count):
        contact = Contact(
            first_name=chance.choice(NAMES),
            last_name=chance.choice(NAMES),
            company=chance.choice(("Smithson", "7@mithson", "Sons & 7")),
            visibility=chance.choice(VISIBILITIES),
            owner=chance.choice((owner, None)),
            stage=chance.choice(("contact", "contact", "lead")),
            archived_at=chance.choice((None, None, None, now)),
            kind=chance.choice(("person", "person", "organization")),
            organization_name=chance.choice(NAMES),
            created_at=now,
            updated_at=now,
        )
        derive_names(contact)
        batch.append(ContactParts(contact, project_ids=[chance.choice(projects)]))
    return list(load_contacts(system_actor("test"), batch))


@pytest.fixture
def people(alice: User, bob: User, ada: User) -> list[Actor]:
    """Return who asks about contacts that are seen in every way and not at all."""
    both, hidden = make_project("Both"), make_project("Hidden")
    join(bob, both, role="Developer")
    join(alice, both)
    loaded(160, random.Random(5), [both.pk, hidden.pk], bob)
    return [actor_for(alice), actor_for(bob), actor_for(ada)]


def plainly(asked: Asked) -> list[int]:
    """Look at everything that is seen, in its order."""
    query, (archived, users, stage) = asked.query, asked.shelf
    seen = visible_contacts(asked.actor, archived=archived, users=users, stage=stage)
    texts = dict(ContactText.objects.values_list("pk", "narrow"))
    ids = [
        pk
        for pk in seen.order_by(*asked.ordering).values_list("pk", flat=True)
        if all(word in texts[pk] for word in query.search.split())
    ]
    return ids[query.offset : query.offset + query.limit]


@pytest.mark.parametrize("names", [0, 6])
def test_however_it_is_found_a_page_holds_the_first_by_name(
    people: list[Actor], names: int
) -> None:
    chance = random.Random(7)
    nobody = 0
    for number in range(60):
        actor = chance.choice(people)
        limits = Limits(
            names=names,
            most_names=20,
            holders=chance.choice((3, 8, 500)),
            beginnings=chance.choice((1, 2, 5, 40)),
            statements=1_000,
            seen=chance.choice((0, 0, 0, 10_000)),
        )
        query = Query(
            search=chance.choice(WORDS),
            offset=chance.choice((0, 0, 1, 40)) if limits.holders > 3 else 0,
            limit=chance.choice((1, 2, 3)) if limits.holders == 3 else 7,
            sort=(sorted_by(actor, "sort_name", descending=bool(number % 2)),),
            archived=chance.choice((False, True, None)),
            stage=chance.choice(("contact", None, "lead")),
        )
        asked = Asked(actor, query, "default")
        if query.offset + query.limit > limits.holders:
            assert ids_by_initials(asked, limits) is None
            continue
        found = plainly(asked)
        nobody += not found
        assert ids_by_initials(asked, limits) == found, (limits, query)
    assert 5 < nobody < 40
