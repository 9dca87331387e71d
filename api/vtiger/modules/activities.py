"""Calendar and Events: the activities, tasks apart from everything else."""

from collections.abc import Iterator

from api.vtiger.mapping.belonging import FixedField, marks, owner, times
from api.vtiger.mapping.choices import SuggestedField
from api.vtiger.mapping.field import Document, Draft, WireField
from api.vtiger.mapping.parties import ParentField, PartyField
from api.vtiger.mapping.plain import FlagField, NumberField, TextField
from api.vtiger.mapping.schedule import DayPart, DurationField, TimePart
from api.vtiger.mapping.words import (
    EVENT_STATUSES,
    EVENT_TYPES,
    TASK_PRIORITIES,
    TASK_STATUSES,
    WordsField,
)
from api.vtiger.modules.changing import with_present
from api.vtiger.modules.people import ACCOUNT, CONTACT, LEAD
from api.vtiger.modules.table import Module
from api.vtiger.modules.work import (
    ACTIVITY,
    CALENDAR,
    EVENT,
    HELP_DESK,
    POTENTIAL,
    TASK,
)
from contacts.access import NEEDED, Actor
from contacts.query import Condition, Not, get_record, where
from contacts.services.activities import archive_activity, create_activity, update_activity

RIGHTS = {action: NEEDED[ACTIVITY, action] for action in ("create", "update", "archive")}

TYPE = WordsField(
    name="activitytype",
    label="Activity Type",
    key="type",
    kind=ACTIVITY,
    words=EVENT_TYPES,
    but=TASK,
    is_mandatory=True,
)


def tasks(actor: Actor) -> Condition:
    """Return the condition of tasks."""
    return where(actor, "type", "eq", TASK, kind=ACTIVITY)


def events(actor: Actor) -> Condition:
    """Return the condition of everything but tasks."""
    return Not(tasks(actor))


def read(actor: Actor, record_id: int) -> Document:
    """Return the document of an activity."""
    return get_record(actor, ACTIVITY, record_id)


def complete_task(actor: Actor, draft: Draft) -> None:
    """Say that a new activity is a task."""
    draft.values["type"] = TASK


def _when(*, is_event: bool) -> Iterator[WireField]:
    end_label = "End Time" if is_event else "Due Time"
    yield DayPart(name="date_start", label="Start Date", key="starts_at", is_mandatory=True)
    yield TimePart(name="time_start", label="Time Start", key="starts_at", is_mandatory=True)
    yield TimePart(name="time_end", label=end_label, key="ends_at", is_mandatory=is_event)
    yield DayPart(
        name="due_date",
        label="End Date" if is_event else "Due Date",
        key="ends_at",
        is_mandatory=True,
    )


def _links() -> Iterator[WireField]:
    yield ParentField(
        name="parent_id",
        label="Related To",
        contacts=(ACCOUNT, LEAD),
        deal=POTENTIAL,
        ticket=HELP_DESK,
    )
    yield PartyField(
        name="contact_id",
        label="Contact Name",
        kind=ACTIVITY,
        key="person",
        targets=(CONTACT,),
        has_main=False,
    )


def _rest(*, is_event: bool) -> Iterator[WireField]:
    yield WordsField(
        name="taskpriority", label="Priority", key="priority", kind=ACTIVITY, words=TASK_PRIORITIES
    )
    yield FlagField(
        name="sendnotification",
        label="Send Notification",
        key="sends_notification",
        kind=ACTIVITY,
    )
    yield from times(ACTIVITY)
    yield (
        TYPE
        if is_event
        else FixedField(name="activitytype", label="Activity Type", type="picklist", value="Task")
    )
    yield SuggestedField(name="visibility", label="Visibility", key="sharing", kind=ACTIVITY)
    yield TextField(
        name="description", label="Description", type="text", key="details", kind=ACTIVITY
    )
    yield DurationField(
        name="duration_hours", label="Duration", is_hours=True, is_mandatory=is_event
    )
    yield DurationField(name="duration_minutes", label="Duration Minutes", is_hours=False)
    yield TextField(name="location", label="Location", key="location", kind=ACTIVITY)
    yield NumberField(
        name="reminder_time",
        label="Send Reminder",
        key="reminder_minutes",
        kind=ACTIVITY,
        unset="0",
    )
    yield SuggestedField(name="recurringtype", label="Recurrence", key="recurrence", kind=ACTIVITY)
    yield FlagField(name="notime", label="No Time", key="is_all_day", kind=ACTIVITY)
    yield from marks(ACTIVITY)


def _subject() -> WireField:
    return TextField(
        name="subject", label="Subject", key="subject", kind=ACTIVITY, is_mandatory=True
    )


CALENDAR_MODULE = Module(
    name=CALENDAR.name,
    number=CALENDAR.number,
    label="Calendar",
    id_label="activityid",
    kind=ACTIVITY,
    label_fields=("subject",),
    scope=tasks,
    holds=CALENDAR.holds,
    create=create_activity,
    update=with_present(read, update_activity),
    archive=archive_activity,
    rights=RIGHTS,
    complete=complete_task,
    fields=(
        _subject(),
        owner(ACTIVITY),
        *_when(is_event=False),
        *_links(),
        WordsField(
            name="taskstatus",
            label="Status",
            key="status",
            kind=ACTIVITY,
            words=TASK_STATUSES,
            offers_only=True,
            is_mandatory=True,
        ),
        FixedField(name="eventstatus", label="Event Status"),
        *_rest(is_event=False),
    ),
)

EVENTS_MODULE = Module(
    name=EVENT.name,
    number=EVENT.number,
    label="Events",
    id_label="activityid",
    kind=ACTIVITY,
    label_fields=("subject",),
    scope=events,
    holds=EVENT.holds,
    create=create_activity,
    update=with_present(read, update_activity),
    archive=archive_activity,
    rights=RIGHTS,
    fields=(
        _subject(),
        owner(ACTIVITY),
        *_when(is_event=True),
        *_links(),
        WordsField(
            name="eventstatus",
            label="Status",
            key="status",
            kind=ACTIVITY,
            words=EVENT_STATUSES,
            offers_only=True,
            is_mandatory=True,
        ),
        *_rest(is_event=True),
    ),
)
