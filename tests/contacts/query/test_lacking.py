"""Whoever lacks the name that nearly all of a kind have is led to, and comes first in its order."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.fields.contact_declaring import CODES, LACKING
from contacts.models import User
from contacts.query import Query, contact_pages, parted, search, sorted_by, where
from contacts.query.broad import forget_breadths
from contacts.query.kept_lists import forget_lists
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

LIMIT, EACH = 3, 5


@pytest.fixture
def actor(alice: User) -> Actor:
    """Return somebody who sees contacts of each kind with and without a name of that kind."""
    for number in range(EACH):
        email = [{"address": f"{number}@x.example"}]
        for kind, name in (
            ("organization", "organization_name"),
            ("person", "last_name"),
            ("household", "last_name"),
        ):
            make_contact(kind=kind, emails=email, visibility="public", **{name: f"N{-number}"})
            make_contact(kind=kind, emails=email, visibility="public")
    return actor_for(alice)


@pytest.mark.parametrize("field", LACKING)
def test_pages_are_those_of_everybody_put_in_order(
    actor: Actor, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    code, kinds = LACKING[field]
    monkeypatch.setattr(parted, "LOOKED_AT", 1)
    for is_down, some in product((False, True), [kinds, {min(kinds)}]):
        order = (sorted_by(actor, field, descending=is_down),)
        condition = where(actor, "kind", "in", sorted(some))
        whole = search(actor, Query(condition=condition, sort=order, limit=100)).ids
        assert len(whole) == 2 * EACH * len(some)
        found: list[int] = []
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as seen:
            patch.setattr(contact_pages, "EXACT_UP_TO", 1)
            for offset in range(0, len(whole) + 1, LIMIT):
                forget_lists()
                forget_breadths()
                window = {"offset": offset, "limit": LIMIT}
                found += search(actor, Query(condition=condition, sort=order, **window)).ids
        assert found == whole, (field, is_down, some)
        # Going down they come last, behind more than is looked at.
        led = any(f'"code" = {CODES[code]}' in each["sql"] for each in seen)
        assert led or is_down
