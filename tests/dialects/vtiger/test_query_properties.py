"""Any query gives the rows that a plain reading of its words gives, and garbage gives a refusal."""

import operator
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import strategies as st

from api.base.errors import refusal_for
from api.vtiger.errors import ERRORS
from api.vtiger.operations.queries import query
from api.vtiger.registry import Context
from contacts.models import User
from tests.builders import actor_for, make_contact
from tests.dialects.vtiger.calling import Caller, envelope_of, error_of
from tests.trust.grammar import (
    Inputs,
    counted,
    folded,
    is_like,
    is_looked_at_closely,
    refused,
    tried,
)

pytestmark = pytest.mark.django_db

Record = dict[str, str]
Test = Callable[[Record], bool]
Ask = Callable[[str], Any]

WORDS = ("Anna", "anna", "ÉLISE", "elise", "Иван", "ива", "O'Neil", "a_b", "axb", "50%", "", "b\\c")
DAYS = ("1980-06-08", "1990-01-01", "2001-12-31")
SOURCES = ("Partner", "Cold Call", "")
TEXTS = (
    "firstname",
    "lastname",
    "department",
    "title",
    "mailingcity",
    "othercity",
    "phone",
    "mobile",
    "email",
    "secondaryemail",
    "leadsource",
)
ORDERS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
inputs = counted(Inputs("Vtiger: VTQL"))


def quoted(text: str) -> str:
    """Return a text as a literal."""
    return "'" + text.replace("'", "''") + "'"


def on_text(name: str, sign: str, word: str) -> tuple[str, Test]:
    """Return a comparison of a text, and what it means."""
    if sign == "like":
        return f"{name} like {quoted(word)}", lambda row: is_like(row[name], word)
    order = ORDERS[sign]
    return f"{name} {sign} {quoted(word)}", lambda row: order(folded(row[name]), folded(word))


def on_several(name: str, words: list[str]) -> tuple[str, Test]:
    """Return a comparison with a list, and what it means."""
    among = {folded(word) for word in words}
    written = ", ".join(map(quoted, words))
    return f"{name} IN ({written})", lambda row: folded(row[name]) in among


def on_day(sign: str, day: str) -> tuple[str, Test]:
    """Return a comparison of a day: one that is not set matches none."""
    order = ORDERS[sign]
    return (
        f"birthday{sign}'{day}'",
        lambda row: row["birthday"] != "" and order(row["birthday"], day),
    )


def on_flag(sign: str, digit: str) -> tuple[str, Test]:
    """Return a comparison of a yes or no."""
    order = ORDERS[sign]
    return f"donotcall {sign} {digit}", lambda row: order(row["donotcall"], digit)


def joined(parts: list[tuple[str, Test]], words: list[str]) -> tuple[str, Test]:
    """Return comparisons between AND and OR, of which AND binds closer."""
    text, groups = parts[0][0], [[parts[0][1]]]
    for word, (more, test) in zip(words, parts[1:], strict=False):
        text += f" {word} {more}"
        if word == "and":
            groups[-1].append(test)
        else:
            groups.append([test])
    return text, lambda row: any(all(test(row) for test in group) for group in groups)


words = st.sampled_from(WORDS)
patterns = st.one_of(
    words, words.map(lambda word: word + "%"), st.sampled_from(("%", "_n%", "%a%"))
)
signs = st.sampled_from(tuple(ORDERS))
comparisons = st.one_of(
    st.builds(on_text, st.sampled_from(TEXTS), signs, st.one_of(words, st.sampled_from(SOURCES))),
    st.builds(on_text, st.sampled_from(TEXTS), st.just("like"), patterns),
    st.builds(on_several, st.sampled_from(TEXTS), st.lists(words, min_size=1, max_size=3)),
    st.builds(on_day, signs, st.sampled_from(DAYS)),
    st.builds(on_flag, signs, st.sampled_from(("0", "1"))),
)
conditions = st.builds(
    joined,
    st.lists(comparisons, min_size=1, max_size=4),
    st.lists(st.sampled_from(("and", "or")), min_size=3, max_size=3),
)


@pytest.fixture
def crowd(alice: User, as_alice: Caller) -> list[Record]:
    """Return the records of people who differ in everything that is asked for."""
    for place, word in enumerate(WORDS):
        other = WORDS[(place * 5 + 1) % len(WORDS)]
        values: dict[str, Any] = {
            "first_name": word,
            "last_name": other or "x",
            "department": WORDS[place - 3],
            "job_title": WORDS[place - 4],
            "birthday": DAYS[place % 3] if place % 4 else None,
            "do_not_phone": place % 3 == 0,
            "lead_source": SOURCES[place % 3] or None,
            "phones": [
                {"number": other or "1", "type": "mobile" if place % 2 else "phone"},
                {"number": word or "2", "location": "home" if place % 5 else "work"},
            ],
            "emails": [{"address": f"{part or 'x'}@x.y"} for part in (word, other)][: place % 3],
            "addresses": [
                {"city": each or "Z", "location": "other" if each else "work"}
                for each in (word, other)
            ][: place % 3],
        }
        make_contact(actor_for(alice), **values)
    records: list[Record] = as_alice.query("SELECT * FROM Contacts;")
    assert len(records) == len(WORDS)
    return records


@pytest.fixture
def ask(alice: User) -> Ask:
    """Return what reads a query and finds its rows, behind the request."""
    context = Context(None, actor_for(alice, "vtiger"), lambda _request: None)  # type: ignore[arg-type]  # is not looked at
    return partial(query, context)


def test_rows_are_those_of_a_plain_reading(
    as_alice: Caller, ask: Ask, crowd: list[Record], inputs: Inputs
) -> None:
    def check(ask: Ask, condition: tuple[str, Test]) -> None:
        text, test = condition
        rows = ask(f"SELECT id FROM Contacts WHERE {text};")
        assert [row["id"] for row in rows] == [row["id"] for row in crowd if test(row)], text
        if is_looked_at_closely(text):
            counted_rows = ask(f"SELECT COUNT(*) FROM Contacts WHERE {text}")
            assert counted_rows[0]["count"] == str(len(rows)), text

    whole = partial(check, as_alice.query)
    tried(inputs, conditions, whole, partial(check, ask), short=75, tests=2)


TOKENS = st.sampled_from(
    (
        *("select", "from", "where", "and", "or", "order", "by", "limit", "in", "like", "count"),
        *(
            "Contacts",
            "lastname",
            "id",
            "*",
            "(",
            ")",
            ",",
            ";",
            "=",
            "<",
            "!=",
            "'x'",
            "''",
            "12x5",
        ),
        *("12x5", "1", "-1", "1.5", "desc", "asc", "\n", '"', "\\", "'", "имя", "\0", "%u0418"),
    )
)
GARBAGE = st.one_of(
    st.text(max_size=40),
    st.lists(TOKENS, max_size=12).map(" ".join),
    st.lists(TOKENS, max_size=8).map(lambda rest: "select * from Contacts " + " ".join(rest)),
)
REFUSALS = {"QUERY_SYNTAX_ERROR", "ACCESS_DENIED", "INVALID_ID_ATTRIBUTE"}


def test_garbage_is_answered_in_this_language(as_alice: Caller, ask: Ask, inputs: Inputs) -> None:
    def whole(text: str) -> None:
        sent = {"operation": "query", "sessionName": as_alice.session}
        body = {"query": text.encode("utf-8", "replace")}
        envelope = envelope_of(as_alice.send("POST", sent, body))
        assert envelope["success"] or error_of(envelope)[0] in REFUSALS

    def behind(text: str) -> None:
        error = refused(lambda: ask(text.encode("utf-8", "replace").decode()))
        if error is not None:
            code = getattr(error, "code", refusal_for(error, ERRORS).code)
            assert code in REFUSALS, (text, error)

    tried(inputs, GARBAGE, whole, behind, short=75, tests=2)
