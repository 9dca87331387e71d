"""The built-in fields of files, tags and other small records that have no pages of their own."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Field

TEXT = types.TextType()

ATTACHMENT_FIELDS = (
    declare(
        "attachment",
        "filename",
        TEXT,
        _("File name"),
        column="filename",
        is_required=True,
        max_length=255,
    ),
    declare(
        "attachment", "description", TEXT, _("Description"), column="description", max_length=255
    ),
)

SETUP_FIELDS: dict[str, tuple[Field, ...]] = {
    "attachment": ATTACHMENT_FIELDS,
}
