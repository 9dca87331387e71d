"""The built-in fields of what orders deals: their statuses and categories."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Choice, Field
from contacts.fields.storage import Column
from contacts.models import DealStatus

TEXT = types.TextType()
INTEGER = types.IntegerType()

DEAL_STATUS_FIELDS = (
    declare("deal_status", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare("deal_status", "name", TEXT, _("Name"), is_required=True, column="name"),
    declare(
        "deal_status",
        "outcome",
        types.FixedChoiceType(),
        _("Outcome"),
        column="outcome",
        choices=tuple(
            Choice(each.value, each.name.lower(), each.label) for each in DealStatus.Outcome
        ),
    ),
    declare("deal_status", "position", INTEGER, _("Position"), column="position"),
    declare("deal_status", "is_default", types.BooleanType(), _("Default"), column="is_default"),
    declare("deal_status", "color", TEXT, _("Colour"), column="color", max_length=7),
)

DEAL_CATEGORY_FIELDS = (
    declare("deal_category", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare("deal_category", "name", TEXT, _("Name"), is_required=True, column="name"),
    declare(
        "deal_category",
        "project",
        types.ProjectType(),
        _("Project"),
        column="project_id",
        is_required=True,
    ),
)

DEAL_SETUP_FIELDS: dict[str, tuple[Field, ...]] = {
    "deal_status": DEAL_STATUS_FIELDS,
    "deal_category": DEAL_CATEGORY_FIELDS,
}
