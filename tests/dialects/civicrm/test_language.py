"""Filters mean what plain Python says they mean, whatever is put together."""

import re
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from api.civicrm.kernel import civi_api
from contacts.access import Actor, system_actor
from tests.builders import make_project
from tests.trust.grammar import Inputs, calmly, counted

INPUTS = Inputs("CiviCRM: operators of version 3")
inputs = counted(INPUTS)

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


class FilterMeaningTest(TestCase):
    """Every filter finds what a loop over the records finds."""

    ids: dict[str, dict[str, str]]
    actor: Actor

    @classmethod
    def setUpTestData(cls) -> None:
        make_project("Place of all")
        cls.actor = system_actor("civicrm")
        cls.ids = {}
        for person in PEOPLE:
            given = {name: value for name, value in person.items() if value}
            params = {"contact_type": "Individual", **given}
            made = civi_api("Contact", "create", params, cls.actor)
            cls.ids[str(made["id"])] = person

    def found(self, params: dict[str, Any]) -> set[str]:
        answer = civi_api("Contact", "get", {**params, "return": "id"}, self.actor)
        assert answer["is_error"] == 0, answer
        assert civi_api("Contact", "getcount", params, self.actor) == answer["count"]
        return set(answer["values"]) if answer["values"] else set()

    @calmly(120, tests=3)
    @given(FILTERS)
    def test_all_filters_hold(self, asked: dict[str, tuple[str, Any]]) -> None:
        params = {name: {operator: operand} for name, (operator, operand) in asked.items()}
        expected = {
            contact_id
            for contact_id, person in self.ids.items()
            if all(holds(name, *one, person[name]) for name, one in asked.items())
        }
        with INPUTS.one():
            assert self.found(params) == expected

    @calmly(80, tests=3)
    @given(FILTERS, st.data())
    def test_one_filter_of_each_group_holds(
        self, asked: dict[str, tuple[str, Any]], data: st.DataObject
    ) -> None:
        names = sorted(asked)
        grouped = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
        params: dict[str, Any] = {
            name: {operator: operand} for name, (operator, operand) in asked.items()
        }
        params["options"] = {"or": [grouped]}
        expected = {
            contact_id
            for contact_id, person in self.ids.items()
            if any(holds(name, *asked[name], person[name]) for name in grouped)
            and all(
                holds(name, *asked[name], person[name]) for name in names if name not in grouped
            )
        }
        with INPUTS.one():
            assert self.found(params) == expected

    @calmly(40, tests=3)
    @given(operators(NAMES, patterns=PATTERNS), operators(NAMES, patterns=PATTERNS))
    def test_several_operators_of_a_field_all_hold(
        self, first: tuple[str, Any], second: tuple[str, Any]
    ) -> None:
        if first[0] == second[0]:
            return
        expected = {
            contact_id
            for contact_id, person in self.ids.items()
            if all(holds("last_name", *one, person["last_name"]) for one in (first, second))
        }
        with INPUTS.one():
            assert self.found({"last_name": dict([first, second])}) == expected


@pytest.mark.django_db
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
