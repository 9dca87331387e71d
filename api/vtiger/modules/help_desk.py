"""HelpDesk: the tickets."""

from api.vtiger.mapping.belonging import FixedField, marks, owner, times
from api.vtiger.mapping.choices import SuggestedField
from api.vtiger.mapping.field import Document
from api.vtiger.mapping.parties import PartyField
from api.vtiger.mapping.plain import FlagField, NumberField, TextField
from api.vtiger.mapping.references import NumberedField
from api.vtiger.mapping.words import TICKET_PRIORITIES, TICKET_STATUSES, WordsField
from api.vtiger.modules.changing import with_present
from api.vtiger.modules.people import ACCOUNT, CONTACT
from api.vtiger.modules.table import Module
from api.vtiger.modules.work import HELP_DESK, TICKET
from contacts.access import NEEDED, Actor
from contacts.query import get_record
from contacts.services.tickets import archive_ticket, create_ticket, update_ticket

RIGHTS = {action: NEEDED[TICKET, action] for action in ("create", "update", "archive")}


def read(actor: Actor, record_id: int) -> Document:
    """Return the document of a ticket."""
    return get_record(actor, TICKET, record_id)


HELP_DESK_MODULE = Module(
    name=HELP_DESK.name,
    number=HELP_DESK.number,
    label="Tickets",
    id_label="ticketid",
    kind=TICKET,
    label_fields=("ticket_title",),
    create=create_ticket,
    update=with_present(read, update_ticket),
    archive=archive_ticket,
    rights=RIGHTS,
    fields=(
        NumberedField(name="ticket_no", label="Ticket No", prefix="TT", kind=TICKET),
        owner(TICKET),
        PartyField(
            name="parent_id",
            label="Organization Name",
            kind=TICKET,
            key="company",
            targets=(ACCOUNT,),
        ),
        WordsField(
            name="ticketpriorities",
            label="Priority",
            key="priority",
            kind=TICKET,
            words=TICKET_PRIORITIES,
            offers_only=True,
            is_mandatory=True,
        ),
        FixedField(
            name="product_id", label="Product Name", type="reference", modules=("Products",)
        ),
        SuggestedField(name="ticketseverities", label="Severity", key="severity", kind=TICKET),
        WordsField(
            name="ticketstatus",
            label="Status",
            key="status",
            kind=TICKET,
            words=TICKET_STATUSES,
            offers_only=True,
            is_mandatory=True,
        ),
        SuggestedField(name="ticketcategories", label="Category", key="problem", kind=TICKET),
        NumberField(
            name="hours", label="Hours", type="double", key="hours", kind=TICKET, places=None
        ),
        NumberField(name="days", label="Days", type="double", key="days", kind=TICKET, places=None),
        *times(TICKET),
        FlagField(name="from_portal", label="From Portal", key="is_from_portal", kind=TICKET),
        *marks(TICKET),
        TextField(
            name="ticket_title", label="Title", key="subject", kind=TICKET, is_mandatory=True
        ),
        TextField(
            name="description", label="Description", type="text", key="description", kind=TICKET
        ),
        TextField(name="solution", label="Solution", type="text", key="solution", kind=TICKET),
        PartyField(
            name="contact_id",
            label="Contact Name",
            kind=TICKET,
            key="person",
            targets=(CONTACT,),
        ),
    ),
)
