"""What was written of documents is kept within bounds."""

import pytest

from api.base.kept_writing import KEEP_AT_MOST, KeptWriting
from contacts.access import Actor
from contacts.index import Document
from contacts.models import User
from contacts.query import StoredDocuments
from tests.builders import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(alice: User) -> Actor:
    """Return somebody who asks."""
    return actor_for(alice)


def page(actor: Actor, first: int, count: int) -> StoredDocuments:
    return StoredDocuments(actor, [f'{{"id":{pk}}}' for pk in range(first, first + count)])


def number_in(document: Document) -> str:
    return str(document["id"])


def test_longest_page_that_is_kept_is_written_once(actor: Actor) -> None:
    kept, written = KeptWriting[str](), list[str]()

    def write(document: Document) -> str:
        written.append(number_in(document))
        return written[-1]

    answers = [
        kept.written(actor, "as it is", page(actor, 0, KEEP_AT_MOST), write) for _ in range(2)
    ]

    assert answers[0] == answers[1] == written
    assert len(written) == KEEP_AT_MOST


def test_no_more_is_kept_than_two_such_pages(actor: Actor) -> None:
    kept = KeptWriting[str]()
    lengths = (KEEP_AT_MOST - 1, KEEP_AT_MOST, KEEP_AT_MOST + 1, 1, 3 * KEEP_AT_MOST, 100)

    for turn in range(12):
        count = lengths[turn % len(lengths)]
        manner = ("short", "long")[turn % 2]
        found = kept.written(actor, manner, page(actor, turn * 10_000, count), number_in)

        assert len(found) == count
        assert sum(map(len, kept.by_manner.values())) <= 2 * KEEP_AT_MOST
