"""Website: the websites of contacts."""

from api.civicrm.channels import channel_entity, of_contact
from api.civicrm.mapping.declaring import option, record_id, text

ENTITIES = (
    channel_entity(
        "Website",
        "website",
        record_id("Website ID"),
        of_contact(),
        text("url", "Website", "url", max_length=500),
        option("website_type_id", "Website Type", "type", "website_type"),
        label="url",
        has_location=False,
    ),
)
