"""Whose birthday it is in the coming days."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from contacts.access import Actor
from contacts.access.visibility import visible_contacts

DAYS = 14
MOST = 5
OLDEST = 115


@dataclass(frozen=True, slots=True)
class Birthday:
    """Somebody's next birthday."""

    name: str
    url: str
    on: date
    age: int


def soon(actor: Actor) -> list[Birthday]:
    """Return the next birthdays of contacts that the actor sees, the nearest first.

    All days of the coming weeks in all years of a life are asked for as they are: to take month and
    day out of each birthday would cost more than the few hundred comparisons.
    """
    today = timezone.localdate()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    born = [each for day in days for each in _in_all_years(day)]
    rows = (
        visible_contacts(actor, users=False).filter(birthday__in=born, is_deceased=False).order_by()
    )
    coming = {(day.month, day.day): day for day in days}
    found = [
        (coming[born_on.month, born_on.day], pk, name, born_on)
        for pk, name, born_on in rows.values_list("pk", "display_name", "birthday")
        if born_on is not None
    ]
    return [_birthday(*each) for each in sorted(found)[:MOST]]


def _in_all_years(day: date) -> list[date]:
    years = range(day.year - OLDEST, day.year + 1)
    found = [_same_day(day, year) for year in years]
    return [each for each in found if each is not None]


def _same_day(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _birthday(on: date, pk: int, name: str, born: date) -> Birthday:
    url = reverse("admin:contacts_contact_page", args=[pk])
    return Birthday(name, url, on, on.year - born.year)
