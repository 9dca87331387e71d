"""Days and moments in conditions of version 4: periods, words, what is joined or shown alone."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import call, values

# A Wednesday; its week began on the 17th.
NOW = "2026-05-20T12:00:00Z"
DAYS = (
    *("2024-12-31", "2025-05-21", "2026-04-20", "2026-04-30", "2026-05-06"),
    *("2026-05-19", "2026-05-20", "2026-05-27", "2026-06-15", "2027-01-01"),
)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def bea(as_alice: Caller) -> int:
    """Return the id of somebody with an activity on each of the days."""
    bea = as_alice.person("Bea")
    for day in DAYS:
        given = {"activity_date_time": f"{day} 09:00:00", "subject": day, "target_contact_id": bea}
        as_alice.ok("Activity", "create", activity_type_id="Meeting", **given)
    return bea


def subjects(caller: Caller, *where: Any, **more: Any) -> list[str]:
    asked = {"select": ["subject"], "where": where, "orderBy": {"subject": "ASC"}, **more}
    return [row["subject"] for row in values(caller, "Activity/get", asked)]


@pytest.mark.usefixtures("bea")
@pytest.mark.parametrize(
    ("operator", "period", "first", "last"),
    [
        ("=", "current.month", "2026-05-06", "2026-05-20"),
        ("=", "previous_before.year", "2024-12-31", "2024-12-31"),
        ("=", "previous_2.year", "2024-12-31", "2025-05-21"),
        ("=", "next_2.week", "2026-05-27", "2026-05-27"),
        ("=", "ending_30.day", "2026-04-30", "2026-05-20"),
        ("=", "ending.month", "2026-04-30", "2026-05-20"),
        ("=", "ending.year", "2025-05-21", "2026-05-20"),
        ("=", "starting.week", "2026-05-20", "2026-05-20"),
        ("=", "starting_8.day", "2026-05-20", "2026-05-27"),
        ("=", "earlier.year", "2024-12-31", "2025-05-21"),
        ("=", "less.month", "2024-12-31", "2026-05-27"),
        ("=", "greater.quarter", "2026-04-20", "2027-01-01"),
        ("=", "greater_previous.day", "2026-05-19", "2027-01-01"),
        (">", "ending_30.day", "2026-05-27", "2027-01-01"),
        ("BETWEEN", ["previous.year", "this.week"], "2025-05-21", "2026-05-20"),
        ("BETWEEN", ["2026-05-01", "this.month"], "2026-05-06", "2026-05-27"),
    ],
)
def test_periods_go_by_all_of_their_names(
    as_alice: Caller, operator: str, period: Any, first: str, last: str
) -> None:
    """Only this, the previous and the next of a unit were known, and none of them as a bound."""
    found = subjects(as_alice, ["activity_date_time", operator, period])
    assert found == list(DAYS[DAYS.index(first) : DAYS.index(last) + 1])


@pytest.mark.parametrize("period", ["ending_x.day", "before.year", "ending.century", "this."])
def test_what_names_no_period_is_no_date(as_alice: Caller, period: str) -> None:
    asked = {"where": [["activity_date_time", "=", period]]}
    answer = call(as_alice, "Activity/get", asked, 400)
    assert answer["error_message"] == f"activity_date_time is not a valid date: {period}"


@pytest.mark.parametrize(
    ("operator", "said", "kept"),
    [
        ("=", "this.month", DAYS[4:8]),
        (">", "now - 2 week", DAYS[5:]),
        ("<", "1 January 2026", DAYS[:2]),
        ("IN", ["2026-05-20 09:00:00"], DAYS[6:7]),
    ],
)
def test_days_of_what_is_joined_are_said_in_words(
    as_alice: Caller, bea: int, operator: str, said: Any, kept: tuple[str, ...]
) -> None:
    """They were compared letter by letter, and so found nothing or everything."""
    join = ["Activity AS work", "INNER", "ActivityContact", ["id", "=", "work.contact_id"]]
    asked = {
        "select": ["work.subject"],
        "join": [join],
        "where": [["id", "=", bea], ["work.activity_date_time", operator, said]],
        "orderBy": {"work.subject": "ASC"},
    }
    found = values(as_alice, "Contact/get", asked)
    assert [row["work.subject"] for row in found] == list(kept)

    on_the_join = [*join, ["work.activity_date_time", operator, said]]
    asked = {**asked, "join": [on_the_join], "where": [["id", "=", bea]]}
    assert values(as_alice, "Contact/get", asked) == found


def test_activities_are_joined_by_who_has_to_do_with_them(as_alice: Caller, bea: int) -> None:
    """The contact was looked for in the activity, where there is no such field, and not beside."""
    for role, expected in (("Activity Targets", len(DAYS)), ("Activity Source", 0)):
        conditions = [["id", "=", "a1.contact_id"], ["a1.record_type_id:name", "=", f'"{role}"']]
        asked = {
            "select": ["COUNT(a1.id) AS number"],
            "join": [["Activity AS a1", "INNER", "ActivityContact", *conditions]],
            "where": [["id", "=", bea]],
        }
        assert values(as_alice, "Contact/get", asked) == [{"number": expected}]


def test_who_has_nothing_beyond_stays_once_in_a_left_join(as_alice: Caller, bea: int) -> None:
    conditions = [["id", "=", "a1.contact_id"], ["a1.activity_date_time", ">", "now + 1 month"]]
    asked = {
        "select": ["first_name", "a1.subject"],
        "join": [["Activity AS a1", "LEFT", "ActivityContact", *conditions]],
        "where": [["id", "IN", [bea, as_alice.person("Cid")]]],
        "orderBy": {"first_name": "ASC"},
    }
    found = values(as_alice, "Contact/get", asked)
    assert [(row["first_name"], row["a1.subject"]) for row in found] == [
        ("Bea", "2027-01-01"),
        ("Cid", None),
    ]
    conditions[1][2] = "now + 1 year"
    found = values(as_alice, "Contact/get", asked)
    assert [(row["first_name"], row["a1.subject"]) for row in found] == [
        ("Bea", None),
        ("Cid", None),
    ]


@pytest.mark.usefixtures("bea")
def test_totals_are_compared_with_days_in_words(as_alice: Caller) -> None:
    asked = {
        "select": ["activity_type_id:name", "MAX(activity_date_time) AS last"],
        "groupBy": ["activity_type_id:name"],
    }
    for said, number in (("now + 1 week", 1), ("next.year", 0), ("now + 1 year", 0)):
        having = {**asked, "having": [["last", ">", said]]}
        assert len(values(as_alice, "Activity/get", having)) == number
    by_day = [["DATE(activity_date_time)", "=", "yesterday"]]
    assert subjects(as_alice, *by_day) == ["2026-05-19"]


@pytest.mark.usefixtures("bea")
def test_having_may_name_what_is_not_shown(as_alice: Caller) -> None:
    """It took such a field for one without a value."""
    asked = {"select": ["id"], "having": [["subject", "=", "2026-05-19"]]}
    assert len(values(as_alice, "Activity/get", asked)) == 1
    answer = call(as_alice, "Activity/get", {**asked, "having": [["nonsense", "=", 1]]}, 400)
    assert answer["error_message"] == "Invalid field 'nonsense'"


def test_a_tie_tells_whether_it_holds_today(as_ada: Caller) -> None:
    """It could be asked for, and was never told."""
    bea, cid = as_ada.person("Bea"), as_ada.person("Cid")
    given = {"contact_id_a": bea, "contact_id_b": cid}
    more = ({}, {"end_date": "now"}, {"end_date": "now - 1 day"}, {"is_active": 0})
    for kind, each in enumerate(more, start=1):
        as_ada.ok("Relationship", "create", relationship_type_id=kind, **given, **each)

    asked = {"select": ["is_current"], "where": [["contact_id_a", "=", bea]]}
    found = values(as_ada, "Relationship/get", {**asked, "orderBy": {"id": "ASC"}})
    assert [row["is_current"] for row in found] == [True, True, False, False]
    for truth in (True, False):
        where = [*asked["where"], ["is_current", "=", truth]]
        assert len(values(as_ada, "Relationship/get", {"where": where})) == 2
    (whole, *_rest) = values(as_ada, "Relationship/get", {"where": asked["where"]})
    assert "is_current" not in whole
    shown = as_ada.ok("Relationship", "get", {"contact_id_a": bea, "sequential": 1})["values"]
    assert "is_current" not in shown[0]
