"""Words with signs in them: an index may spell them as it likes, they are found as written."""

from importlib import import_module

import pytest

from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, search, where
from contacts.query.initials import LETTERS as BEGINNINGS
from contacts.query.trigrams import LETTERS, spelt, spelt_column
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


def test_what_is_only_spelt_alike_is_not_found(actor: Actor) -> None:
    written = "tom@x-ray_lab.org"
    tom = make_contact(actor, first_name="Tom", emails=[written], company="a+b.c-d")
    make_contact(actor, first_name="Tim", company=spelt(written))
    make_contact(actor, first_name="Jim", company=spelt("a+b.c-d"))
    for word in ("m@x", "x-r", "y_l", "b.or", "m@x-ray_lab.o", "a+b", ".c-d"):
        found = search(actor, Query(search=word))
        assert found.ids == [tom.pk], word
        assert found.total == 1
    inside = where(actor, "company", "contains", "b.c-d")
    assert search(actor, Query(condition=inside)).ids == [tom.pk]


def test_each_sign_has_a_letter_of_its_own() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert spelt("".join(LETTERS)) == "".join(LETTERS.values())
    assert not set(LETTERS) & set(LETTERS.values())


def test_what_is_asked_is_written_as_the_index_is_made() -> None:
    made = import_module("contacts.migrations.0027_search_texts_by_name")
    for column in ("narrow", "wide"):
        assert made.SPELT.format(column=column) == f"{spelt_column(column)} gin_trgm_ops"
    assert made.LETTERS == BEGINNINGS


def test_a_slip_beside_signs_is_forgiven_as_elsewhere(actor: Actor) -> None:
    tom = make_contact(actor, first_name="Tom", last_name="Goldsmith-Fraser")
    page = search(actor, Query(search="goldsmith-frasser", lenient=True))
    assert page.ids == [tom.pk]
    assert page.is_near
