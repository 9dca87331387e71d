"""The built-in fields of files, tags and other small records that have no pages of their own."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Field
from contacts.fields.storage import Column

TEXT = types.TextType()
INTEGER = types.IntegerType()
YES_NO = types.BooleanType()

# What a column of small positive numbers holds on both databases.
PLACE = {"not_negative": True, "largest": 2**31 - 1}


def _id(kind: str) -> Field:
    return declare(kind, "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False)


def _name(kind: str, max_length: int = 255) -> Field:
    return declare(
        kind, "name", TEXT, _("Name"), column="name", is_required=True, max_length=max_length
    )


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

PIPELINE_FIELDS = (
    _id("pipeline"),
    _name("pipeline"),
    declare("pipeline", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare("pipeline", "is_default", YES_NO, _("Default"), column="is_default"),
)

STAGE_FIELDS = (
    _id("stage"),
    _name("stage"),
    declare(
        "stage",
        "pipeline",
        types.RecordType(),
        _("Pipeline"),
        column="pipeline_id",
        is_required=True,
        traits={"target": "pipeline"},
    ),
    declare("stage", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare(
        "stage",
        "probability",
        INTEGER,
        _("Probability, %"),
        column="probability",
        traits={"not_negative": True, "largest": 100},
    ),
)

TICKET_CATEGORY_FIELDS = (
    _id("ticket_category"),
    _name("ticket_category", max_length=60),
    declare(
        "ticket_category",
        "project",
        types.ProjectType(),
        _("Project"),
        column="project_id",
        is_required=True,
    ),
)

SETUP_FIELDS: dict[str, tuple[Field, ...]] = {
    "attachment": ATTACHMENT_FIELDS,
    "pipeline": PIPELINE_FIELDS,
    "stage": STAGE_FIELDS,
    "ticket_category": TICKET_CATEGORY_FIELDS,
}
