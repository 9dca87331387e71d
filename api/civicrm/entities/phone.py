"""Phone: the phone numbers of contacts."""

from api.civicrm.channels import channel_entity, is_billing, is_primary, located, of_contact
from api.civicrm.mapping.declaring import option, record_id, text

ENTITIES = (
    channel_entity(
        "Phone",
        "phone",
        record_id("Phone ID"),
        of_contact(),
        located(),
        is_primary(),
        is_billing(),
        text("mobile_provider_id", "Mobile Provider", "provider"),
        text("phone", "Phone", "number", is_required=True, max_length=32),
        text("phone_ext", "Phone Extension", "extension", max_length=16),
        text("phone_numeric", "Phone Numeric", "digits", is_writable=False),
        option("phone_type_id", "Phone Type", "type", "phone_type"),
        label="phone",
    ),
)
