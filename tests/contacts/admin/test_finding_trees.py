"""Random filters of the page for people find what plain Python finds in the same contacts."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import strategies as st

from contacts.access import Actor
from contacts.admin.address_book.finding.editor import act, condition_of, shown, taken
from contacts.admin.address_book.finding.page import read_where, written_where
from contacts.models import User
from contacts.query import Query, matching_ids, search
from tests.builders import actor_for, make_contact
from tests.contacts.admin.reading import Page
from tests.trust.grammar import (
    Inputs,
    counted,
    folded,
    garbage_of,
    is_looked_at_closely,
    refused,
    tried,
)

pytestmark = pytest.mark.django_db

EDITOR = "/admin/contacts/contact/filter/"
inputs = counted(Inputs("browser: advanced filter"))

Row = dict[str, Any]
Part = tuple[str, str, str]
WORDS = ("Anna", "anna", "ÉLISE", "elise", "Иван", "O'Neil", "a_b", "axb", "50%", "b\\c")
FIELDS = ("last_name", "middle_name", "job_title", "nickname")
MATCHES: dict[str, Callable[[list[bool]], bool]] = {
    "all": all,
    "any": any,
    "none": lambda found: not any(found),
}


@pytest.fixture
def rows(owner: Actor) -> dict[str, Row]:
    """Return what contacts hold, by the name that the list shows."""
    found = {}
    for place in range(len(WORDS)):
        row: Row = {
            name: WORDS[place - at] if (place + at) % 3 else "" for at, name in enumerate(FIELDS)
        }
        row |= {"first_name": f"Person{place}", "do_not_email": place % 2 == 0}
        made = make_contact(owner, **{key: value for key, value in row.items() if value != ""})
        found[f"/admin/contacts/contact/{made.pk}/"] = row
    return found


def holds(row: Row, part: Part) -> bool:
    """Say what a row of the form means; what is blank is not what is asked for, and not it."""
    name, question, value = part
    if name == "do_not_email":
        return bool(row[name] == (question == "yes"))
    text, word = folded(row[name]), folded(value)
    return {
        "contains": text != "" and word in text,
        "not_contains": not (text != "" and word in text),
        "eq": text == word,
        "ne": text != word,
        "starts_with": text.startswith(word),
        "ends_with": text.endswith(word),
        "filled": text != "",
        "empty": text == "",
    }[question]


parts = st.one_of(
    st.tuples(
        st.sampled_from(FIELDS),
        st.sampled_from(
            ("contains", "not_contains", "eq", "ne", "starts_with", "ends_with", "filled", "empty")
        ),
        st.sampled_from(WORDS),
    ),
    st.tuples(st.just("do_not_email"), st.sampled_from(("yes", "no")), st.just("")),
)
groups = st.tuples(st.sampled_from(tuple(MATCHES)), st.lists(parts, min_size=1, max_size=3))


def sent(match: str, chosen: list[tuple[str, list[Part]]]) -> dict[str, str]:
    """Return what the form sends."""
    data = {"match": match, "groups": str(len(chosen)), "do": "use"}
    for at, (inner, rows_) in enumerate(chosen):
        data |= {f"g{at}-match": inner, f"g{at}-rows": str(len(rows_))}
        for place, (name, question, value) in enumerate(rows_):
            key = f"g{at}-r{place}"
            data |= {f"{key}-field": name, f"{key}-ask": question, f"{key}-value": value}
    return data


def found_behind(actor: Actor, sent: dict[str, str]) -> set[int] | None:
    """Return the contacts that a form finds, behind the request; None where it is not used."""
    address = QueryDict(mutable=True)
    address.update(sent)
    editor = taken(actor, address)
    if not act(editor, sent.get("do", "")):
        return None
    condition = condition_of(actor, editor)
    if editor.has_faults:
        return None
    where = read_where(actor, written_where(condition))
    query = Query(condition=where, lenient=True, limit=100)
    if is_looked_at_closely(repr(sent)):
        return set(search(actor, query).ids)
    return set(matching_ids(actor, query, 100))


def test_random_filters_find_what_plain_python_finds(
    at_bob: Client, bob: User, rows: dict[str, Row], inputs: Inputs
) -> None:
    actor = actor_for(bob)
    numbers = {int(path.split("/")[-2]): row["first_name"] for path, row in rows.items()}

    def names_behind(data: dict[str, str]) -> set[str]:
        return {numbers[each] for each in found_behind(actor, data) or ()}

    def names_shown(data: dict[str, str]) -> set[str]:
        page = Page(at_bob.get(EDITOR, data, follow=True))
        assert page.status == 200
        return {text.split()[0] for text in page.links if text.startswith("Person")}

    def check(
        ask: Callable[[dict[str, str]], set[str]], case: tuple[str, list[tuple[str, list[Part]]]]
    ) -> None:
        match, chosen = case
        wanted = {
            row["first_name"]
            for row in rows.values()
            if MATCHES[match](
                [MATCHES[inner]([holds(row, part) for part in some]) for inner, some in chosen]
            )
        }
        assert ask(sent(match, chosen)) == wanted, (match, chosen)

    cases = st.tuples(st.sampled_from(("all", "any")), st.lists(groups, min_size=1, max_size=2))
    whole, behind = partial(check, names_shown), partial(check, names_behind)
    tried(inputs, cases, whole, behind, short=20, tests=2)


GARBAGE = garbage_of(
    (*WORDS, *FIELDS, "all", "any", "none", "contains", "between", "yes", "0", "-1", "99", "\0")
)
NAMES = st.sampled_from(
    (
        *("match", "groups", "do", "g0-match", "g0-rows", "g0-r0-field", "g0-r0-ask"),
        *("g0-r0-value", "g0-r0-was", "g1-rows", "where"),
    )
)


def test_garbage_is_answered_by_a_page(
    at_bob: Client, bob: User, rows: dict[str, Row], inputs: Inputs
) -> None:
    actor = actor_for(bob)

    def whole(case: tuple[dict[str, str], str]) -> None:
        data, path = case
        answer = at_bob.get(path, data, follow=True)
        assert answer.status_code in (200, 400), data

    def behind(case: tuple[dict[str, str], str]) -> None:
        data, _path = case
        refused(lambda: found_behind(actor, data))
        refused(lambda: shown(read_where(actor, data.get("where") or "{}")))

    cases = st.tuples(
        st.dictionaries(NAMES, GARBAGE, max_size=6), st.sampled_from((EDITOR, EDITOR[:-7]))
    )
    tried(inputs, cases, whole, behind, short=20, tests=2)
