"""A query gives what a plain evaluation of its tree on the same data gives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.access import Actor
from contacts.errors import BadOperatorError, BadValueError, TooComplexError, UnknownFieldError
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.models import CustomField, Project, User
from contacts.query import (
    And,
    Compare,
    Condition,
    Not,
    Or,
    Query,
    beginning,
    find_contacts,
    following,
    from_json,
    search,
    sorted_by,
    to_json,
    where,
)
from tests.builders import actor_for, make_contact, make_custom_field

pytestmark = pytest.mark.django_db

PEOPLE: tuple[dict[str, Any], ...] = (
    {"first_name": "Tom", "last_name": "Smith", "emails": ["tom@example.com"], "tags": ["vip"]},
    {
        "first_name": "Пётр",
        "last_name": "Иванов",
        "phones": ["+7 495 111-22-33"],
        "tags": ["VIP", "cold"],
    },
    {"first_name": "José", "last_name": "", "job_title": "CEO", "addresses": [{"city": "Málaga"}]},
    {"first_name": "tom", "last_name": "ömer", "emails": ["x@y.z", "Tom@Example.com"]},
    {"kind": "organization", "organization_name": "Apple Inc.", "tags": ["cold"]},
    {"first_name": "100%", "last_name": "a_b", "job_title": "back\\slash"},
    {"first_name": "Dot", "formal_title": "Tom", "is_deceased": True, "deceased_on": "2020-02-29"},
    {"first_name": "Kim", "preferred_language": "Т", "is_opt_out": True, "birthday": "2020-02-29"},
)


@pytest.fixture
def field(db: None) -> CustomField:
    return make_custom_field("Size", type="integer")


@pytest.fixture
def actor(alice: User, field: CustomField) -> Actor:
    acting = actor_for(alice)
    for number, values in enumerate(PEOPLE):
        extra = {f"custom_{field.pk}": number} if number % 2 else {}
        make_contact(acting, **values, **extra)
    return acting


def names(actor: Actor, **query: Any) -> list[str]:
    return [str(each["display_name"]) for each in search(actor, Query(**query)).documents]


TEXTS = st.sampled_from(["tom", "TOM", "т", "петр", "o", "100%", "_", "\\", "m_th", "zz", "é"])


TEXTUAL = (
    *("first_name", "last_name", "job_title", "emails", "formal_title", "preferred_language"),
)
FLAGS = ("is_deceased", "is_opt_out")
DAYS = ("deceased_on", "birthday")


@st.composite
def conditions(draw: Any, actor: Actor, size: str, depth: int = 3) -> Condition:
    if depth and draw(st.booleans()):
        kind = draw(st.sampled_from(["and", "or", "not"]))
        if kind == "not":
            return Not(draw(conditions(actor, size, depth - 1)))
        parts = draw(st.lists(conditions(actor, size, depth - 1), max_size=3))
        return And(tuple(parts)) if kind == "and" else Or(tuple(parts))
    key = draw(st.sampled_from([*TEXTUAL, *FLAGS, *DAYS, "tags", size, "kind"]))
    return draw(comparisons(actor, key, size))


@st.composite
def comparisons(draw: Any, actor: Actor, key: str, size: str) -> Compare:
    include_empty = draw(st.booleans())
    if key == "tags":
        operator = draw(st.sampled_from(["has_any", "has_all", "has_none"]))
        tags = draw(st.lists(st.sampled_from(["vip", "COLD", "nobody"]), min_size=1, max_size=2))
        return where(actor, key, operator, tags, include_empty=include_empty)
    if key == size:
        operator = draw(st.sampled_from(["eq", "ne", "lt", "ge", "between", "is_empty"]))
        value: Any = draw(st.integers(-1, 6))
        value = {"between": [value, value + 2], "is_empty": bool(value % 2)}.get(operator, value)
        return where(actor, key, operator, value, include_empty=include_empty)
    if key == "kind":
        return where(actor, key, "eq", draw(st.sampled_from(["person", "organization"])))
    if key in FLAGS:
        operator = draw(st.sampled_from(["eq", "ne", "in", "is_empty"]))
        wanted = draw(st.booleans())
        return where(actor, key, operator, [wanted] if operator == "in" else wanted)
    if key in DAYS:
        operator = draw(st.sampled_from(["eq", "ne", "lt", "ge", "is_empty"]))
        empty = operator == "is_empty"
        value = draw(st.booleans() if empty else st.sampled_from(["2020-02-29", "2020-03-01"]))
        return where(actor, key, operator, value, include_empty=include_empty)
    operator = draw(
        st.sampled_from(["eq", "ne", "contains", "starts_with", "ends_with", "in", "is_empty"])
    )
    value = draw(TEXTS)
    value = {"in": [value, "smith"], "is_empty": len(value) > 1}.get(operator, value)
    return where(actor, key, operator, value, include_empty=include_empty)


def holds(condition: Condition, document: dict[str, Any]) -> bool:
    """Evaluate a tree on one document without any database."""
    if isinstance(condition, And):
        return all(holds(part, document) for part in condition.parts)
    if isinstance(condition, Or):
        return any(holds(part, document) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, document)
    return compared(condition, document)


def compared(compare: Compare, document: dict[str, Any]) -> bool:
    values = values_of(compare.field.key, document)
    comparison = compare.comparison
    operator, value = comparison.operator, comparison.value
    if operator == "is_empty":
        return (not values) is value
    if operator == "ne":
        return value not in values and bool(values or comparison.include_empty)
    wanted: Any = value if isinstance(value, tuple) else (value,)
    if operator in ("has_any", "has_all", "has_none"):
        present = [fold(str(each)) in values for each in wanted]
        tests = {"has_any": any(present), "has_all": all(present), "has_none": not any(present)}
        return tests[operator] and bool(
            operator != "has_none" or values or comparison.include_empty
        )
    return any(TESTS[operator](each, wanted) for each in values)


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda each, wanted: each == wanted[0],
    "in": lambda each, wanted: each in wanted,
    "lt": lambda each, wanted: each < wanted[0],
    "ge": lambda each, wanted: each >= wanted[0],
    "between": lambda each, wanted: wanted[0] <= each <= wanted[1],
    "contains": lambda each, wanted: fold(wanted[0]) in each,
    "starts_with": lambda each, wanted: each.startswith(fold(wanted[0])),
    "ends_with": lambda each, wanted: each.endswith(fold(wanted[0])),
}


def values_of(key: str, document: dict[str, Any]) -> list[Any]:
    if key == "tags":
        return [fold(name) for name in document.get("tag_names", [])]
    if key == "emails":
        return [fold(each["address"]) for each in document.get("emails", [])]
    if key.startswith("custom_"):
        value = document.get("custom", {}).get(key.removeprefix("custom_"))
        return [] if value is None else [value]
    value = document.get(key)
    if key in FLAGS:
        return [bool(value)]
    if key in DAYS:
        return [date.fromisoformat(str(value))] if value else []
    return [] if value in (None, "") else [fold(str(value))]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_condition_finds_what_a_plain_evaluation_finds(
    data: Any, actor: Actor, field: CustomField
) -> None:
    size = f"custom_{field.pk}"
    condition = data.draw(conditions(actor, size))
    everything = search(actor, Query(limit=100)).documents
    for document in everything:
        tags: Any = document.get("tags", [])
        document["tag_names"] = [reference.tags().name_of(pk) for pk in tags]
    expected = {each["id"] for each in everything if holds(normalised(condition), each)}
    page = search(actor, Query(condition=condition, limit=100))
    assert set(page.ids) == expected
    assert page.total == len(expected)
    assert from_json(actor, "contact", to_json(condition)) == condition


def normalised(condition: Condition) -> Condition:
    """Return the tree with the texts of `eq`, `ne` and `in` folded, as the keys are."""
    if isinstance(condition, Not):
        return Not(normalised(condition.part))
    if isinstance(condition, And | Or):
        return type(condition)(tuple(normalised(part) for part in condition.parts))
    comparison = condition.comparison
    value: Any = comparison.value
    if comparison.operator in ("eq", "ne") and isinstance(value, str):
        value = fold(value)
    elif comparison.operator == "in":
        value = tuple(fold(each) if isinstance(each, str) else each for each in value)
    return Compare(condition.field, replace(comparison, value=value))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tom", {"Tom Smith", "tom ömer"}),
        ("ПЕТР", {"Пётр Иванов"}),
        ("jose", {"José"}),
        ("4951112233", {"Пётр Иванов"}),
        ("example.com", {"Tom Smith", "tom ömer"}),
        ("smith tom", {"Tom Smith"}),
        ("apple", {"Apple Inc."}),
        ("%", {"100% a_b"}),
        ("a_b", {"100% a_b"}),
        ('"', set()),
        ("malaga", set()),
        ("ö", {"tom ömer"} | {"José"}),
    ],
)
def test_search_finds_every_word_in_any_script_and_case(
    text: str, found: set[str], actor: Actor
) -> None:
    if text == "ö":
        # Accents do not count, so this is the letter o.
        assert found <= set(names(actor, search=text))
        return
    assert set(names(actor, search=text)) == found


def test_a_wide_search_also_looks_into_tags_and_addresses(actor: Actor) -> None:
    assert names(actor, search="malaga", wide=True) == ["José"]
    assert set(names(actor, search="cold", wide=True)) == {"Apple Inc.", "Пётр Иванов"}


def test_lists_are_ordered_by_last_name_then_first_name_blanks_first(actor: Actor) -> None:
    expected = ["Apple Inc.", "Dot", "José", "Kim", "100% a_b", "tom ömer", "Tom Smith"]
    expected.append("Пётр Иванов")
    assert names(actor) == expected
    back = sorted_by(actor, "sort_name", descending=True)
    assert names(actor, sort=(back,)) == expected[::-1]


def test_pages_never_overlap_and_leave_nothing_out(actor: Actor) -> None:
    for key in ("sort_name", "job_title", "created_at", "company", "emails", "kind", "owner"):
        sort = (sorted_by(actor, key),)
        seen: list[int] = []
        for offset in range(0, 10, 2):
            seen += search(actor, Query(sort=sort, offset=offset, limit=2)).ids
        assert len(seen) == len(set(seen)) == len(PEOPLE), key


def test_what_one_may_not_see_is_in_no_answer(actor: Actor, charlie: User) -> None:
    outsider = actor_for(charlie)
    assert search(outsider, Query()).total == 0
    assert search(outsider, Query(search="tom")).total == 0
    ids = search(actor, Query()).ids
    assert find_contacts(outsider, ids) == {}


def test_a_field_that_one_may_not_read_can_be_neither_filtered_nor_sorted_by(
    actor: Actor, ada: User
) -> None:
    secret = make_custom_field("Salary", type="integer", access="administrators")
    with pytest.raises(UnknownFieldError):
        where(actor, f"custom_{secret.pk}", "ge", 1)
    with pytest.raises(UnknownFieldError):
        sorted_by(actor, f"custom_{secret.pk}")
    assert where(actor_for(ada), f"custom_{secret.pk}", "ge", 1)


def test_operators_and_literals_that_do_not_suit_a_field_are_named(actor: Actor) -> None:
    with pytest.raises(BadOperatorError) as operator:
        where(actor, "birthday", "contains", "x")
    assert (operator.value.name, operator.value.operator) == ("birthday", "contains")
    with pytest.raises(BadValueError) as value:
        where(actor, "birthday", "eq", "yesterday")
    assert value.value.value == "yesterday"


@pytest.mark.parametrize("limit", ["depth", "comparisons", "text"])
def test_conditions_beyond_the_limits_are_refused(limit: str, actor: Actor) -> None:
    one = where(actor, "first_name", "eq", "x")
    condition: Condition = one
    if limit == "depth":
        for _level in range(40):
            condition = Not(condition)
    elif limit == "comparisons":
        condition = Or((one,) * 501)
    else:
        condition = where(actor, "first_name", "eq", "x" * 17_000)
    with pytest.raises(TooComplexError) as refused:
        search(actor, Query(condition=condition))
    assert refused.value.name == limit


@pytest.mark.parametrize("kind", ["unfiltered", "filtered", "searched", "sorted"])
def test_a_page_costs_the_same_few_statements_whatever_its_size(
    kind: str, actor: Actor, project: Project, django_assert_max_num_queries: Any
) -> None:
    extra: dict[str, Any] = {
        "unfiltered": {},
        "filtered": {"condition": where(actor, "tags", "has_any", ["vip"])},
        "searched": {"search": "tom"},
        "sorted": {"sort": (sorted_by(actor, "job_title"),)},
    }[kind]
    # A new request begins. Small tables are read once per process; what counts is what follows.
    reference.forget()
    search(actor, Query(limit=2, **extra))
    # Two here; a request adds the one that finds the actor. A large total not known is one more,
    # and so is a look at the first links of a tag, or along values, that do not fill the page, and
    # the ids that SQLite's index of words has.
    most = 2 if kind == "unfiltered" else 3
    with django_assert_max_num_queries(most):
        search(actor, Query(limit=2, **extra))
    with django_assert_max_num_queries(most):
        search(actor, Query(limit=100, **extra))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("offset", [0, 3])
def test_a_page_of_a_tag_is_the_same_whether_its_links_lead_there_or_not(
    offset: int, descending: bool, actor: Actor, project: Project, elsewhere: Project
) -> None:
    names = ["Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Gus"]
    place = {"projects": [project.pk]}
    for name in names:
        tags = ["other"] if name == "Cid" else ["followed"]
        make_contact(actor, first_name=name, tags=tags, **place)
    hidden = make_contact(first_name="Ann", tags=["followed"], projects=[elsewhere.pk])
    tagged = where(actor, "tags", "has_any", ["followed"])
    sort = (sorted_by(actor, "sort_name", descending=descending),)
    query = Query(condition=tagged, sort=sort, offset=offset)

    # Two of six: the links fill the page; a hundred: they cannot, so all matches are looked for.
    few, all_of_them = (search(actor, replace(query, limit=limit)) for limit in (2, 100))

    assert hidden.pk not in all_of_them.ids
    assert len(all_of_them.ids) == 6 - offset
    assert few.ids == all_of_them.ids[:2]
    assert few.total == all_of_them.total == 6


@pytest.mark.parametrize("descending", [False, True])
def test_links_are_followed_far_enough_for_whoever_sees_few_of_them(
    descending: bool, actor: Actor, elsewhere: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "AT_LEAST", 4)
    monkeypatch.setattr(following, "LOOKED_AT", 11)
    made = [make_contact(actor, first_name=name, tags=["followed"]).pk for name in "AFG"]
    for name in "BCDEHIJK":
        make_contact(first_name=name, tags=["followed"], projects=[elsewhere.pk])
    tagged = where(actor, "tags", "has_any", ["followed"])
    sort = (sorted_by(actor, "sort_name", descending=descending),)
    query = Query(condition=tagged, sort=sort, total=False)
    in_order = made[::-1] if descending else made
    for limit, found in ((1, in_order[:1]), (2, in_order[:2]), (3, in_order), (9, in_order)):
        assert search(actor, replace(query, limit=limit)).ids == found
    # One of the first four or eight is seen; two are among those that are looked at.
    with CaptureQueriesContext(connection) as asked:
        search(actor, replace(query, limit=2))
    assert not any("LIMIT 10001" in each["sql"] for each in asked)


@pytest.mark.parametrize("kind", ["contact", "deal", "project"])
@pytest.mark.parametrize("long", ["q" * 60_000, "%" * 60_000, "юю" * 30_000])
def test_a_search_of_endless_words_finds_nothing_and_breaks_nothing(
    actor: Actor, kind: str, long: str
) -> None:
    make_contact(first_name="Anna", background="q" * 900)

    assert search(actor, Query(kind=kind, search=long, wide=True)).total == 0
