"""The built-in fields of activities."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.belonging_fields import archived, belongings, followers, leads, people, tags
from contacts.fields.declaring import declare as _field
from contacts.fields.declaring import stamps
from contacts.fields.fact_fields import ACTIVITY_FACTS
from contacts.fields.field import Field
from contacts.fields.storage import FoldedColumn, FullName, Lasting, Links, TimeOfDay
from contacts.models import Activity, ActivityContact, ActivityFollower

TEXT = types.TextType()
LONG = types.LongTextType()
INTEGER = types.IntegerType()
MOMENT = types.DateTimeType()
YES_NO = types.BooleanType()
OPTION = types.ChoiceType()
PROJECT = types.ProjectType()
IDS = types.IdsType()
RECORD = types.RecordType()

# What a contact is in an activity, by the field that says so.
PARTS = {
    "sources": ActivityContact.Part.SOURCE,
    "targets": ActivityContact.Part.TARGET,
    "assignees": ActivityContact.Part.ASSIGNEE,
    "guests": ActivityContact.Part.GUEST,
}
PART_LABELS = {
    "sources": _("Added by"),
    "targets": _("With"),
    "assignees": _("Assigned to"),
    "guests": _("Guests"),
}
# Guests are asked to come, sources wrote it down; the others take part or are what it is about.
TAKING_PART = (("part__in", (PARTS["targets"], PARTS["assignees"])),)

# What follows from start, end and duration; see `storage.moments`.
WHEN = (
    _field(
        "activity",
        "whole_hours",
        INTEGER,
        _("Whole hours"),
        storage=Lasting("duration", "starts_at", "ends_at", is_hours=True),
        is_writable=False,
    ),
    _field(
        "activity",
        "further_minutes",
        INTEGER,
        _("Minutes beyond whole hours"),
        storage=Lasting("duration", "starts_at", "ends_at", is_hours=False),
        is_writable=False,
    ),
    _field(
        "activity",
        "start_time",
        TEXT,
        _("Time of the start"),
        storage=TimeOfDay("starts_at"),
        is_writable=False,
    ),
    _field(
        "activity",
        "end_time",
        TEXT,
        _("Time of the end"),
        storage=TimeOfDay("ends_at"),
        is_writable=False,
    ),
)

ACTIVITY_FIELDS: tuple[Field, ...] = (
    *stamps("activity"),
    _field(
        "activity",
        "subject",
        TEXT,
        _("Subject"),
        column="subject",
        storage=FoldedColumn("subject"),
        is_required=True,
        is_searchable=True,
        max_length=255,
    ),
    _field(
        "activity", "details", LONG, _("Details"), column="details", storage=FoldedColumn("details")
    ),
    _field(
        "activity",
        "remarks",
        LONG,
        _("Remarks for colleagues"),
        column="remarks",
        storage=FoldedColumn("remarks"),
    ),
    _field("activity", "location", TEXT, _("Place"), column="location", max_length=255),
    _field("activity", "type", OPTION, _("Type"), column="type_id", list_name="activity_type"),
    _field(
        "activity", "status", OPTION, _("Status"), column="status_id", list_name="activity_status"
    ),
    _field(
        "activity",
        "priority",
        OPTION,
        _("Priority"),
        column="priority_id",
        list_name="activity_priority",
    ),
    _field(
        "activity", "medium", OPTION, _("Medium"), column="medium_id", list_name="activity_medium"
    ),
    _field(
        "activity",
        "parent",
        RECORD,
        _("Follows from"),
        column="parent_id",
        traits={"target": "activity"},
    ),
    _field(
        "activity", "outcome", OPTION, _("Outcome"), column="outcome_id", list_name="call_outcome"
    ),
    _field("activity", "starts_at", MOMENT, _("Start"), column="starts_at"),
    _field("activity", "ends_at", MOMENT, _("End"), column="ends_at"),
    *WHEN,
    _field("activity", "is_all_day", YES_NO, _("All day"), column="is_all_day"),
    _field(
        "activity",
        "duration",
        INTEGER,
        _("Minutes"),
        column="duration",
        traits={"not_negative": True, "largest": 2**31 - 1},
    ),
    _field(
        "activity",
        "reminder_minutes",
        INTEGER,
        _("Remind before, minutes"),
        column="reminder_minutes",
        traits={"not_negative": True, "largest": 2**31 - 1},
    ),
    _field("activity", "completed_at", MOMENT, _("Completed"), column="completed_at"),
    _field("activity", "project", PROJECT, _("Project"), column="project_id"),
    *belongings("activity"),
    archived("activity"),
    followers("activity", ActivityFollower),
    *people("activity", ActivityContact, main=""),
    leads("activity", ActivityContact),
    tags("activity", Activity.tags.through),
    *ACTIVITY_FACTS,
    _field(
        "activity",
        "contacts",
        IDS,
        _("Contacts"),
        storage=Links(ActivityContact, "contact_id", "activity_id", only=TAKING_PART),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "contact"},
    ),
    *(
        _field(
            "activity",
            key,
            IDS,
            PART_LABELS[key],
            storage=Links(ActivityContact, "contact_id", "activity_id", only=(("part", part),)),
            is_multiple=True,
            is_sortable=False,
            traits={"target": "contact"},
        )
        for key, part in PARTS.items()
    ),
    _field(
        "activity",
        "deals",
        IDS,
        _("Deals"),
        storage=Links(Activity.deals.through, "deal_id", "activity_id"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "deal"},
    ),
    _field(
        "activity",
        "owner_name",
        TEXT,
        _("Name of the owner"),
        storage=FullName("owner"),
        is_writable=False,
    ),
    _field(
        "activity",
        "type_name",
        TEXT,
        _("Type, by name"),
        storage=FoldedColumn("type__label"),
        is_writable=False,
    ),
    _field(
        "activity",
        "tickets",
        IDS,
        _("Tickets"),
        storage=Links(Activity.tickets.through, "ticket_id", "activity_id"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "ticket"},
    ),
)
