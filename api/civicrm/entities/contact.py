"""Contact: people, organizations and households."""

from api.civicrm.calls import Operation
from api.civicrm.contact import merging, near, writing
from api.civicrm.contact.fields import FIELDS, contact_fields
from api.civicrm.contact.source import SOURCE
from api.civicrm.entity import Entity
from api.civicrm.permissions import MEMBER, NOTHING, Permissions

ENTITIES = (
    Entity(
        name="Contact",
        source=SOURCE,
        fields=contact_fields,
        built_in=FIELDS,
        permissions=Permissions(
            get=NOTHING,
            other=MEMBER,
            actions={
                "create": ("access CiviCRM", "add contacts"),
                "update": NOTHING,
                "setvalue": NOTHING,
                "delete": ("access CiviCRM", "delete contacts"),
                "duplicatecheck": MEMBER,
                "merge": ("merge duplicate contacts",),
                "proximity": NOTHING,
            },
        ),
        actions={
            "create": Operation(writing.create),
            "delete": Operation(writing.delete),
            "duplicatecheck": Operation(writing.duplicate_check, is_reading=True),
            "getmergedfrom": Operation(merging.merged_from, is_reading=True),
            "getmergedto": Operation(merging.merged_to, is_reading=True),
            "merge": Operation(merging.merge),
            "proximity": Operation(near.proximity, is_reading=True),
        },
        missing=writing.missing,
        label="sort_name",
        also_found_by="email",
        described_by=("email",),
        icon="contact_type",
        unique={"UI_external_identifier": ["external_identifier"]},
    ),
)
