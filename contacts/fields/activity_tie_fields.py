"""The built-in fields of what ties activities to others: who is what in them, and their tags."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Choice, Field
from contacts.fields.storage import Column
from contacts.models import ActivityContact

INTEGER = types.IntegerType()
RECORD = types.RecordType()

ACTIVITY_PART_FIELDS = (
    declare("activity_part", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "activity_part",
        "activity",
        RECORD,
        _("Activity"),
        column="activity_id",
        is_required=True,
        traits={"target": "activity"},
    ),
    declare(
        "activity_part",
        "contact",
        types.ContactType(),
        _("Contact"),
        column="contact_id",
        is_required=True,
    ),
    declare(
        "activity_part",
        "part",
        types.FixedChoiceType(),
        _("Part"),
        column="part",
        is_required=True,
        choices=tuple(Choice(each.value, each.value, each.label) for each in ActivityContact.Part),
    ),
)

ACTIVITY_TAG_FIELDS = (
    declare("activity_tag", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "activity_tag",
        "tag",
        RECORD,
        _("Tag"),
        column="tag_id",
        traits={"target": "tag"},
        is_writable=False,
    ),
    declare(
        "activity_tag",
        "activity",
        RECORD,
        _("Activity"),
        column="activity_id",
        traits={"target": "activity"},
        is_writable=False,
    ),
)

ACTIVITY_TIES: dict[str, tuple[Field, ...]] = {
    "activity_part": ACTIVITY_PART_FIELDS,
    "activity_tag": ACTIVITY_TAG_FIELDS,
}
