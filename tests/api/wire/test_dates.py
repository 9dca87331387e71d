"""Dates, times, and periods."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wire.dates import first_instant, names_a_day, read_date, read_moment, utc_text
from api.wire.errors import MalformedError
from api.wire.periods import PERIODS, days_around, instants, period

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.000Z",
        "2026-03-01t12:00z",
        "2026-03-01 15:00:00+03:00",
        "2026-03-01T15:00:00 03:00",
        "2026-03-01T15:00:00+0300",
        "2026-03-01T15:00+03",
        "2026-03-01T07:00:00-05:00",
        "2026-03-01T15:00:00",
        "2026-03-01 15:00",
        "20260301150000",
        "20260301T150000",
        " 2026-03-01T15:00 ",
    ],
)
def test_the_spellings_of_one_instant(text: str) -> None:
    assert read_moment(text, MOSCOW) == NOON


def test_a_date_alone_is_the_first_instant_of_the_day() -> None:
    assert read_moment("2026-03-01", MOSCOW) == datetime(2026, 2, 28, 21, tzinfo=UTC)
    assert names_a_day("2026-03-01")
    assert not names_a_day("2026-03-01T00:00")


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-13-01", "2026-02-30", "2026-01-01T24:00", "2026-01-01T10:00+99:00",
     "٢٠٢٦-01-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "2026-1-1", "1" * 5000],
)  # fmt: skip
def test_no_instant_is_read_from(text: str) -> None:
    with pytest.raises(MalformedError):
        read_moment(text, UTC)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_any_instant_survives_printing_and_reading(naive: datetime, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    moment = naive.replace(microsecond=0, tzinfo=zone)
    assert read_moment(utc_text(moment), MOSCOW) == moment
    assert read_moment(moment.isoformat(), MOSCOW) == moment


def test_printed_instants_are_whole_seconds_of_utc() -> None:
    assert utc_text(datetime(2026, 11, 21, 22, 41, 30, 999, tzinfo=UTC)) == "2026-11-21T22:41:30Z"
    assert utc_text(datetime(33, 1, 1, tzinfo=UTC)) == "0033-01-01T00:00:00Z"


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    for read in (read_date, lambda value: read_moment(value, UTC)):
        with suppress(MalformedError):
            read(text)


THURSDAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", date(2024, 2, 29), date(2024, 3, 1)),
        ("yesterday", date(2024, 2, 28), date(2024, 2, 29)),
        ("tomorrow", date(2024, 3, 1), date(2024, 3, 2)),
        ("this_week", date(2024, 2, 26), date(2024, 3, 4)),
        ("last_week", date(2024, 2, 19), date(2024, 2, 26)),
        ("next_week", date(2024, 3, 4), date(2024, 3, 11)),
        ("last_2_weeks", date(2024, 2, 12), date(2024, 2, 26)),
        ("this_month", date(2024, 2, 1), date(2024, 3, 1)),
        ("last_month", date(2024, 1, 1), date(2024, 2, 1)),
        ("next_month", date(2024, 3, 1), date(2024, 4, 1)),
        ("this_quarter", date(2024, 1, 1), date(2024, 4, 1)),
        ("last_quarter", date(2023, 10, 1), date(2024, 1, 1)),
        ("this_year", date(2024, 1, 1), date(2025, 1, 1)),
        ("next_year", date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_periods_around_a_leap_day(name: str, start: date, end: date) -> None:
    assert period(name, THURSDAY) == (start, end)


def test_a_week_may_begin_on_sunday() -> None:
    assert period("this_week", THURSDAY, first_weekday=6) == (date(2024, 2, 25), date(2024, 3, 3))


def test_the_last_seven_days() -> None:
    assert days_around(THURSDAY, -7, 0) == (date(2024, 2, 22), date(2024, 3, 1))


def test_a_day_of_a_changing_clock_is_23_hours_long() -> None:
    start, end = instants(period("today", date(2026, 3, 29)), ZoneInfo("Europe/Berlin"))
    assert end - start == timedelta(hours=23)


@given(st.dates(date(2, 1, 1), date(9997, 12, 31)), st.sampled_from(sorted(PERIODS)))
def test_this_period_holds_today_and_neighbours_touch(today: date, name: str) -> None:
    start, end = period(name, today)
    assert start < end
    if name.startswith("this_"):
        assert start <= today < end
        assert period(name.replace("this", "last"), today)[1] == start
        assert period(name.replace("this", "next"), today)[0] == end


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize("name", ["last_year", "next_year", "last_week", "next_week"])
def test_the_ends_of_the_calendar_are_refused_not_crashed(today: date, name: str) -> None:
    with suppress(MalformedError):
        instants(period(name, today), ZoneInfo("Asia/Tokyo"))


def test_unknown_periods_are_refused() -> None:
    with pytest.raises(MalformedError):
        period("someday", THURSDAY)


def test_the_first_instant_at_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(MalformedError):
        first_instant(date.min, ZoneInfo("Asia/Tokyo"))
