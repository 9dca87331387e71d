"""Short words inside of long texts and streets: looked for in the search text before all else."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields import Field, catalogue, compare
from contacts.fields.picking import Pick, first_of
from contacts.fields.storage import FoldedColumn
from contacts.fields.text import fold
from contacts.index import BESIDE_FIELDS
from contacts.models import User
from contacts.query import Compare, Condition, Not, Or, Query, search, where
from contacts.query.hints import looked_for
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

TEXTS = ("Qx–Ärger", "a q x", "ÖQ", "Ёж, Straße 7", "٣ ja", "", "—", "7", "Ä" * 58 + " Qx")
VALUES = ("qx", "q", "Ä", "ё", "ss", "7", "-", "a Q", "zz", "q%", "_", "\\")
FITS: dict[str, Callable[[str, str], bool]] = {
    "gt": str.__gt__,
    "ge": str.__ge__,
    "contains": lambda text, value: value in text,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
    "eq": str.__eq__,
    "in": str.__eq__,
}


@pytest.fixture
def actor(alice: User) -> Actor:
    return actor_for(alice)


def comparing(field: Field, operator: str, value: str) -> Compare:
    wanted = [value] if operator == "in" else value
    return Compare(field, compare(field, operator, wanted))


def found(actor: Actor, condition: Condition) -> list[int]:
    page = search(actor, Query(condition=condition))
    assert page.total == len(page.ids)
    return sorted(page.ids)


@pytest.mark.parametrize("name", ["background", "street"])
@pytest.mark.parametrize("operator", FITS)
def test_short_words_are_found_as_in_texts_that_are_folded(
    actor: Actor, operator: str, name: str
) -> None:
    field = catalogue("contact").by_key["background"]
    if name == "street":
        field = first_of(catalogue("contact").by_key["addresses"], Pick(), part="street")
    texts: dict[int, str] = {}
    for text in TEXTS:
        # What stands elsewhere in the search text, or beside it, is not found.
        values = {"background": text, "source": "zz", "first_name": "Qx", "last_name": "zz"}
        if name == "street":
            address = {"street1": text, "city": "zz"}
            values |= {"background": "zz", "addresses": [address] if text else []}
        texts[make_contact(**values).pk] = fold(text)
    for value in VALUES:
        condition = comparing(field, operator, value)
        fitting = [pk for pk, text in texts.items() if FITS[operator](text, fold(value))]
        assert found(actor, condition) == fitting, value
        others = sorted(texts.keys() - fitting)
        assert found(actor, Not(condition)) == others, value
        nobody = where(actor, "first_name", "eq", "nobody")
        assert found(actor, Or((nobody, condition))) == fitting, value


def sql_of(actor: Actor, condition: Condition) -> str:
    with CaptureQueriesContext(connection) as seen:
        assert search(actor, Query(condition=condition)).total == 1
    return " ".join(each["sql"] for each in seen.captured_queries)


def test_texts_are_looked_for_in_the_search_before_they_are_folded(actor: Actor) -> None:
    """PostgreSQL folded all streets for a word of two letters: 27 s at a million contacts."""
    make_contact(addresses=[{"street1": "Qx", "city": "zz"}])
    street = first_of(catalogue("contact").by_key["addresses"], Pick(), part="street")
    looked = "instr(wide, 'qx')" if connection.vendor == "sqlite" else "wide LIKE '%qx%'"
    assert looked in sql_of(actor, comparing(street, "contains", "qx"))


def test_long_texts_are_looked_for_in_their_keys_before_they_are_folded(actor: Actor) -> None:
    """PostgreSQL folded all backgrounds for a word of two letters: 9 s at a million contacts."""
    make_contact(background="Qx")
    sql = sql_of(actor, where(actor, "background", "contains", "qx"))
    pattern = "GLOB '*qx*'" if connection.vendor == "sqlite" else "LIKE '%qx%'"
    assert f'"text" {pattern}' in sql


def test_what_has_a_key_or_no_word_is_not_looked_for(actor: Actor) -> None:
    addresses = catalogue("contact").by_key["addresses"]
    for part in ("city", "country"):
        field = first_of(addresses, Pick(), part=part)
        assert looked_for(comparing(field, "contains", "qx")) is None
    street = first_of(addresses, Pick(), part="street")
    for operator, value in (("contains", "-"), ("gt", "qx"), ("lt", "qx")):
        assert looked_for(comparing(street, operator, value)) is None
    exactly = Compare(street, compare(street, "contains", "Qx", case_sensitive=True))
    assert looked_for(exactly) is None
    assert looked_for(where(actor, "background", "contains", "qx")) is None


def test_what_is_said_to_stand_beside_the_search_stands_there() -> None:
    for field in catalogue("contact").by_key.values():
        if isinstance(field.storage, FoldedColumn) and field.storage.is_beside:
            assert field.key in BESIDE_FIELDS
