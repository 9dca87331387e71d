"""ContactType: what contacts are, and kinds within these."""

from collections.abc import Iterable

from api.civicrm.calls import Record
from api.civicrm.contact.formats import CONTACT_TYPES
from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import integer, record_id, text, yes_no
from api.civicrm.permissions import SETUP
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor


def _rows(actor: Actor) -> Iterable[Record]:
    for number, name, parent, icon in CONTACT_TYPES:
        yield {
            "id": str(number),
            "name": name,
            "label": name,
            "parent_id": parent,
            "icon": icon,
            "is_active": "1",
            "is_reserved": "0" if parent else "1",
        }


ENTITIES = (
    Entity(
        name="ContactType",
        source=TableSource(_rows),
        fields=fixed(
            record_id("Contact Type ID"),
            text("name", "Name", is_writable=False),
            text("label", "Label", is_writable=False),
            integer(
                "parent_id",
                "Parent ID",
                path="parent_id",
                is_writable=False,
                target="ContactType",
            ),
            text("icon", "Icon", is_writable=False),
            yes_no("is_active", "Enabled", is_writable=False),
            yes_no("is_reserved", "Is Reserved", is_writable=False),
        ),
        permissions=SETUP,
        label="label",
    ),
)
