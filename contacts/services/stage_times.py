"""Keep how long a deal was in each stage that it has left; closed deals spend no time in any."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contacts.models import Deal


@dataclass(frozen=True, slots=True)
class Stay:
    """In which stage a deal is, since when, and when it was closed there."""

    stage_id: int | None
    since: datetime | None
    closed_at: datetime | None


def stay_of(deal: Deal) -> Stay:
    """Return where a deal is before a change."""
    return Stay(deal.stage_id, deal.stage_changed_at, deal.closed_at)


def note_stay(deal: Deal, before: Stay) -> None:
    """Add to the times of a deal what ended with a change, which happened at `updated_at`."""
    if before.stage_id is None or before.since is None:
        return
    now = deal.updated_at
    spent = timedelta()
    if deal.stage_id != before.stage_id:
        spent = max((before.closed_at or now) - before.since, timedelta())
    elif before.closed_at is not None and deal.closed_at is None:
        # It stays where it was: the time since it was closed will be counted, and is taken off.
        spent = max(before.closed_at, before.since) - now
    if spent:
        known = dict(deal.stage_seconds)
        key = str(before.stage_id)
        deal.stage_seconds = {**known, key: known.get(key, 0) + int(spent.total_seconds())}
