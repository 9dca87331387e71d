"""Filters mean what plain Python says they mean, whatever is put together."""

import json
import re
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import strategies as st

from api.civicrm.kernel import civi_api
from contacts.access import system_actor
from contacts.models import Project
from tests.dialects.civicrm.calling import Caller
from tests.trust.grammar import Inputs, counted, garbage_of, is_looked_at_closely, tried

pytestmark = pytest.mark.django_db

inputs = counted(Inputs("CiviCRM: operators of version 3"))

PEOPLE = [
    {"first_name": first, "last_name": last, "gender_id": gender, "birth_date": born}
    for first, last, gender, born in (
        ("Alice", "Roberts", "1", "1980-02-29"),
        ("alice", "Smith", "", "1990-01-01"),
        ("Bob", "", "2", ""),
        ("Zoë", "Roberts", "3", "2000-12-31"),
        ("Al", "Smith", "1", ""),
        ("", "Solo", "", "1980-03-01"),
    )
]

NAMES = st.sampled_from(["Alice", "ALICE", "Bob", "Zoe", "Roberts", "smith", "Nobody", "Al"])
PATTERNS = st.sampled_from(["Al%", "%e", "_ob", "%ob%", "%", "R_b%", "x%"])
GENDERS = st.sampled_from([1, "2", "Female", "Other"])
DAYS = st.sampled_from(["1980-02-29", "1990-01-01", "20000101", "1970-01-01"])


def operators(values: Any, *, patterns: Any = None) -> Any:
    single = ["=", "!=", "<>", "<", "<=", ">", ">="]
    choices = [
        st.tuples(st.sampled_from(single), values),
        st.tuples(st.sampled_from(["IN", "NOT IN", "in"]), st.lists(values, min_size=1)),
        st.tuples(
            st.sampled_from(["BETWEEN", "NOT BETWEEN", "not  between"]),
            st.lists(values, min_size=2, max_size=2),
        ),
        st.tuples(st.sampled_from(["IS NULL", "IS NOT NULL"]), st.just(1)),
    ]
    if patterns is not None:
        choices.append(st.tuples(st.sampled_from(["LIKE", "NOT LIKE", "like"]), patterns))
    return st.one_of(*choices)


ASKED = {
    "first_name": operators(NAMES, patterns=PATTERNS),
    "last_name": operators(NAMES, patterns=PATTERNS),
    "gender_id": operators(GENDERS),
    "birth_date": operators(DAYS),
}
FILTERS = st.dictionaries(
    st.sampled_from(sorted(ASKED)),
    st.just(None),
    min_size=1,
).flatmap(lambda keys: st.fixed_dictionaries({key: ASKED[key] for key in keys}))


def key_of(name: str, value: Any) -> Any:
    """Return what values of a field are compared by."""
    if name == "gender_id":
        return {"Female": 1, "Male": 2, "Other": 3}.get(str(value)) or int(value)
    if name == "birth_date":
        return str(value).replace("-", "")
    return str(value).lower().replace("ë", "e")


def holds(name: str, operator: str, operand: Any, value: str) -> bool:
    """Say in plain Python whether a value meets a filter."""
    operator = " ".join(operator.upper().split())
    if operator in ("IS NULL", "IS NOT NULL"):
        return (value == "") == (operator == "IS NULL")
    if value == "":
        return False
    if operator.startswith("NOT "):
        return not holds(name, operator.removeprefix("NOT "), operand, value)
    mine = key_of(name, value)
    if operator == "LIKE":
        pattern = "".join({"%": ".*", "_": "."}.get(c) or re.escape(c) for c in operand.lower())
        return re.fullmatch(pattern, mine) is not None
    if operator in ("IN", "BETWEEN"):
        keys = [key_of(name, each) for each in operand]
        return mine in keys if operator == "IN" else keys[0] <= mine <= keys[1]
    other = key_of(name, operand)
    return {
        "=": mine == other,
        "!=": mine != other,
        "<>": mine != other,
        "<": mine < other,
        "<=": mine <= other,
        ">": mine > other,
        ">=": mine >= other,
    }[operator]


Asked = dict[str, tuple[str, Any]]
Params = dict[str, Any]
# The calls `get` and `getcount` of contacts.
Ask = Callable[[str, Params], Any]
People = dict[str, dict[str, str]]


@pytest.fixture
def people(project: Project) -> People:
    """Return some contacts by id."""
    found = {}
    for person in PEOPLE:
        given = {name: value for name, value in person.items() if value}
        params = {"contact_type": "Individual", **given}
        made = civi_api("Contact", "create", params, system_actor("civicrm"))
        found[str(made["id"])] = person
    return found


@pytest.fixture
def ask_whole(as_ada: Caller) -> Ask:
    """Return what sends a call."""
    return partial(as_ada.call, "Contact")


@pytest.fixture
def ask_behind() -> Ask:
    """Return what makes a call behind the request."""
    actor = system_actor("civicrm")
    return lambda action, params: civi_api("Contact", action, params, actor)


def require_found(ask: Ask, params: Params, expected: set[str]) -> None:
    """Fail unless a filter finds and counts these contacts."""
    answer = ask("get", {**params, "return": "id"})
    assert answer["is_error"] == 0, answer
    assert (set(answer["values"]) if answer["values"] else set()) == expected, params
    if is_looked_at_closely(repr(params)):
        counted = ask("getcount", params)
        number = counted["result"] if isinstance(counted, dict) else counted
        assert number == len(expected), params


def written(asked: Asked) -> Params:
    """Return filters as a client writes them."""
    return {name: {operator: operand} for name, (operator, operand) in asked.items()}


def test_all_filters_hold(ask_whole: Ask, ask_behind: Ask, people: People, inputs: Inputs) -> None:
    def check(ask: Ask, asked: Asked) -> None:
        expected = {
            contact_id
            for contact_id, person in people.items()
            if all(holds(name, *one, person[name]) for name, one in asked.items())
        }
        require_found(ask, written(asked), expected)

    tried(inputs, FILTERS, partial(check, ask_whole), partial(check, ask_behind), short=15, tests=4)


GROUPED = FILTERS.flatmap(
    lambda asked: st.tuples(
        st.just(asked), st.lists(st.sampled_from(sorted(asked)), unique=True, min_size=1)
    )
)


def test_one_filter_of_each_group_holds(
    ask_whole: Ask, ask_behind: Ask, people: People, inputs: Inputs
) -> None:
    def check(ask: Ask, case: tuple[Asked, list[str]]) -> None:
        asked, grouped = case
        rest = asked.keys() - set(grouped)
        expected = {
            contact_id
            for contact_id, person in people.items()
            if any(holds(name, *asked[name], person[name]) for name in grouped)
            and all(holds(name, *asked[name], person[name]) for name in rest)
        }
        require_found(ask, {**written(asked), "options": {"or": [grouped]}}, expected)

    tried(inputs, GROUPED, partial(check, ask_whole), partial(check, ask_behind), short=15, tests=4)


OPERATORS = operators(NAMES, patterns=PATTERNS)
TWO = st.tuples(OPERATORS, OPERATORS).filter(lambda two: two[0][0] != two[1][0])


def test_several_operators_of_a_field_all_hold(
    ask_whole: Ask, ask_behind: Ask, people: People, inputs: Inputs
) -> None:
    def check(ask: Ask, two: tuple[tuple[str, Any], tuple[str, Any]]) -> None:
        expected = {
            contact_id
            for contact_id, person in people.items()
            if all(holds("last_name", *one, person["last_name"]) for one in two)
        }
        require_found(ask, {"last_name": dict(two)}, expected)

    tried(inputs, TWO, partial(check, ask_whole), partial(check, ask_behind), short=10, tests=4)


GARBAGE = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        garbage_of((*ASKED, "=", "LIKE", "IN", "BETWEEN", "IS NULL", "%", "1980-02-29", "-", ",")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("=", "LIKE", "NOT IN", "BETWEEN", "x", "or")), inner),
    ),
    max_leaves=6,
)
PARAMETERS = st.sampled_from(
    (
        *ASKED,
        "id",
        "contact_type",
        "sort_name",
        "email",
        "group",
        "tag",
        "return",
        "sort",
        "options",
    )
)


def test_garbage_is_answered_in_this_dialect(
    ask_whole: Ask, ask_behind: Ask, people: People, inputs: Inputs
) -> None:
    def check(ask: Ask, params: Params) -> None:
        answer = ask("get", params)
        assert answer["is_error"] == 0 or answer["error_message"], params
        assert answer.get("error_code") != "unknown_error", params

    def behind(params: Params) -> None:
        check(ask_behind, json.loads(json.dumps(params)))

    cases = st.dictionaries(PARAMETERS, GARBAGE, min_size=1, max_size=3)
    tried(inputs, cases, partial(check, ask_whole), behind, short=15, tests=4)


def test_values_without_an_operator(project: object) -> None:
    actor = system_actor("civicrm")
    numbers = count(1)
    for name in ("Ann", "Anna", "Bob"):
        params = {"contact_type": "Individual", "first_name": name, "job_title": next(numbers)}
        assert civi_api("Contact", "create", params, actor)["is_error"] == 0

    def counted(**params: Any) -> Any:
        return civi_api("Contact", "getcount", {"contact_type": "Individual", **params}, actor)

    assert counted(first_name="ann") == 1
    assert counted(first_name="ann%") == 2
    assert counted(first_name=["Ann", "Bob"]) == 2
    assert counted(first_name="") == counted(first_name=None) == 3
    assert counted(sort_name="nn") == 2
    assert counted(contact_type=["Individual", "Household"]) == 3
    assert counted(contact_type="Nonsense") == 0
    assert counted(job_title=2) == 1
