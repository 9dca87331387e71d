"""ModComments: the notes."""

from collections.abc import Callable, Mapping

from api.vtiger.mapping.belonging import FixedField, moments, owner
from api.vtiger.mapping.field import Document
from api.vtiger.mapping.parties import AboutField
from api.vtiger.mapping.plain import FlagField, TextField
from api.vtiger.mapping.references import PersonField, ReferenceField
from api.vtiger.mapping.sources import SourceField
from api.vtiger.modules.people import ACCOUNT, CONTACT, LEAD
from api.vtiger.modules.table import Module
from api.vtiger.modules.work import COMMENT, HELP_DESK, NOTE, POTENTIAL
from contacts.access import NEEDED, Actor
from contacts.query import get_record
from contacts.services.notes import create_note, delete_note, update_note

RIGHTS = {
    "create": NEEDED[NOTE, "create"],
    "update": NEEDED["own_note", "update"],
    "archive": NEEDED["own_note", "delete"],
}
Change = Callable[[Document], Mapping[str, object]]


def change_note(actor: Actor, record_id: int, change: Change) -> Document:
    """Change a note; raises what the service raises."""
    return update_note(actor, record_id, change(get_record(actor, NOTE, record_id)))


COMMENTS = Module(
    name=COMMENT.name,
    number=COMMENT.number,
    label="Comments",
    id_label="modcommentsid",
    kind=NOTE,
    label_fields=("commentcontent",),
    create=create_note,
    update=change_note,
    archive=delete_note,
    rights=RIGHTS,
    has_trash=False,
    fields=(
        TextField(
            name="commentcontent",
            label="Comment",
            type="text",
            key="content",
            kind=NOTE,
            is_mandatory=True,
        ),
        SourceField(name="source", label="Source", key="entry_channel", kind=NOTE),
        ReferenceField(
            name="customer", label="Customer", key="customer", kind=NOTE, targets=(CONTACT,)
        ),
        PersonField(name="userid", label="UserId", keys=("author",), kind=NOTE),
        TextField(name="reasontoedit", label="Reason To Edit", key="edit_reason", kind=NOTE),
        PersonField(name="creator", label="Creator", keys=("author",), kind=NOTE),
        owner(NOTE),
        *moments(NOTE),
        AboutField(
            name="related_to",
            label="Related To",
            targets=(LEAD, CONTACT, ACCOUNT, POTENTIAL, HELP_DESK),
        ),
        ReferenceField(
            name="parent_comments",
            label="Related To Comments",
            key="parent",
            kind=NOTE,
            targets=(COMMENT,),
        ),
        FlagField(
            name="is_private", label="Is Private", type="integer", key="is_private", kind=NOTE
        ),
        FixedField(name="filename", label="Attachment", type="file"),
        FixedField(name="related_email_id", label="Related Email Id", type="integer", value="0"),
    ),
)
