"""What e-mails, phones, addresses, websites and messengers have in common."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from api.civicrm.entity import Entity, fixed
from api.civicrm.mapping.declaring import option, points_to, yes_no
from api.civicrm.mapping.fields import WireField
from api.civicrm.permissions import OPEN
from api.civicrm.sources.records import RecordSource
from contacts.access import Actor
from contacts.fields import reference
from contacts.services.channel_records import add_channel, remove_channel, update_channel

Values = Mapping[str, object]


def channel_entity(
    name: str, kind: str, *fields: WireField, label: str, has_location: bool = True
) -> Entity:
    """Return the entity of one kind of channel; what may be done follows its contact."""
    return Entity(
        name=name,
        source=RecordSource(kind),
        fields=fixed(*fields),
        permissions=OPEN,
        create=partial(create_channel, kind, has_location=has_location),
        update=lambda actor, channel_id, values: update_channel(actor, kind, channel_id, values),
        delete=lambda actor, channel_id: remove_channel(actor, kind, channel_id),
        label=label,
    )


def of_contact() -> WireField:
    """Return the field of the contact that a channel belongs to."""
    return points_to("Contact", "contact_id", "Contact ID", "contact", is_required=True)


def located() -> WireField:
    """Return the field of the place where a channel is."""
    return option(
        "location_type_id", "Location Type", "location", "location_type", target="LocationType"
    )


def is_primary() -> WireField:
    """Return the field of the channel that counts first."""
    return yes_no("is_primary", "Is Primary", "is_primary")


def is_billing() -> WireField:
    """Return the field of the channel that bills go to."""
    return yes_no("is_billing", "Is Billing", "is_billing")


def create_channel(
    kind: str, actor: Actor, values: Values, *, has_location: bool = True
) -> Mapping[str, Any]:
    """Give a contact one more channel, at the usual place unless another is named."""
    given = dict(values)
    default = reference.options().default_of("location_type")
    if has_location and given.get("location") is None and default is not None:
        given["location"] = default.pk
    return add_channel(actor, kind, given)
