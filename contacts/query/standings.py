"""Count what hangs on the records of a page, as parts of one statement.

Each part gives one row for each record that has anything, in the columns of
`contacts.query.surroundings`: there they become one statement with what else a page needs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    Count,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Now

from contacts.access import Actor
from contacts.access.ids import IdSlot
from contacts.access.visibility import visible_activities, visible_notes
from contacts.access.visible_work import activities_with_seen, notes_about_seen
from contacts.fields.activity_fields import TAKING_PART
from contacts.fields.types import written_moment

Part = QuerySet[Any, Any]  # rows of any of the tables, in the shape of Row

NOTES, PLANS = 4, 5


@dataclass(slots=True)
class Standing:
    """How many notes, calls and activities a record has, when it was and will be spoken to.

    A call is an activity with an outcome; `open_own` counts the open activities of whoever asks.
    """

    notes: int = 0
    calls: int = 0
    activities: int = 0
    open_own: int = 0
    next_at: str | None = None
    called_at: str | None = None

    def take(self, row: tuple[Any, ...]) -> None:
        """Add a row of one of the parts."""
        part, _record, next_at, calls, activities, open_own, called_at = row
        if part == NOTES:
            self.notes += calls or 0
            return
        self.calls += calls or 0
        self.activities += activities or 0
        self.open_own += open_own or 0
        self.next_at, self.called_at = _moment(next_at), _moment(called_at)


def standing_parts(actor: Actor, kind: str, ids: IdSlot | None, *, are_seen: bool) -> list[Part]:
    """Return the parts about contacts or deals; none for none.

    Of living records that the actor is known to see it is not asked again whether they are seen.
    """
    if ids is None:
        return []
    own, further = (f"{kind}_id", f"further_{kind}s")
    notes = visible_notes(actor)
    about = notes_about_seen(actor) if are_seen else notes
    # PostgreSQL settles the types of a union by its first two parts; this one has a value in each.
    return [
        _plans(actor, kind, ids, are_seen=are_seen),
        _notes(about.filter(**{f"{own}__among": ids}), own),
        _notes(notes.filter(**{f"{further}__pk__among": ids}), further),
    ]


def _notes(rows: QuerySet[Any], owner: str) -> Part:  # of any of the tables
    counted = (
        rows.order_by()
        .values(owner)
        .annotate(
            part=Value(NOTES, IntegerField()),
            first=Value("", TextField()),
            number=Count("pk", distinct=True),
            **_nothing("second", "third"),
            last=Value("", TextField()),
        )
    )
    return _in_columns(counted, owner)


def _plans(actor: Actor, kind: str, ids: IdSlot, *, are_seen: bool) -> Part:
    is_call, is_open = Q(outcome__isnull=False), Q(outcome=None, completed_at=None)
    if kind == "deal":
        owner = "deals"
        rows = visible_activities(actor).filter(deals__pk__among=ids)
    else:
        owner = "contact_links__contact_id"
        taking = {f"contact_links__{name}": value for name, value in dict(TAKING_PART).items()}
        seen = activities_with_seen(actor) if are_seen else visible_activities(actor)
        rows = seen.filter(**taking, **{f"{owner}__among": ids})
    number = Count("pk", distinct=True, filter=is_call)
    counted = (
        rows.order_by()
        .values(owner)
        .annotate(
            part=Value(PLANS, IntegerField()),
            # The database's own clock, since the statement is kept.
            first=Cast(Min("starts_at", filter=is_open & Q(starts_at__gte=Now())), TextField()),
            number=number,
            second=Count("pk", distinct=True, filter=~is_call),
            third=Count("pk", distinct=True, filter=is_open & Q(owner_id=actor.user_id or 0)),
            last=Cast(Max("starts_at", filter=is_call), TextField()),
        )
    )
    return _in_columns(counted, owner)


def _in_columns(counted: QuerySet[Any, Any], owner: str) -> Part:  # the same
    """Return the rows in the order of the columns in which all parts agree."""
    columns = ("part", owner, "first", "number", "second", "third", "last")
    return counted.values_list(*columns)


def _nothing(*names: str) -> dict[str, Value]:
    return {name: Value(None, IntegerField()) for name in names}


def _moment(text: str | None) -> str | None:
    """Return a moment as documents have it; databases write it in their own way as a text."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return written_moment(found if found.tzinfo else found.replace(tzinfo=UTC))
