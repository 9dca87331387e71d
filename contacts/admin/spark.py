"""How many contacts were new on each of the last days, as a small drawing with its numbers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from contacts.access import Actor
from contacts.access.visibility import visible_contacts

DAYS = 14
HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: its number, and where its bar stands in a drawing that is HEIGHT high."""

    day: date
    count: int
    x: int
    y: int
    height: int


def new_contacts(actor: Actor) -> list[Bar]:
    """Return one bar for each of the last days; none where there is nothing to show."""
    today = timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    rows = visible_contacts(actor, users=False).filter(created_at__gte=since).order_by()
    by_day = dict(
        rows.annotate(day=TruncDate("created_at"))
        .values("day")
        .annotate(count=Count("pk"))
        .values_list("day", "count")
    )
    most = max(by_day.values(), default=0)
    if not most:
        return []
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [_bar(place, day, by_day.get(day, 0), most) for place, day in enumerate(days)]


def _bar(place: int, day: date, count: int, most: int) -> Bar:
    height = max(round(HEIGHT * count / most), 1)
    return Bar(day, count, place * 8, HEIGHT - height, height)
