"""How many contacts were new on each of the last days, and through what, as a small drawing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from contacts.access import Actor
from contacts.access.visibility import visible_contacts

DAYS = 14
HEIGHT = 24
# More shades than these nobody can tell apart; the rest is drawn as one.
MOST_SHADES = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What came through one source on one day, and where it stands in its bar."""

    shade: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: its number, and the parts of its bar in a drawing that is HEIGHT high."""

    day: date
    count: int
    x: int
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Source:
    """One way in: the shade in which it is drawn, and how many contacts came through it."""

    name: str
    shade: int
    count: int


@dataclass(frozen=True, slots=True)
class Spark:
    """The last days and the sources, those of most contacts first."""

    bars: Sequence[Bar]
    sources: Sequence[Source]
    since: date


def new_contacts(actor: Actor) -> Spark | None:
    """Return the last days; None where there is nothing to show."""
    today = timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    by_day = _counted(actor, first)
    totals: Counter[str] = sum(by_day.values(), Counter())
    if not totals:
        return None
    sources = [
        Source(name, min(place, MOST_SHADES - 1), count)
        for place, (name, count) in enumerate(totals.most_common())
    ]
    most = max(day.total() for day in by_day.values())
    days = [first + timedelta(days=number) for number in range(DAYS)]
    bars = [
        _bar(place, day, by_day.get(day, Counter()), sources, most)
        for place, day in enumerate(days)
    ]
    return Spark(bars, sources, first)


def _counted(actor: Actor, first: date) -> dict[date, Counter[str]]:
    """Return how many came on each day through each source."""
    since = timezone.make_aware(datetime.combine(first, time.min))
    rows = visible_contacts(actor, users=False).filter(created_at__gte=since).order_by()
    grouped = rows.annotate(day=TruncDate("created_at")).values("day", "entry_channel")
    found: dict[date, Counter[str]] = {}
    for row in grouped.annotate(count=Count("pk")):
        found.setdefault(row["day"], Counter())[row["entry_channel"] or ""] += row["count"]
    return found


def _bar(
    place: int, day: date, counts: Mapping[str, int], sources: Sequence[Source], most: int
) -> Bar:
    """Return the bar of a day, its sources from below in their order."""
    parts = []
    top = float(HEIGHT)
    for source in sources:
        if count := counts.get(source.name, 0):
            height = round(HEIGHT * count / most, 2)
            top -= height
            parts.append(Part(source.shade, round(top, 2), height))
    return Bar(day, sum(counts.values()), place * 8, parts)
