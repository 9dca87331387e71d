"""Random searches and filters find what plain Python finds in the same contacts."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import strategies as st

from api.base.requests import MAX_QUERY_BYTES
from api.concord.errors import ERRORS
from api.concord.filters import asked_of
from api.concord.views.base import answered
from api.wire.nested_params import php_params
from api.wire.urlencoded import read_fields
from contacts.access import Actor
from contacts.models import User
from contacts.query import Query, matching_ids, search
from tests.builders import actor_for, make_contact
from tests.dialects.concord.calling import Caller
from tests.trust.grammar import (
    Inputs,
    counted,
    folded,
    garbage_of,
    is_like,
    is_looked_at_closely,
    status_of,
    tried,
)

pytestmark = pytest.mark.django_db

inputs = counted(Inputs("Concord: q, search_fields and filters"))

PEOPLE: tuple[dict[str, Any], ...] = (
    {"first_name": "Anna", "last_name": "O'Brien", "job_title": "a_b"},
    {"first_name": "Zoë", "last_name": "anna", "addresses": [{"city": "Jena"}]},
    {"first_name": "Иван", "emails": ["anna@x.org"], "addresses": [{"city": "50% Bern"}]},
    {"first_name": "Al", "last_name": "ZOE", "job_title": "axb", "emails": ["al@x.org"]},
    {"first_name": "b\\c", "last_name": "Brien Al", "addresses": [{"city": "jena"}]},
)
FIELDS = ("first_name", "last_name", "email", "job_title", "city", "full_name")
WORDS = (
    *("anna", "ANNA", "zoe", "ZOË", "ива", "Al", "x.org", "anna@x.org", "O'Brien", "Jena", "50%"),
    *("a_b", "_nna", "b\\c", "Anna O'Brien", "l Z", "nobody", "a", "%n%", "Zoë anna"),
)
Row = dict[str, Any]


@pytest.fixture
def rows(alice: User, as_alice: Caller) -> list[Row]:
    """Return some contacts as the wire shows them."""
    for values in PEOPLE:
        make_contact(actor_for(alice), **values)
    found: list[Row] = as_alice.read("/api/contacts?order=id&per_page=100")["data"]
    assert len(found) == len(PEOPLE)
    return found


def shown(row: Row, name: str) -> str | None:
    if name == "full_name":
        return f"{row['first_name']} {row['last_name'] or ''}".rstrip()
    return row[name] or None


def holds(row: Row, name: str, operator: str, value: str) -> bool:
    """Say what a condition of a search means."""
    text = shown(row, name)
    if text is None:
        return False
    if operator == "=":
        return folded(text) == folded(value)
    if operator == "in":
        return folded(text) in {folded(each) for each in value.split(",") if each.strip()}
    return is_like(text, f"%{value}%")


def all_of(query: dict[str, str]) -> dict[str, str]:
    return {"order": "id", "per_page": "100", **query}


def ids(caller: Caller, query: dict[str, str]) -> list[int]:
    asked = urlencode(all_of(query))
    return [row["id"] for row in caller.read(f"/api/contacts?{asked}")["data"]]


def query_behind(actor: Actor, query: dict[str, str]) -> Query:
    """Return what a query string asks for, behind the request."""
    params = php_params(read_fields(urlencode(query).encode()))
    return asked_of(actor, answered("contacts"), params).query


def ids_behind(actor: Actor, query: dict[str, str]) -> list[int]:
    asked = query_behind(actor, all_of(query))
    if is_looked_at_closely(repr(query)):
        return list(search(actor, asked).ids)
    return matching_ids(actor, asked, 100)


Ask = Callable[[dict[str, str]], list[int]]


@pytest.fixture
def ask_whole(as_alice: Caller) -> Ask:
    """Return what sends a search."""
    return partial(ids, as_alice)


@pytest.fixture
def ask_behind(alice: User) -> Ask:
    """Return what reads and answers a search behind the request."""
    return partial(ids_behind, actor_for(alice, "concord"))


@st.composite
def searches(draw: Any) -> tuple[dict[str, str], list[tuple[str, str, str]], bool]:
    """Return the parameters of a search, its conditions, and whether all have to hold."""
    names = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4, unique=True))
    operators = {name: draw(st.sampled_from(("", "=", "like", "in", "odd"))) for name in names}
    fields = ";".join(f"{name}:{word}" if word else name for name, word in operators.items())
    is_all = draw(st.booleans())
    query = {"search_fields": fields, "search_match": "and" if is_all else "or"}
    if draw(st.booleans()):
        values = dict.fromkeys(names, draw(st.sampled_from(WORDS)))
        query["q"] = values[names[0]]
    else:
        values = {name: draw(st.sampled_from(WORDS)) for name in names}
        query["q"] = ";".join(f"{name}:{value}" for name, value in values.items())
    return query, [(name, operators[name], values[name]) for name in names], is_all


def test_random_searches_find_what_plain_python_finds(
    ask_whole: Ask, ask_behind: Ask, rows: list[Row], inputs: Inputs
) -> None:
    def check(ask: Ask, asked: tuple[dict[str, str], list[tuple[str, str, str]], bool]) -> None:
        query, conditions, is_all = asked
        joined = all if is_all else any
        wanted = [row["id"] for row in rows if joined(holds(row, *each) for each in conditions)]
        assert ask(query) == wanted, query

    whole, behind = partial(check, ask_whole), partial(check, ask_behind)
    tried(inputs, searches(), whole, behind, short=30, tests=3)


NEGATED = {f"not_{word}": word for word in ("equal", "begins_with", "contains", "ends_with")}
PLAIN = ("first_name", "last_name", "job_title")
LITERAL = tuple(word for word in WORDS if "%" not in word)


def meets(row: Row, name: str, operator: str, value: str) -> bool:
    """Say what a rule of a filter means; what is blank meets the rules that are turned round."""
    if operator in NEGATED:
        return not meets(row, name, NEGATED[operator], value)
    text = folded(row[name] or "")
    if operator in ("is_null", "is_not_null"):
        return (text == "") == (operator == "is_null")
    if not text:
        return False
    word = folded(value)
    return {
        "equal": text == word,
        "begins_with": text.startswith(word),
        "ends_with": text.endswith(word),
        "contains": word in text,
    }[operator]


rules = st.builds(
    lambda name, operator, value: {
        "type": "rule",
        "query": {"type": "text", "rule": name, "operator": operator, "value": value},
    },
    st.sampled_from(PLAIN),
    st.sampled_from((*NEGATED, *NEGATED.values(), "is_null", "is_not_null")),
    st.sampled_from(LITERAL),
)
groups = st.recursive(
    rules,
    lambda inner: st.builds(
        lambda word, children: {
            "type": "group",
            "query": {"condition": word, "children": children},
        },
        st.sampled_from(("and", "or", "AND")),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)


def is_kept(row: Row, node: dict[str, Any]) -> bool:
    """Say what a tree means."""
    query = node["query"]
    if node["type"] == "rule":
        return meets(row, query["rule"], query["operator"], query["value"])
    joined = any if query["condition"] == "or" else all
    return joined(is_kept(row, child) for child in query["children"])


def flat(tree: Any, name: str) -> dict[str, str]:
    """Return a tree as parameters with names in brackets."""
    if isinstance(tree, str):
        return {name: tree}
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    found: dict[str, str] = {}
    for key, value in items:
        found |= flat(value, f"{name}[{key}]")
    return found


def fits_an_address(asked: tuple[str, list[dict[str, Any]]]) -> bool:
    """Tell whether a filter is no longer than a query string may be."""
    word, children = asked
    query = flat({"condition": word, "children": children}, "filters")
    return len(urlencode(all_of(query))) <= MAX_QUERY_BYTES


def test_random_filters_find_what_plain_python_finds(
    ask_whole: Ask, ask_behind: Ask, rows: list[Row], inputs: Inputs
) -> None:
    def check(ask: Ask, asked: tuple[str, list[dict[str, Any]]]) -> None:
        word, children = asked
        tree = {"condition": word, "children": children}
        joined = any if word == "or" else all
        wanted = [row["id"] for row in rows if joined(is_kept(row, child) for child in children)]
        assert ask(flat(tree, "filters")) == wanted, tree

    trees = st.tuples(st.sampled_from(("and", "or")), st.lists(groups, min_size=1, max_size=2))
    trees = trees.filter(fits_an_address)
    whole, behind = partial(check, ask_whole), partial(check, ask_behind)
    tried(inputs, trees, whole, behind, short=30, tests=3)


GARBAGE = garbage_of(
    (*FIELDS, *WORDS, ":", ";", "=", "like", "in", "id", "created_at", "[", "]", "and", "\0", "%")
)
NAMES = st.sampled_from(
    ("q", "search_fields", "search_match", "order", "select", "take", "filters", "with")
)


def test_garbage_is_answered_in_this_dialect(
    alice: User, as_alice: Caller, rows: list[Row], inputs: Inputs
) -> None:
    actor = actor_for(alice, "concord")

    def whole(query: dict[str, str]) -> None:
        answer = as_alice.get(f"/api/contacts?{urlencode(query)}")
        assert answer.status_code in (200, 400, 403), query
        assert isinstance(json.loads(answer.content), dict)

    def behind(query: dict[str, str]) -> None:
        status = status_of(ERRORS, lambda: search(actor, query_behind(actor, query)))
        assert status in (200, 400, 403), query

    tried(inputs, st.dictionaries(NAMES, GARBAGE, max_size=4), whole, behind, short=30, tests=3)
