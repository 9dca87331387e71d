"""Im: the handles of contacts in messaging services."""

from api.civicrm.channels import channel_entity, is_primary, located, of_contact
from api.civicrm.mapping.declaring import option, record_id, text

ENTITIES = (
    channel_entity(
        "Im",
        "messenger",
        record_id("Instant Messenger ID"),
        of_contact(),
        located(),
        text("name", "IM Screen Name", "handle", max_length=64),
        option("provider_id", "IM Provider", "service", "messenger_service"),
        is_primary(),
        label="name",
    ),
)
