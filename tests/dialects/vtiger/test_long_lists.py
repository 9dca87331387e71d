"""Queries with more values than a condition may have comparisons."""

import pytest

from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db


def test_lists_of_programs_may_be_long(as_alice: Caller) -> None:
    """Each value counted as a comparison, of which a condition may have five hundred."""
    made = as_alice.create("Contacts", lastname="Élan", email="a@b.example", birthday="1985-01-02")
    others = range(600)
    lists = {
        "id": [f"12x{10_000 + each}" for each in others] + [made["id"]],
        "lastname": [f"n{each}" for each in others] + ["ELAN"],
        "email": [f"m{each}@b.example" for each in others] + ["A@b.example"],
        "birthday": [f"19{each % 90:02}-01-{each % 25 + 3:02}" for each in others] + ["1985-01-02"],
    }
    for name, values in lists.items():
        written = ", ".join(f"'{value}'" for value in values)
        rows = as_alice.query(f"SELECT id FROM Contacts WHERE {name} IN ({written});")
        assert rows == [{"id": made["id"]}], name
