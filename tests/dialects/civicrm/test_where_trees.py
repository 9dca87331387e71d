"""Random conditions of version 4 find what plain Python finds; garbage is refused."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from hypothesis import strategies as st

from api.civicrm.v4.calling import civi_api4
from api.civicrm.views.api4 import ERRORS4
from contacts.models import User
from tests.builders import actor_for, make_custom_field
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import API4, values
from tests.dialects.civicrm.where_trees import JOINED, OPERANDS, Row, Tree, trees
from tests.trust.grammar import Inputs, counted, garbage_of, status_of, tried

pytestmark = pytest.mark.django_db

inputs = counted(Inputs("CiviCRM: where and join of version 4"))

OWN = tuple(OPERANDS)
# What is joined, by alias.
ENTITIES = {"e": "Email", "p": "Address"}
SIDES = st.sampled_from(("LEFT", "INNER", "EXCLUDE"))
# Naming one of these opens the trash, which is a rule of its own.
SHELVES = {"id", "is_deleted"}

PEOPLE: tuple[dict[str, Any], ...] = (
    {"first_name": "Amy", "last_name": "O'Brien", "gender_id": 1, "do_not_email": True},
    {"first_name": "amy", "job_title": "100%", "birth_date": "1980-02-29", "Custom.visits": 7},
    {"first_name": "Zoë", "last_name": "Roberts", "gender_id": 2, "Custom.extras": ["Press"]},
    {"first_name": "a_b", "last_name": "a\\b", "Custom.motto": "AMY 100%", "Custom.visits": 0},
    {"last_name": "x') OR ('y", "Custom.agreed": False, "Custom.colour": "Red"},
    {"first_name": "Solo", "birth_date": "1990-01-01", "Custom.seen": "2000-12-31"},
    {"first_name": "Gone", "last_name": "Roberts", "Custom.extras": ["Press", "Board"]},
)
# What hangs on some of them, by their place above; the first of each kind is the primary one.
HANGING = (
    ("Email", 0, {"email": "amy@x.org"}),
    ("Email", 0, {"email": "second@x.org"}),
    ("Email", 2, {"email": "zoe@y.org"}),
    ("Email", 6, {"email": "AMY@x.org"}),
    ("Address", 0, {"city": "Berlin", "postal_code": "10115"}),
    ("Address", 0, {"city": "Köln", "postal_code": "50667"}),
    ("Address", 3, {"city": "Köln"}),
    ("Phone", 4, {"phone": "112"}),
)


@pytest.fixture
def people(as_ada: Caller) -> list[Row]:
    """Return some contacts with everything that conditions ask for, as the wire shows it."""
    for name, kind in {"Motto": "text", "Visits": "integer", "Agreed": "boolean"}.items():
        make_custom_field(name, type=kind)
    make_custom_field("Seen", type="date")
    make_custom_field("Colour", options=("Red", "Blue"))
    make_custom_field("Extras", options=("Press", "Red", "Board"), is_multiple=True)
    ids = [values(as_ada, "Individual/create", {"values": each})[0]["id"] for each in PEOPLE]
    for entity, place, given_values in HANGING:
        given_values = {**given_values, "contact_id": ids[place], "location_type_id": 1}
        values(as_ada, f"{entity}/create", {"values": given_values})
    values(as_ada, "Contact/delete", {"where": [["id", "=", ids[-1]]]})
    return values(as_ada, "Contact/get", {"select": list(OWN), "where": [["id", "IN", ids]]})


def seen(people: Iterable[Row], tree: Tree) -> list[Row]:
    """Return the contacts among which a condition is looked for."""
    return [each for each in people if tree.names & SHELVES or not each["is_deleted"]]


# The call `get` of contacts: the records that it finds.
Ask = Callable[[dict[str, Any]], list[Row]]


@pytest.fixture
def ask_whole(as_ada: Caller) -> Ask:
    """Return what sends a call."""
    return partial(values, as_ada, "Contact/get")


@pytest.fixture
def ask_behind(ada: User) -> Ask:
    """Return what makes a call behind the request."""
    actor = actor_for(ada, "civicrm")
    return lambda params: civi_api4("Contact", "get", params, actor).document()["values"]


def test_random_conditions_find_what_plain_python_finds(
    ask_whole: Ask, ask_behind: Ask, people: list[Row], inputs: Inputs
) -> None:
    def check(ask: Ask, tree: Tree) -> None:
        wanted = sorted(each["id"] for each in seen(people, tree) if tree.holds(each))
        found = ask({"select": ["id"], "where": [tree.written]})
        assert sorted(each["id"] for each in found) == wanted, tree.written

    whole, behind = partial(check, ask_whole), partial(check, ask_behind)
    tried(inputs, trees(OWN), whole, behind, short=50, tests=3)


def test_random_joins_find_what_plain_python_finds(
    as_ada: Caller, ask_whole: Ask, ask_behind: Ask, people: list[Row], inputs: Inputs
) -> None:
    living = [each for each in people if not each["is_deleted"]]
    ids = [each["id"] for each in living]
    beside = {alias: hanging(as_ada, alias, ids) for alias in ENTITIES}
    names = (*(name for name in OWN if name not in SHELVES), *JOINED)

    def check(ask: Ask, case: tuple[Tree, tuple[str, str]]) -> None:
        tree, sides = case
        asked = dict(zip(ENTITIES, sides, strict=True))
        rows = joined(living, beside, asked)
        shown = ("id", "e.id", "p.id")
        wanted = sorted(key_of(row, shown) for row in rows if tree.holds(row))
        join = [[f"{ENTITIES[alias]} AS {alias}", side] for alias, side in asked.items()]
        params = {"select": list(shown), "join": join, "where": [tree.written]}
        assert sorted(key_of(row, shown) for row in ask(params)) == wanted, params

    whole, behind = partial(check, ask_whole), partial(check, ask_behind)
    cases = st.tuples(trees(names), st.tuples(SIDES, SIDES))
    tried(inputs, cases, whole, behind, short=50, tests=3)


def test_custom_day_is_found_beside_what_is_joined(ask_behind: Ask, people: list[Row]) -> None:
    """A condition on both was looked at row by row, where the day had a midnight and was missed."""
    (seen_on,) = [each["id"] for each in people if each["Custom.seen"]]
    either = ["OR", [["first_name", "!=", "Amy"], ["e.email", "=", "amy@x.org"]]]
    asked = {"select": ["id"], "join": [["Email AS e", "LEFT"]]}

    for day in ("2000-12-31", "2000-12-31 00:00:00"):
        where = [["AND", [["Custom.seen", "=", day], either]]]
        assert [each["id"] for each in ask_behind({**asked, "where": where})] == [seen_on]


def hanging(caller: Caller, alias: str, ids: list[int]) -> list[Row]:
    """Return what may be joined under an alias, with the names that it has there."""
    names = [name.removeprefix(f"{alias}.") for name in JOINED if name.startswith(f"{alias}.")]
    asked = {"select": ["contact_id", *names], "where": [["contact_id", "IN", ids]]}
    found = values(caller, f"{ENTITIES[alias]}/get", asked)
    return [{f"{alias}.{name}": value for name, value in each.items()} for each in found]


def joined(people: list[Row], beside: dict[str, list[Row]], sides: dict[str, str]) -> list[Row]:
    """Return a row for each contact with each of what is beside it, as the sides say."""
    rows = people
    for alias, side in sides.items():
        nothing = dict.fromkeys(beside[alias][0])
        wider: list[Row] = []
        for row in rows:
            own = [each for each in beside[alias] if each[f"{alias}.contact_id"] == row["id"]]
            if side == "EXCLUDE":
                own = [] if own else [nothing]
            elif side == "LEFT":
                own = own or [nothing]
            wider += [{**row, **each} for each in own]
        rows = wider
    return rows


def key_of(row: Row, names: Iterable[str]) -> tuple[int, ...]:
    """Return a row as its numbers, 0 where there is nothing."""
    return tuple(row[name] or 0 for name in names)


WORDS = ("first_name", "OR", "NOT", "AND", "=", "IN", "LIKE", "IS NULL", "id", "e.email", "")
GARBAGE = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), garbage_of(WORDS)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
        st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS), inner).map(list),
    ),
    max_leaves=12,
)


def test_garbage_is_answered_and_never_crashes(
    as_ada: Caller, ask_behind: Ask, inputs: Inputs
) -> None:
    headers = {"X-Civi-Auth": f"Bearer {as_ada.api_key}"}

    def whole(case: tuple[str, Any]) -> None:
        params = json.dumps({"limit": 1, case[0]: case[1]})
        answer = as_ada.client.post(f"{API4}/Contact/get", {"params": params}, headers=headers)
        assert answer.status_code in (200, 400), params
        assert answer.headers["Content-Type"].startswith("application/json")

    def behind(case: tuple[str, Any]) -> None:
        params = json.loads(json.dumps({"limit": 1, case[0]: case[1]}))
        assert status_of(ERRORS4, lambda: ask_behind(params)) in (200, 400), params

    cases = st.tuples(st.sampled_from(("where", "join", "having", "orderBy", "select")), GARBAGE)
    tried(inputs, cases, whole, behind, short=50, tests=3)
