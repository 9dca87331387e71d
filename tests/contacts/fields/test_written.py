"""A pattern finds the same whether or not it is told in which range of values to look."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.fields.storage.written import range_of

DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2020, 2, 29), date(1980, 12, 31)])
SECONDS = st.integers(0, 86_399) | st.sampled_from([0, 86_399])


def within(type_name: str, pattern: str, value: object) -> bool:
    """Tell whether a value lies in the range of a pattern."""
    tests = {
        "column": lambda bound: value == bound,
        "column__gte": lambda bound: value >= bound,
        "column__lte": lambda bound: value <= bound,
        "column__lt": lambda bound: value < bound,
        "pk__in": lambda _bound: False,
    }
    condition = range_of("column", type_name, pattern, lambda each: each)
    assert not condition.negated
    return all(tests[name](bound) for name, bound in condition.children)


@st.composite
def patterns(draw: st.DrawFn, text: str) -> str:
    """Return a pattern that fits a text: some of its characters are wildcards."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    kept = [draw(st.sampled_from([char, char, "_", f"\\{char}"])) for char in text]
    middle = draw(st.sampled_from(["%", "".join(kept[start:end])]))
    return "".join(kept[:start]) + middle + "".join(kept[end:])


@given(data=st.data(), day=DAYS, second=SECONDS, microsecond=st.sampled_from([0, 1, 999_999]))
def test_what_fits_a_pattern_lies_in_its_range(
    data: st.DataObject, day: date, second: int, microsecond: int
) -> None:
    clock = datetime.min + timedelta(seconds=second, microseconds=microsecond)
    moment = datetime.combine(day, clock.time(), UTC)
    written = moment.isoformat(sep=" ", timespec="seconds").partition("+")[0]
    assert within("datetime", data.draw(patterns(written)), moment)
    assert within("date", data.draw(patterns(day.isoformat())), day)
    assert within("integer", data.draw(patterns(str(second - 40_000))), second - 40_000)


@pytest.mark.parametrize(
    "pattern", ["2020-13%", "2020-02-30%", "2020/%", "%x%", "2020-02-1", "0000%"]
)
def test_what_no_day_is_written_like_finds_nothing(pattern: str) -> None:
    days = [date(2020, 2, 1) + timedelta(days=each) for each in range(366)]
    assert not any(within("date", pattern, day) for day in days)


def test_a_pattern_narrows_the_range_to_what_it_begins_with() -> None:
    assert within("date", "2020-1%", date(2020, 10, 1))
    assert not within("date", "2020-1%", date(2020, 9, 30))
    moment = datetime(2020, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)
    assert within("datetime", "2020-02-29%", moment)
    assert not within("datetime", "2020-02-29%", moment + timedelta(microseconds=1))
