"""Random filters, short and long, find what plain Python finds in the same contacts."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import strategies as st

from api.redmineup.errors import ERRORS
from api.redmineup.filters.contacts import contact_list
from api.wire.nested_params import rails_params
from api.wire.urlencoded import read_fields
from contacts.access import Actor
from contacts.models import Project, User
from contacts.query import Query, matching_ids, search
from tests.builders import actor_for, make_contact
from tests.dialects.redmineup.calling import Caller
from tests.trust.grammar import (
    Inputs,
    counted,
    folded,
    garbage_of,
    is_looked_at_closely,
    status_of,
    tried,
)

pytestmark = pytest.mark.django_db

inputs = counted(Inputs("RedmineUP: filters and query operators"))

Row = dict[str, Any]
WORDS = ("Anna", "anna", "ÉLISE", "elise", "Иван", "ива", "O'Neil", "a_b", "axb", "50%", "b\\c")
STRINGS = ("first_name", "last_name", "middle_name", "job_title")
TEXTS = ("city", "region", "street1")
TAGS = ("vip", "hot", "cold one")


@pytest.fixture
def rows(alice: User, project: Project) -> dict[int, Row]:
    """Return what contacts hold, by id."""
    found = {}
    for place, word in enumerate(WORDS):
        other, third = WORDS[place * 5 % len(WORDS)], WORDS[place - 3]
        row: Row = {
            "first_name": word,
            "last_name": other if place % 3 else "",
            "middle_name": third if place % 2 else "",
            "job_title": WORDS[place - 4] if place % 4 else "",
            "tags": [tag for at, tag in enumerate(TAGS) if (place >> at) % 2],
        }
        row |= {name: WORDS[place - at] if place % 3 else "" for at, name in enumerate(TEXTS, 1)}
        address = {name: row[name] for name in TEXTS if row[name]}
        values = {name: row[name] for name in (*STRINGS, "tags")}
        if address:
            values["addresses"] = [address]
        found[make_contact(actor_for(alice), **values).pk] = row
    return found


Test = Callable[[str], bool]


def meaning(operator: str, values: list[str]) -> Test:
    """Return what a condition on a text means; what is blank meets the negations alone."""
    words = [folded(value) for value in values]
    return {
        "": lambda text: text in words,
        "=": lambda text: text in words,
        "!": lambda text: text not in words,
        "~": lambda text: any(word in text for word in words),
        "!~": lambda text: not any(word in text for word in words),
        "^": lambda text: any(text.startswith(word) for word in words),
        "$": lambda text: any(text.endswith(word) for word in words),
        "*": lambda text: text != "",
        "!*": lambda text: text == "",
    }[operator]


def on_text(name: str, operator: str, values: list[str]) -> tuple[str, str, list[str], Any]:
    """Return a filter with what it means."""
    test = meaning(operator, values)
    return name, operator, values, lambda row: test(folded(row[name]))


def on_flag(operator: str, value: str) -> tuple[str, str, list[str], Any]:
    """Return a filter of companies, of which there are none here."""
    is_asked = (value == "1") == (operator != "!")
    return "is_company", operator, [value], lambda row: not is_asked


values = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
filters = st.one_of(
    st.builds(
        on_text,
        st.sampled_from(STRINGS),
        st.sampled_from(("", "=", "!", "~", "!~", "^", "$", "*", "!*")),
        values,
    ),
    st.builds(
        on_text,
        st.sampled_from(TEXTS),
        st.sampled_from(("~", "!~", "^", "$", "*", "!*")),
        values,
    ),
    st.builds(on_flag, st.sampled_from(("=", "!")), st.sampled_from(("0", "1"))),
)
asked = st.lists(filters, min_size=1, max_size=4, unique_by=lambda each: each[0])


def short_form(parts: list[Any]) -> list[tuple[str, str]]:
    return [
        (name, operator if "*" in operator else operator + "|".join(values))
        for name, operator, values, _test in parts
    ]


def long_form(parts: list[Any]) -> list[tuple[str, str]]:
    found = []
    for name, operator, values, _test in parts:
        found += [("f[]", name), (f"op[{name}]", operator or "=")]
        found += [(f"v[{name}][]", value) for value in values]
    return found


@dataclass(frozen=True)
class Told:
    """What the reading of a list looks at in a request."""

    actor: Actor
    params: dict[str, Any]


def query_behind(actor: Actor, query: str) -> Query:
    """Return what a query string asks for, behind the request."""
    told: Any = Told(actor, rails_params(read_fields(query.encode())))
    return contact_list(told, None, window=(0, 100)).query


def test_random_filters_find_what_plain_python_finds(
    alice: User, as_alice: Caller, rows: dict[int, Row], inputs: Inputs
) -> None:
    actor = actor_for(alice, "redmineup")

    def whole_found(query: str) -> tuple[list[int], int]:
        answer = as_alice.read(f"/contacts.json?{query}")
        return [each["id"] for each in answer["contacts"]], answer["total_count"]

    def found_behind(query: str) -> tuple[list[int], int]:
        asked = query_behind(actor, query)
        if is_looked_at_closely(query):
            page = search(actor, asked)
            return list(page.ids), page.total
        ids = matching_ids(actor, asked, 100)
        return ids, len(ids)

    def check(ask: Callable[[str], tuple[list[int], int]], case: tuple[list[Any], Any]) -> None:
        parts, form = case
        query = urlencode([*form(parts), ("sort", "id"), ("limit", "100")])
        wanted = [pk for pk, row in rows.items() if all(part[3](row) for part in parts)]
        assert ask(query) == (wanted, len(wanted)), query

    cases = st.tuples(asked, st.sampled_from((short_form, long_form)))
    whole, behind = partial(check, whole_found), partial(check, found_behind)
    tried(inputs, cases, whole, behind, short=40, tests=2)


GARBAGE = garbage_of(
    (*WORDS, *"~!=^$*|,><", ">=", "t", "ld", ">t-", "nd", "2024-01-01", "me", "-1", "\0", "true")
)
NAMES = st.sampled_from(
    (
        *(*STRINGS, *TEXTS, "tags", "is_company", "created_on", "last_note", "assigned_to_id"),
        *("ids", "country", "has_deals", "search", "sort", "limit", "offset", "page", "include"),
        *("f[]", "op[first_name]", "v[first_name][]", "op[created_on]", "v[created_on][]"),
    )
)


def test_garbage_is_answered_in_this_dialect(
    alice: User, as_alice: Caller, rows: dict[int, Row], inputs: Inputs
) -> None:
    actor = actor_for(alice, "redmineup")

    def whole(query: dict[str, str]) -> None:
        answer = as_alice.get(f"/contacts.json?{urlencode(query)}")
        if answer.status_code == 400:
            # Characters that no text may hold: malformed, which has an empty body.
            assert "\0" in "".join([*query, *query.values()])
            assert answer.content == b""
        else:
            assert answer.status_code in (200, 422), query
            assert set(json.loads(answer.content)) & {"contacts", "errors"}

    def behind(query: dict[str, str]) -> None:
        status = status_of(ERRORS, lambda: search(actor, query_behind(actor, urlencode(query))))
        is_malformed = "\0" in "".join([*query, *query.values()])
        assert status in ((400,) if is_malformed else (200, 422)), query

    tried(inputs, st.dictionaries(NAMES, GARBAGE, max_size=4), whole, behind, short=40, tests=2)
