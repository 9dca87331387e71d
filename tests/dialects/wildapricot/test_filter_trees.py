"""Random filters find what plain Python finds in the same contacts; garbage is refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import strategies as st

from api.wildapricot.errors import ERRORS
from api.wildapricot.filters import Question
from api.wildapricot.mapping.table import table_for
from contacts import index
from contacts.models import Contact, User
from contacts.query import count_contacts, matching_ids
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.wildapricot.calling import Caller
from tests.dialects.wildapricot.trees import Tree, printed, trees
from tests.trust.grammar import Inputs, counted, garbage_of, status_of, tried

pytestmark = pytest.mark.django_db

inputs = counted(Inputs("Wild Apricot: $filter"))


@pytest.fixture(autouse=True)
def outlasting(settings: Any) -> None:
    """Let the token last as long as a long run may."""
    settings.WILDAPRICOT_TOKEN_SECONDS = 86_400


@pytest.fixture
def people(alice: User, as_alice: Caller) -> "list[Any]":
    """Return some contacts as the wire shows them, by field name."""
    for name, kind in {"Motto": "text", "Visits": "integer", "Agreed": "boolean"}.items():
        make_custom_field(name, type=kind)
    make_custom_field("Seen", type="datetime")
    make_custom_field("Colour", options=("Red", "VIP"))
    make_custom_field("Extras", options=("Press", "Red"), is_multiple=True)
    bodies: list[dict[str, Any]] = [
        {"First name": "Amy", "Last name": "O'Brien", "Balance": 12.5, "Tags": ["VIP", "Press"]},
        {"First name": "ångström", "Notes": "100% a_b", "Visits": 100, "Agreed": True},
        {"Organization": "Acme (UK)", "Email": "amy@example.test", "Colour": "Red"},
        {"Last name": "O’Brien", "Job title": "rock and roll", "Extras": ["Press"]},
        {"First name": "Пётр", "Organization": "NULL", "Birthday": "2024-02-29"},
        {"Last name": "x') or ('y", "State/Prov": "AMY", "Balance": -5, "Total donated": 1},
        {"First name": "eq", "Motto": "aMY 100%", "Seen": "2024-02-29T10:20:30Z"},
        {"First name": "a_b", "Archived": True, "Birthday": "1990-05-01", "Agreed": False},
        {"Last name": "The Amys", "Contact type": 3, "Tags": ["Red"], "Visits": 0},
        {"First name": "No", "Seen": "2024-03-01T00:00:00Z", "Extras": ["Press", "Red"]},
    ]
    for body in bodies:
        entries = [{"FieldName": name, "Value": value} for name, value in body.items()]
        as_alice.make({"FieldValues": entries})
    # In whole seconds, as the wire shows moments.
    Contact.objects.update(created_at="2024-02-29T10:20:30Z")
    late = make_contact(actor_for(alice), first_name="Late", emails=["late@example.test"])
    Contact.objects.filter(pk=late.pk).update(created_at="2024-03-01T00:00:00Z")
    index.refresh(list(Contact.objects.values_list("pk", flat=True)))
    return [
        {"Id": each["Id"], **{entry["FieldName"]: entry["Value"] for entry in each["FieldValues"]}}
        for each in as_alice.list()
    ]


def test_random_filters_find_what_plain_python_finds(
    alice: User, as_alice: Caller, people: "list[Any]", inputs: Inputs
) -> None:
    actor = actor_for(alice, "wildapricot")

    def found(text: str) -> list[int]:
        query = Question(filter=text).query(actor, table_for(actor))
        return matching_ids(actor, query, query.limit)

    def check(ask: Callable[[str], list[int]], case: tuple[Tree, str]) -> None:
        tree, text = case
        assert ask(text) == [person["Id"] for person in people if tree.holds(person)], text

    cases = trees().flatmap(lambda tree: st.tuples(st.just(tree), printed(tree)))
    tried(inputs, cases, partial(check, as_alice.found), partial(check, found), short=60, tests=2)


WORDS = (
    "Balance",
    "'First name'",
    "eq",
    "ne",
    "gt",
    "and",
    "or",
    "not",
    "NULL",
    "substringof",
    "(",
    ")",
    ",",
    "'",
    "‘",
    '"',
    "5",
    "x",
    ".Id",
    "2024-01-01",
    "\n",
)


GARBAGE = garbage_of(WORDS)


def test_garbage_is_answered_and_never_crashes(
    alice: User, as_alice: Caller, people: "list[Any]", inputs: Inputs
) -> None:
    actor = actor_for(alice, "wildapricot")

    def whole(text: str) -> None:
        answer = as_alice.get("/contacts", **{"$filter": text, "$count": "true"})
        assert answer.status_code in (200, 400), text
        assert answer.headers["Content-Type"].startswith("application/json")

    def behind(text: str) -> None:
        status = status_of(
            ERRORS,
            lambda: count_contacts(actor, Question(filter=text).query(actor, table_for(actor))),
        )
        assert status in (200, 400), text

    tried(inputs, GARBAGE, whole, behind, short=60, tests=2)
