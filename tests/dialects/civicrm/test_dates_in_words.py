"""Days and moments as PHP reads them: in words, and in the spellings of several countries."""

from datetime import UTC, datetime

import pytest

from api.civicrm.mapping.phrases import moment_said
from tests.dialects.civicrm.calling import Caller

NOW = datetime(2026, 11, 30, 16, 20, 30, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now - 2 months", "2026-09-30 16:20:30"),
        ("- 3 years", "2023-11-30 16:20:30"),
        ("2 days ago", "2026-11-28 16:20:30"),
        ("tomorrow", "2026-12-01 00:00:00"),
        ("tomorrow + 2 hours", "2026-12-01 02:00:00"),
        ("yesterday noon", "2026-11-29 12:00:00"),
        ("last week", "2026-11-23 16:20:30"),
        ("next year", "2027-11-30 16:20:30"),
        ("first day of next month - 2 years", "2024-12-01 16:20:30"),
        ("last day of february 2024", "2024-02-29 00:00:00"),
        ("monday", "2026-11-30 00:00:00"),
        ("next monday", "2026-12-07 00:00:00"),
        ("last friday", "2026-11-27 00:00:00"),
        ("1 january 2020", "2020-01-01 00:00:00"),
        ("jan 31, 2020 3pm", "2020-01-31 15:00:00"),
        ("2nd june 2021", "2021-06-02 00:00:00"),
        ("01/31/2020", "2020-01-31 00:00:00"),
        ("31.01.2020", "2020-01-31 00:00:00"),
        ("2020-1-5", "2020-01-05 00:00:00"),
        ("2020-01-31 +1 month", "2020-02-29 00:00:00"),
        ("10:30", "2026-11-30 10:30:00"),
    ],
)
def test_words_say_moments(text: str, moment: str) -> None:
    said = moment_said(text, NOW)
    assert said is not None
    assert said.replace(tzinfo=None).isoformat(" ") == moment


@pytest.mark.parametrize("text", ["", "abc", "month", "12", "nowhere", "1st", "now " * 100])
def test_other_words_say_none(text: str) -> None:
    assert moment_said(text, NOW) is None


@pytest.mark.django_db
def test_contacts_are_born_on_days_said_in_words(as_alice: Caller) -> None:
    ann = as_alice.person(birth_date="31 January 1990")
    as_alice.person("Ben", birth_date="01/02/1990")
    assert as_alice.ok("Contact", "getsingle", id=ann)["birth_date"] == "1990-01-31"
    assert as_alice.ok("Contact", "get", birth_date="Jan 31, 1990")["id"] == ann
    later = as_alice.ok("Contact", "get", birth_date={">": "first day of january 1990 +1 week"})
    assert later["id"] == ann
    for text in ("31 February 1990", "13/45/1990", "99999 years"):
        told = as_alice.call("Contact", "create", id=ann, birth_date=text)["error_message"]
        assert told == f"birth_date is not a valid date: {text}"
