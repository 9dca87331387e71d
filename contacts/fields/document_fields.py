"""The built-in fields of files, folders and currencies."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.belonging_fields import tags
from contacts.fields.declaring import declare
from contacts.fields.field import Field
from contacts.fields.storage import Column, FoldedColumn, Links
from contacts.models import Attachment, AttachmentFollower

TEXT = types.TextType()
LONG = types.LongTextType()
INTEGER = types.IntegerType()
DECIMAL = types.DecimalType()
YES_NO = types.BooleanType()
MOMENT = types.DateTimeType()
USER = types.UserType()
RECORD = types.RecordType()
IDS = types.IdsType()

PLACE = {"not_negative": True, "largest": 2**31 - 1}


def _file(key: str, *args: Any, **more: Any) -> Field:  # Field's own keywords
    return declare("attachment", key, *args, **more)


def _about(key: str, *args: Any, target: str) -> Field:  # the rest of a declaration
    through = getattr(Attachment, key).through
    storage = Links(through, f"{target}_id", "attachment_id")
    return _file(
        key,
        IDS,
        *args,
        storage=storage,
        is_multiple=True,
        is_sortable=False,
        traits={"target": target},
    )


ATTACHMENT_FIELDS = (
    _file("id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    _file("title", TEXT, _("Title"), column="title", is_searchable=True),
    _file(
        "filename", TEXT, _("File name"), column="filename", is_required=True, is_searchable=True
    ),
    _file("description", TEXT, _("Description"), column="description"),
    _file("content", LONG, _("Content"), column="content"),
    _file("link", types.LinkType(), _("Link"), column="link"),
    _file("version", TEXT, _("Version"), column="version", max_length=50),
    _file("is_active", YES_NO, _("Active"), column="is_active"),
    _file("size", INTEGER, _("Size, bytes"), column="size", is_writable=False),
    _file("content_type", TEXT, _("Content type"), column="content_type", is_writable=False),
    _file("download_count", INTEGER, _("Downloads"), column="download_count", is_writable=False),
    _file("is_document", YES_NO, _("Document"), column="is_document", is_writable=False),
    _file("folder", RECORD, _("Folder"), column="folder_id", traits={"target": "folder"}),
    _file("project", types.ProjectType(), _("Project"), column="project_id"),
    _file("owner", USER, _("Owner"), column="owner_id"),
    _file("owner_group", types.UserGroupType(), _("Owning user group"), column="owner_group_id"),
    _file("contact", types.ContactType(), _("Contact"), column="contact_id", is_writable=False),
    _file("deal", RECORD, _("Deal"), column="deal_id", is_writable=False),
    _file("ticket", RECORD, _("Ticket"), column="ticket_id", is_writable=False),
    _file("note", RECORD, _("Note"), column="note_id", is_writable=False),
    _about("contacts", _("Contacts"), target="contact"),
    _about("deals", _("Deals"), target="deal"),
    _about("tickets", _("Tickets"), target="ticket"),
    tags("attachment", Attachment.tags.through),
    _file(
        "followers",
        IDS,
        _("Followed by"),
        storage=Links(AttachmentFollower, "user_id", "attachment_id"),
        is_writable=False,
        is_multiple=True,
        is_sortable=False,
        traits={"target": "user"},
    ),
    _file("author", USER, _("Author"), column="author_id", is_writable=False),
    _file("editor", USER, _("Last editor"), column="editor_id", is_writable=False),
    _file("entry_channel", TEXT, _("Came through"), column="entry_channel", is_writable=False),
    _file("created_at", MOMENT, _("Created"), column="created_at", is_writable=False),
    _file("updated_at", MOMENT, _("Updated"), column="updated_at", is_writable=False),
)

FOLDER_FIELDS = (
    declare("folder", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "folder",
        "name",
        TEXT,
        _("Name"),
        column="name",
        storage=FoldedColumn("name"),
        is_required=True,
        is_searchable=True,
    ),
    declare("folder", "description", TEXT, _("Description"), column="description"),
    declare("folder", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare("folder", "author", USER, _("Author"), column="author_id", is_writable=False),
)

CURRENCY_FIELDS = (
    declare("currency", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "currency",
        "code",
        TEXT,
        _("Code"),
        column="code",
        is_required=True,
        max_length=3,
        pattern=r"^[A-Z]{3}$",
    ),
    declare("currency", "name", TEXT, _("Name"), column="name", is_required=True, max_length=100),
    declare("currency", "symbol", TEXT, _("Symbol"), column="symbol", max_length=10),
    declare(
        "currency",
        "rate",
        DECIMAL,
        _("Rate"),
        column="rate",
        traits={"not_negative": True, "places": 5, "largest": 10**12},
    ),
    declare("currency", "is_default", YES_NO, _("Default"), column="is_default"),
    declare("currency", "is_active", YES_NO, _("Active"), column="is_active"),
)

DOCUMENT_FIELDS: dict[str, tuple[Field, ...]] = {
    "attachment": ATTACHMENT_FIELDS,
    "folder": FOLDER_FIELDS,
    "currency": CURRENCY_FIELDS,
}
