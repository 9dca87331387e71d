"""The channels of a contact as fields: e-mails, phones, addresses, websites, messengers."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contacts.fields.contact_declaring import (
    CHANNELS,
    CODES,
    OPTION,
    TEXT,
    YES_NO,
    address_part,
    plain,
    typed_phone,
)
from contacts.fields.field import Traits
from contacts.fields.storage import (
    ChildColumn,
    Keys,
    PhoneKeys,
)
from contacts.models import (
    EmailAddress,
    Phone,
    PostalAddress,
)

if TYPE_CHECKING:
    pass

LOCATION = ("location", "location_type")

EMAIL_TRAITS: Traits = {
    "main": "address",
    "texts": {"address": 254},
    "lists": dict([LOCATION]),
    "flags": ("is_primary", "is_on_hold", "is_billing", "is_bulk"),
    "extras": {
        "hold_reason": 32,
        "held_since": 32,
        "held_until": 32,
        "signature": 65_535,
        "signature_html": 65_535,
        # The address itself, where it was given as a second one and there is no first.
        "second": 254,
    },
}
PHONE_TRAITS: Traits = {
    "main": "number",
    "texts": {"number": 191, "extension": 16},
    "lists": {"type": "phone_type", "location": "location_type"},
    "flags": ("is_primary", "is_billing"),
    "extras": {"provider": 64},
}
ADDRESS_TRAITS: Traits = {
    "main": "street1",
    "texts": {
        "street1": 255,
        "street2": 255,
        "street3": 255,
        "city": 255,
        "region": 255,
        "postcode": 64,
        "po_box": 64,
        "country": 255,
        "country_text": 255,
    },
    "lists": dict([LOCATION]),
    "flags": ("is_primary", "is_billing"),
    "numbers": {"latitude": 90, "longitude": 180},
    "extras": {
        "name": 255,
        "street4": 255,
        "postcode_suffix": 12,
        "county": 64,
        "street_number": 64,
        "street_number_suffix": 8,
        "street_number_predirectional": 8,
        "street_name": 64,
        "street_type": 8,
        "street_number_postdirectional": 8,
        "street_unit": 16,
        "shared_with": 19,
        "is_located_by_hand": 1,
    },
}
WEBSITE_TRAITS: Traits = {
    "main": "url",
    "texts": {"url": 500},
    "lists": {"type": "website_type"},
    "flags": (),
}
MESSENGER_TRAITS: Traits = {
    "main": "handle",
    "texts": {"handle": 255},
    "lists": {"service": "messenger_service", "location": "location_type"},
    "flags": ("is_primary",),
}


CHANNEL_FIELDS = (
    plain(
        "emails",
        CHANNELS,
        _("E-mail"),
        storage=Keys(CODES["emails"], given="emails__address"),
        code=CODES["emails"],
        is_multiple=True,
        is_searchable=True,
        traits=EMAIL_TRAITS,
    ),
    plain(
        "phones",
        CHANNELS,
        _("Phone"),
        storage=PhoneKeys(
            CODES["phones"], given="phones__number", digits_code=CODES["phone_digits"]
        ),
        code=CODES["phones"],
        is_multiple=True,
        is_searchable=True,
        traits=PHONE_TRAITS,
    ),
    plain(
        "addresses",
        CHANNELS,
        _("Address"),
        storage=Keys(CODES["full_address"]),
        is_multiple=True,
        traits=ADDRESS_TRAITS,
    ),
    plain(
        "phone_digits",
        TEXT,
        _("Digits of the phone number"),
        storage=Keys(CODES["phone_digits"]),
        is_writable=False,
    ),
    address_part("full_address", _("Full address")),
    address_part("street1", _("Street")),
    address_part("street2", _("Street, second line")),
    address_part("city", _("City")),
    address_part("region", _("Region")),
    address_part("postcode", _("Postcode")),
    address_part("country_text", _("Country as written")),
    plain(
        "country",
        OPTION,
        _("Country"),
        storage=ChildColumn(PostalAddress, "country_id", has_primary=True, is_in_order=True),
        is_writable=False,
        list_name="country",
    ),
    plain(
        "email_on_hold",
        YES_NO,
        _("E-mail on hold"),
        storage=ChildColumn(EmailAddress, "is_on_hold", has_primary=True),
        is_writable=False,
        is_sortable=False,
    ),
    plain(
        "phone_type",
        OPTION,
        _("Phone type"),
        storage=ChildColumn(Phone, "type_id", has_primary=True),
        is_writable=False,
        is_sortable=False,
        list_name="phone_type",
    ),
    typed_phone("mobile_phone", _("Mobile phone"), "mobile"),
    typed_phone("fax", _("Fax"), "fax"),
    plain(
        "websites",
        CHANNELS,
        _("Website"),
        storage=Keys(CODES["websites"], given="websites__url"),
        code=CODES["websites"],
        is_multiple=True,
        traits=WEBSITE_TRAITS,
    ),
    plain(
        "messengers",
        CHANNELS,
        _("Messenger"),
        storage=Keys(CODES["messengers"], given="messengers__handle"),
        code=CODES["messengers"],
        is_multiple=True,
        traits=MESSENGER_TRAITS,
    ),
)
