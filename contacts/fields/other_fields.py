"""The built-in fields of deals, notes, tickets and projects."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.belonging_fields import archived, belongings, followers, people, tags
from contacts.fields.deal_tie_fields import DEAL_TIE_FIELDS
from contacts.fields.declaring import declare as _field
from contacts.fields.declaring import stamps
from contacts.fields.fact_fields import DEAL_FACTS, TICKET_FACTS
from contacts.fields.field import Choice, Field
from contacts.fields.project_fields import PROJECT_FIELDS
from contacts.fields.storage import Column, FoldedColumn, FullName, Links, Tally
from contacts.models import (
    Deal,
    DealContact,
    DealFollower,
    DealProduct,
    DealStatus,
    Note,
    Ticket,
    TicketFollower,
)

TEXT = types.TextType()
LONG = types.LongTextType()
INTEGER = types.IntegerType()
DECIMAL = types.DecimalType()
DATE = types.DateType()
MOMENT = types.DateTimeType()
YES_NO = types.BooleanType()
OPTION = types.ChoiceType()
USER = types.UserType()
CONTACT = types.ContactType()
PROJECT = types.ProjectType()
RECORD = types.RecordType()
IDS = types.IdsType()

COLOR = r"^#[0-9a-fA-F]{6}$"
# Follows from a record that the deal points to.
DERIVED = {"is_writable": False}
PERCENT = {"not_negative": True, "largest": 100}


DEAL_FIELDS = (
    *stamps("deal"),
    _field(
        "deal",
        "name",
        TEXT,
        _("Name"),
        column="name",
        storage=Column("name", key="name_key", is_text=True),
        is_required=True,
        is_searchable=True,
        max_length=255,
    ),
    _field("deal", "project", PROJECT, _("Project"), column="project_id", is_required=True),
    _field("deal", "contact", CONTACT, _("Contact"), column="contact_id"),
    _field(
        "deal",
        "contacts",
        IDS,
        _("Related contacts"),
        storage=Links(DealContact, "contact_id", "deal_id"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "contact"},
    ),
    _field(
        "deal",
        "amount",
        DECIMAL,
        _("Amount"),
        column="amount",
        traits={"places": 2, "largest": 10**12},
    ),
    _field("deal", "currency", TEXT, _("Currency"), column="currency", max_length=3),
    _field("deal", "price_type", INTEGER, _("Price type"), column="price_type", traits=PERCENT),
    _field(
        "deal",
        "duration",
        INTEGER,
        _("Duration"),
        column="duration",
        traits={"not_negative": True, "largest": 2**31 - 1},
    ),
    _field(
        "deal", "probability", INTEGER, _("Probability, %"), column="probability", traits=PERCENT
    ),
    _field("deal", "due_on", DATE, _("Due date"), column="due_on"),
    _field(
        "deal",
        "background",
        LONG,
        _("Background"),
        column="background",
        storage=FoldedColumn("background"),
    ),
    _field(
        "deal", "status", RECORD, _("Status"), column="status_id", traits={"target": "deal_status"}
    ),
    _field(
        "deal",
        "outcome",
        OPTION,
        _("Outcome"),
        storage=Column("status__outcome"),
        is_writable=False,
        choices=tuple(
            Choice(each.value, each.name.lower(), each.label) for each in DealStatus.Outcome
        ),
    ),
    _field("deal", "stage", RECORD, _("Stage"), column="stage_id", traits={"target": "stage"}),
    _field(
        "deal",
        "category",
        RECORD,
        _("Category"),
        column="category_id",
        traits={"target": "deal_category"},
    ),
    _field(
        "deal", "lost_reason", TEXT, _("Reason of the loss"), column="lost_reason", max_length=255
    ),
    _field("deal", "closed_at", MOMENT, _("Closed"), column="closed_at", is_writable=False),
    _field(
        "deal",
        "stage_changed_at",
        MOMENT,
        _("In the stage since"),
        column="stage_changed_at",
        is_writable=False,
    ),
    _field(
        "deal",
        "board_position",
        INTEGER,
        _("Place in the stage"),
        column="board_position",
        traits={"not_negative": True, "largest": 2**31 - 1},
    ),
    _field("deal", "color", TEXT, _("Colour"), column="color", pattern=COLOR, max_length=7),
    tags("deal", Deal.tags.through),
    _field(
        "deal", "owner_name", TEXT, _("Name of the owner"), storage=FullName("owner"), **DERIVED
    ),
    _field(
        "deal",
        "stage_name",
        TEXT,
        _("Stage, by name"),
        storage=FoldedColumn("stage__name"),
        **DERIVED,
    ),
    _field(
        "deal",
        "pipeline",
        RECORD,
        _("Pipeline"),
        storage=Column("stage__pipeline_id"),
        is_writable=False,
        traits={"target": "pipeline"},
    ),
    _field(
        "deal",
        "pipeline_name",
        TEXT,
        _("Pipeline, by name"),
        storage=FoldedColumn("stage__pipeline__name"),
        **DERIVED,
    ),
    _field(
        "deal",
        "product_count",
        INTEGER,
        _("Number of products"),
        storage=Tally(DealProduct, "deal_id"),
        is_writable=False,
        is_filterable=False,
    ),
    *belongings("deal"),
    archived("deal"),
    followers("deal", DealFollower),
    *people("deal", DealContact),
    *DEAL_FACTS,
    *DEAL_TIE_FIELDS,
)

NOTE_FIELDS = (
    *stamps("note"),
    _field("note", "subject", TEXT, _("Subject"), column="subject", max_length=255),
    _field(
        "note",
        "content",
        LONG,
        _("Content"),
        column="content",
        storage=FoldedColumn("content"),
        is_required=True,
    ),
    _field(
        "note",
        "type",
        OPTION,
        _("Type"),
        column="type",
        choices=tuple(Choice(each.value, each.name.lower(), each.label) for each in Note.Type),
    ),
    _field(
        "note",
        "format",
        types.FixedChoiceType(),
        _("Format"),
        column="format",
        choices=tuple(Choice(each.value, each.name.lower(), each.label) for each in Note.Format),
    ),
    _field("note", "is_private", YES_NO, _("Private"), column="is_private"),
    *belongings("note"),
    _field("note", "parent", RECORD, _("Answer to"), column="parent_id", traits={"target": "note"}),
    _field("note", "customer", CONTACT, _("Said by"), column="customer_id"),
    _field("note", "edit_reason", TEXT, _("Reason of the change"), column="edit_reason"),
    _field("note", "contact", CONTACT, _("Contact"), column="contact_id"),
    _field("note", "deal", RECORD, _("Deal"), column="deal_id", traits={"target": "deal"}),
    _field("note", "ticket", RECORD, _("Ticket"), column="ticket_id", traits={"target": "ticket"}),
    _field(
        "note",
        "further_contacts",
        IDS,
        _("Further contacts"),
        storage=Links(Note.further_contacts.through, "contact_id", "note_id"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "contact"},
    ),
    _field(
        "note",
        "further_deals",
        IDS,
        _("Further deals"),
        storage=Links(Note.further_deals.through, "deal_id", "note_id"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "deal"},
    ),
)

TICKET_FIELDS = (
    *stamps("ticket"),
    _field(
        "ticket",
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
        "ticket",
        "description",
        LONG,
        _("Description"),
        column="description",
        storage=FoldedColumn("description"),
    ),
    _field("ticket", "project", PROJECT, _("Project"), column="project_id", is_required=True),
    _field(
        "ticket", "tracker", OPTION, _("Tracker"), column="tracker_id", list_name="ticket_tracker"
    ),
    _field("ticket", "status", OPTION, _("Status"), column="status_id", list_name="ticket_status"),
    _field(
        "ticket",
        "priority",
        OPTION,
        _("Priority"),
        column="priority_id",
        list_name="ticket_priority",
    ),
    _field(
        "ticket",
        "category",
        RECORD,
        _("Category"),
        column="category_id",
        traits={"target": "ticket_category"},
    ),
    _field("ticket", "contact", CONTACT, _("Contact"), column="contact_id"),
    _field(
        "ticket",
        "contacts",
        IDS,
        _("Further contacts"),
        storage=Links(Ticket.contacts.through, "contact_id", "ticket_id"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "contact"},
    ),
    *belongings("ticket"),
    archived("ticket"),
    followers("ticket", TicketFollower),
    *people("ticket", Ticket.contacts.through),
    tags("ticket", Ticket.tags.through),
    *TICKET_FACTS,
    _field("ticket", "starts_on", DATE, _("Start date"), column="starts_on"),
    _field("ticket", "due_on", DATE, _("Due date"), column="due_on"),
    _field("ticket", "done_ratio", INTEGER, _("Done, %"), column="done_ratio", traits=PERCENT),
    _field("ticket", "is_private", YES_NO, _("Private"), column="is_private"),
    _field(
        "ticket",
        "is_closed",
        YES_NO,
        _("Closed"),
        storage=Column("closed_at"),
        is_writable=False,
        is_filterable=False,
    ),
    _field("ticket", "closed_at", MOMENT, _("Closed at"), column="closed_at", is_writable=False),
)

OTHER_FIELDS: dict[str, tuple[Field, ...]] = {
    "deal": DEAL_FIELDS,
    "note": NOTE_FIELDS,
    "ticket": TICKET_FIELDS,
    "project": PROJECT_FIELDS,
}
