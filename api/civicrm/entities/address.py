"""Address: the postal addresses of contacts."""

from api.civicrm.channels import channel_entity, is_billing, is_primary, located, of_contact
from api.civicrm.mapping.declaring import integer, number, option, record_id, text
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import YesNo
from contacts.access import Actor


class ByHand(YesNo):
    """A yes that is kept as text; no is no text."""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return "1" or nothing."""
        return "1" if super().read(value, field, actor) else ""


ENTITIES = (
    channel_entity(
        "Address",
        "address",
        record_id("Address ID"),
        of_contact(),
        located(),
        is_primary(),
        is_billing(),
        text("street_address", "Street Address", "street1", max_length=96),
        text("street_number", "Street Number", "street_number", max_length=64),
        text("street_number_suffix", "Street Number Suffix", "street_number_suffix"),
        text(
            "street_number_predirectional",
            "Street Direction Prefix",
            "street_number_predirectional",
        ),
        text("street_name", "Street Name", "street_name", max_length=64),
        text("street_type", "Street Type", "street_type", max_length=8),
        text(
            "street_number_postdirectional",
            "Street Direction Suffix",
            "street_number_postdirectional",
        ),
        text("street_unit", "Street Unit", "street_unit", max_length=16),
        text("supplemental_address_1", "Supplemental Address 1", "street2", max_length=96),
        text("supplemental_address_2", "Supplemental Address 2", "street3", max_length=96),
        text("supplemental_address_3", "Supplemental Address 3", "street4", max_length=96),
        text("city", "City", "city", max_length=64),
        text("county_id", "County ID", "county"),
        text("state_province", "State/Province", "region", is_default=False),
        text("postal_code_suffix", "Postal Code Suffix", "postcode_suffix", max_length=12),
        text("postal_code", "Postal Code", "postcode", max_length=64),
        option(
            "country_id",
            "Country ID",
            "country",
            "country",
            target="Country",
            aliases=("country",),
        ),
        number("geo_code_1", "Latitude", "latitude"),
        number("geo_code_2", "Longitude", "longitude"),
        WireField(
            name="manual_geo_code",
            title="Is Manually Geocoded",
            format=ByHand(),
            key="is_located_by_hand",
            path="is_located_by_hand",
        ),
        text("name", "Address Name", "name", max_length=255),
        integer("master_id", "Master Address ID", "shared_with", target="Address"),
        label="street_address",
    ),
)
