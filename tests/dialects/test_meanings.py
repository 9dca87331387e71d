"""Every dialect's spelling of a condition means the same tree.

A dialect takes part with a module ``tests.dialects.<name>.reading`` whose ``condition_of`` reads a
spelling as the dialect's views do.
"""

from importlib import import_module
from importlib.util import find_spec

import pytest

from api.base import discovery
from contacts.fields import reference
from contacts.models import User
from contacts.query import to_json
from tests.builders import actor_for, make_contact
from tests.dialects.meanings import MEANINGS, Meaning, filled, single

READERS = {
    dialect.name: import_module(f"tests.dialects.{dialect.name}.reading")
    for dialect in discovery.dialects()
    if find_spec(f"tests.dialects.{dialect.name}.reading")
}
CASES = [
    pytest.param(name, meaning, id=f"{name}-{meaning.sentence}")
    for meaning in MEANINGS
    for name in READERS
    if name in meaning.spellings
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "meaning"), CASES)
def test_a_spelling_means_its_tree(name: str, meaning: Meaning, alice: User) -> None:
    actor = actor_for(alice)
    make_contact(actor, tags=["VIP"])
    tag = reference.tags().id_of("vip")
    facts = {"tag": tag or 0, "owner": alice.pk}

    condition = READERS[name].condition_of(actor, filled(meaning.spellings[name], facts))

    assert single(to_json(condition)) == filled(meaning.tree, facts)


def test_every_column_is_a_dialect_that_is_read() -> None:
    columns = {name for meaning in MEANINGS for name in meaning.spellings}
    assert columns <= READERS.keys()
