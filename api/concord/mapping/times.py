"""Read when an activity is due and when it ends: a day, or a moment in any form."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.concord.mapping.bodies import Body

Values = dict[str, object]
Document = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TOO_EARLY = "The {label} field must be a date after or equal to Due Date."
_NEEDS_TIME = "The {label} field must have a time where it is on another day than Due Date."
_NEEDS_DAY = "The {label} field is required."


def read_times(body: Body, before: Document | None) -> Values:
    """Return start and end; a day without a time lasts all day.

    What a change does not name stays: an end is compared with the start that is there, and
    goes only where a new start leaves no room for it.
    """
    for day, clock in (("due_date", "due_time"), ("end_date", "end_time")):
        is_alone = body.sent.get(clock) is not None and body.sent.get(day) is None
        if is_alone and day not in body.messages:
            body.reject(day, _NEEDS_DAY)
    due = _joined(body, "due_date", "due_time") or _due_of(before)
    if not due or not body.sent.keys() & {"due_date", "end_date"}:
        return {}
    start = body.moment("due_date", due)
    if start is None:
        return {}
    is_all_day = bool(_DAY.fullmatch(due))
    values: Values = {"starts_at": start, "is_all_day": is_all_day}
    if "end_date" not in body.sent and before is not None:
        return values | _kept_end(start, is_all_day=is_all_day, before=before)
    has_no_end = before is not None and is_all_day and not before.get("ends_at")
    if has_no_end and _joined(body, "end_date", "end_time") == due:
        # The day itself is shown where there is no end.
        return values
    return values | {"ends_at": _end(body, due, start)}


def _end(body: Body, due: str, start: datetime) -> datetime | None:
    end = _joined(body, "end_date", "end_time")
    finish = body.moment("end_date", end) if end else None
    if finish is None:
        return None
    is_all_day, ends_by_day = bool(_DAY.fullmatch(due)), bool(_DAY.fullmatch(end))
    if ends_by_day and not is_all_day:
        if end != due[:10]:
            is_early = finish.date() < start.date()
            body.reject("end_date", _TOO_EARLY if is_early else _NEEDS_TIME)
        # The day itself as the end of something at a time says no more than no end at all.
        return None
    if finish.date() < start.date() if is_all_day else finish < start:
        body.reject("end_date", _TOO_EARLY)
    return finish


def _kept_end(start: datetime, *, is_all_day: bool, before: Document) -> Values:
    present = before.get("ends_at")
    if not present or bool(before["is_all_day"]) != is_all_day:
        return {"ends_at": None}
    return {} if datetime.fromisoformat(str(present)) >= start else {"ends_at": None}


def _due_of(before: Document | None) -> str:
    """Return when an activity is due by now, as a client would say it."""
    present = before or {}
    starts = str(present.get("starts_at") or "")
    return starts[:10] if present.get("is_all_day") else starts


def _joined(body: Body, day: str, clock: str) -> str:
    """Return a moment that older clients send in two fields, "" where none is sent."""
    value, time = body.sent.get(day), body.sent.get(clock)
    text = "" if value is None else str(value).strip()
    return f"{text} {time}" if time and _DAY.fullmatch(text) else text
