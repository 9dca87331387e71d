"""What conditions mean where the databases, left alone, would differ or fail."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import BadValueError, NotFoundError, TooComplexError
from contacts.fields import Field, catalogue
from contacts.models import Contact, Project, User
from contacts.query import And, Not, Or, Query, find_contacts, get_contact, search, sorted_by, where
from tests.builders import actor_for, make_contact, make_custom_field

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(alice: User, project: Project) -> Actor:
    return actor_for(alice)


def names(actor: Actor, key: str, operator: str, value: Any, **flags: Any) -> list[str]:
    page = search(actor, Query(condition=where(actor, key, operator, value, **flags)))
    assert page.total == len(page.documents)
    return [str(document["first_name"]) for document in page.documents]


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("eq", "Tom", ["Tom"]),
        ("contains", "om", ["Tom"]),
        ("contains", "OM", ["TOM"]),
        ("starts_with", "TO", ["TOM", "TOm"]),
        ("ends_with", "m", ["TOm", "Tom"]),
        ("like", "T_m", ["TOm", "Tom"]),
        ("like", "T%M", ["TOM"]),
        ("in", ["Tom", "tom"], ["Tom"]),
        ("ne", "Tom", ["TOM", "TOm"]),
    ],
)
def test_case_matters_only_where_it_is_asked_to(
    operator: str, value: Any, found: list[str], actor: Actor
) -> None:
    """SQLite's LIKE takes "a" for "A", whatever was asked."""
    for name in ("Tom", "TOM", "TOm"):
        make_contact(actor, first_name=name)
    assert sorted(names(actor, "first_name", operator, value, case_sensitive=True)) == found
    everybody = [] if operator == "ne" else ["TOM", "TOm", "Tom"]
    assert sorted(names(actor, "first_name", operator, value)) == everybody


def test_a_contact_with_two_matching_channels_is_listed_once(actor: Actor) -> None:
    """Asking for case made the list join the e-mails, and the contact came once for each."""
    make_contact(actor, first_name="Tom", emails=["tom@x.org", "Tom@x.org", "tim@x.org"])
    assert names(actor, "emails", "contains", "x.org", case_sensitive=True) == ["Tom"]
    assert names(actor, "emails", "eq", "Tom@x.org", case_sensitive=True) == ["Tom"]
    assert names(actor, "emails", "eq", "TOM@x.org", case_sensitive=True) == []
    primary = {"case_sensitive": True, "scope": "primary"}
    assert names(actor, "emails", "eq", "Tom@x.org", **primary) == []
    assert names(actor, "emails", "eq", "tom@x.org", **primary) == ["Tom"]


@pytest.mark.parametrize("key", ["first_name", "background", "preferred_language", "custom"])
@pytest.mark.parametrize(
    ("operator", "value", "is_found"),
    [
        ("contains", "50%_*[x]", True),
        ("contains", "5_%", False),
        ("like", r"%50\%\_*[X]%", True),
        ("like", "%50%]%", True),
        ("like", "50\\", False),
        ("starts_with", "Ä 50", True),
        ("starts_with", "50", False),
        ("ends_with", "] ß", True),
        ("between", ["a", "b"], True),
        ("between", ["b", "a"], False),
        ("between", ["a", "a 4"], False),
        ("in", ["A 50%_*[X] SS", "other"], True),
        ("in", [], False),
        ("ne", "a 50%_*[x] ss", False),
        ("gt", "a", True),
        ("lt", "a", False),
        ("is_empty", False, True),
    ],
)
def test_texts_compare_alike_wherever_they_are_stored(
    key: str, operator: str, value: Any, is_found: bool, actor: Actor
) -> None:
    field = make_custom_field("Field")
    key = f"custom_{field.pk}" if key == "custom" else key
    make_contact(actor, **{"first_name": "Tom", key: "Ä 50%_*[x] ß"})
    found = search(actor, Query(condition=where(actor, key, operator, value))).total
    assert found == int(is_found)


def test_a_long_text_is_compared_as_a_whole(actor: Actor) -> None:
    """Only the first 255 characters once decided: two long texts were the same."""
    field = make_custom_field("Field", type="long_text")
    key, start = f"custom_{field.pk}", "Ä" * 255
    make_contact(actor, first_name="End", **{key: f"{start} end"})
    make_contact(actor, first_name="Start", **{key: start})
    for operator, value, found in (
        ("eq", f"{start} END", ["End"]),
        ("eq", start, ["Start"]),
        ("ne", start, ["End"]),
        ("in", [start, f"{start} end"], ["End", "Start"]),
        ("starts_with", f"{start} e", ["End"]),
        ("ends_with", "Ä", ["Start"]),
        ("contains", "end", ["End"]),
        ("like", "%Ä", ["Start"]),
    ):
        assert sorted(names(actor, key, operator, value)) == found, (operator, value)
    make_contact(actor, first_name="x" * 255)
    assert names(actor, "first_name", "contains", "x" * 256) == []


def test_a_whole_number_is_found_among_those_of_its_type(actor: Actor) -> None:
    """Each number of the type was folded, where the index of all numbers leads to a few."""
    for name, sort in (("Fay", "fax"), ("Moe", "mobile")):
        make_contact(actor, first_name=name, phones=[{"number": "+1 (55) 66-77", "type": sort}])
    for operator, value in (
        ("eq", "+1 (55) 66-77"),
        ("eq", "155 66 77"),
        ("in", ["+1 (55) 66-77"]),
    ):
        assert names(actor, "fax", operator, value) == ["Fay"]
        assert names(actor, "mobile_phone", operator, value) == ["Moe"]
    assert names(actor, "fax", "eq", "+1 (55) 66-77", case_sensitive=True) == ["Fay"]
    assert names(actor, "fax", "eq", "66-77") == []


def test_a_text_that_is_folded_when_it_is_asked_for_may_be_empty(actor: Actor) -> None:
    for name, title in (("Ada", "Dr. É"), ("Bob", "")):
        make_contact(actor, first_name=name, background=title)
    for operator, value, found in (
        ("eq", "dr. e", ["Ada"]),
        ("eq", "", ["Bob"]),
        ("in", ["DR. É", "x"], ["Ada"]),
        ("contains", "É", ["Ada"]),
        ("like", "%r. _", ["Ada"]),
        ("like", "%", ["Ada", "Bob"]),
        ("gt", "a", ["Ada"]),
        ("lt", "e", ["Ada", "Bob"]),
        ("ne", "x", ["Ada", "Bob"]),
    ):
        assert sorted(names(actor, "background", operator, value)) == found, (operator, value)


def test_a_value_that_is_missing_is_none_of_those_that_are_denied(actor: Actor) -> None:
    """It was neither so nor not so: whoever had no birthday was in no list."""
    for born in ("2020-01-01", ""):
        make_contact(actor, first_name="Tom", middle_name=born or "none", birthday=born)
    young = where(actor, "birthday", "gt", "2000-01-01")
    toms = where(actor, "first_name", "eq", "tom")
    for condition, found in (
        (And((toms, young)), ["2020-01-01"]),
        (Not(And((toms, young))), ["none"]),
        (Not(And((toms, Not(young)))), ["2020-01-01"]),
        (Not(Or((where(actor, "last_name", "eq", "x"), And((toms, young))))), ["none"]),
        (Not(where(actor, "owner", "is_empty", value=False)), ["2020-01-01", "none"]),
        (where(actor, "external_identifier", "ne", "x", include_empty=False), []),
    ):
        page = search(actor, Query(condition=condition))
        assert sorted(str(each["middle_name"]) for each in page.documents) == found, condition


def test_yes_or_no_is_never_empty(actor: Actor) -> None:
    """All contacts were looked through for one that is neither."""
    make_contact(actor, first_name="Tom")
    for key in ("do_not_email", "is_deceased"):
        assert names(actor, key, "is_empty", True) == []
        assert names(actor, key, "is_empty", False) == ["Tom"]


def test_a_pattern_finds_days_wherever_they_are_stored(actor: Actor) -> None:
    """Days in rows of facts and of notes made `like` an error of the server."""
    field = make_custom_field("Day", type="date")
    days = {"birthday": "1980-06-08", "support_starts_on": "1980-06-08"}
    make_contact(actor, first_name="Tom", **{f"custom_{field.pk}": "1980-06-08"}, **days)
    make_contact(actor, first_name="Tim", birthday="1981-06-08", support_starts_on="1981-06-08")
    for key in (*days, f"custom_{field.pk}"):
        for pattern in ("1980-%", "19_0-%", "1980-06-08", "%0-06-08", "1980-06-0%", "198%0-%"):
            assert names(actor, key, "like", pattern) == ["Tom"], (key, pattern)
        for pattern in ("1980-06", "1980-06-08 %", "1980-13-%", "%x", r"1980\%", "198%9%", ""):
            assert names(actor, key, "like", pattern) == [], (key, pattern)
    for key in (key for key, each in catalogue("contact").by_key.items() if is_like(each)):
        assert names(actor, key, "like", "1066-%") == [], key


def test_a_pattern_finds_moments_and_numbers(actor: Actor) -> None:
    contact = make_contact(actor, first_name="Tom")
    moment = datetime(2020, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)
    Contact.objects.filter(pk=contact.pk).update(created_at=moment, employee_count=1204)
    for key, pattern, is_found in (
        ("created_at", "2020-02-29%", True),
        ("created_at", "2020-02-29 23:59:59", True),
        ("created_at", "2020-02-29 23:59:5%", True),
        ("created_at", "2020-02-29 2_:%", True),
        ("created_at", "2020-03-%", False),
        ("created_at", "2020-02-29", False),
        ("created_at", "2020-02-30%", False),
        ("employee_count", "1204", True),
        ("employee_count", "12%", True),
        ("employee_count", "%04", True),
        ("employee_count", "01204", False),
        ("employee_count", "1204.%", False),
        ("employee_count", "9" * 30, False),
        ("employee_count", "-%", False),
    ):
        found = names(actor, key, "like", pattern)
        assert found == ["Tom"] * is_found, (key, pattern)


def is_like(field: Field) -> bool:
    is_text = field.type.name in ("text", "long_text", "channels")
    return field.is_filterable and not is_text and "like" in field.type.operators


@pytest.mark.parametrize("contact_id", [0, -1, 2**63 - 1, 2**63, 10**30])
def test_numbers_that_are_no_ids_find_nothing(contact_id: int, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        get_contact(actor, contact_id)
    assert find_contacts(actor, [contact_id]) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [("projects", 2**63), ("tags", 2**63), ("owner", 2**63), ("employer", "²"), ("id", 10**30)],
)
def test_a_filter_for_an_id_that_cannot_be_is_a_bad_value(
    key: str, value: object, actor: Actor
) -> None:
    operator, asked = ("has_any", [value]) if key in ("projects", "tags") else ("eq", value)
    with pytest.raises(BadValueError):
        where(actor, key, operator, asked)


@pytest.mark.parametrize(("offset", "limit"), [(2**70, 5), (-1, 5), (0, -5), (0, 2**70)])
def test_no_window_breaks_a_list(offset: int, limit: int, actor: Actor) -> None:
    make_contact(actor)
    for extra in ({}, {"search": "tom"}, {"sort": (sorted_by(actor, "created_at"),)}):
        page = search(actor, Query(offset=offset, limit=limit, **extra))  # type: ignore[arg-type]  # as named
        assert len(page.documents) == int(0 <= max(offset, 0) < 1 and limit > 0)


def test_text_is_bounded_in_bytes(actor: Actor) -> None:
    """SQLite refuses patterns of more than 50,000 bytes: that was a failure of ours."""
    fits = where(actor, "first_name", "contains", "*" * 16_384)
    assert search(actor, Query(condition=Not(fits))).total == 0
    with pytest.raises(TooComplexError):
        search(actor, Query(condition=where(actor, "first_name", "contains", "李" * 6_000)))
