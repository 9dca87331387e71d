"""The fields of Contact; those shown by default stand in the order in which answers show them."""

from collections.abc import Sequence
from typing import Any

from api.civicrm.contact import asking
from api.civicrm.contact.ages import AGES
from api.civicrm.contact.channel_ids import channel_id
from api.civicrm.contact.custom import custom_fields
from api.civicrm.contact.formats import (
    CHANNELS,
    COUNTRY_NAME,
    GROUPS,
    HOLD,
    HOLDS,
    KIND,
    KINDS,
    LABEL,
    LANGUAGE_LABEL,
    NAMED_CHOICE,
    STYLE,
    STYLES,
    SUBTYPE_NAMES,
    SUBTYPES,
    TAGS,
)
from api.civicrm.contact.offered import LANGUAGE, STYLE_NUMBER
from api.civicrm.contact.ranges import RANGES
from api.civicrm.contact.regions import WORLD
from api.civicrm.mapping import formats
from api.civicrm.mapping.declaring import (
    day,
    integer,
    moment,
    number,
    option,
    points_to,
    text,
    yes_no,
)
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Format
from api.civicrm.mapping.offering import labels, languages, records, states, words
from api.civicrm.mapping.states import STATE
from contacts.access import Actor
from contacts.fields import reference


def _primary(name: str, title: str, key: str, path: str, **more: Any) -> WireField:  # as WireField
    """Return a field of the primary channel: found and shown here, written with the channel."""
    return text(name, title, key, path=path, is_writable=False, scope="primary", **more)


def _shown(name: str, title: str, path: str, **more: Any) -> WireField:  # as WireField
    """Return a field that is only shown."""
    return text(name, title, path=path, is_writable=False, **more)


def _label_of(name: str, title: str, path: str, list_name: str, beside: Format) -> WireField:
    """Return the label of a choice beside its number; asked for, both are the same."""
    return WireField(
        name=name,
        title=title,
        format=LABEL,
        path=path,
        list_name=list_name,
        is_writable=False,
        is_described=False,
        ask=asking.like(beside, path.removesuffix("_id")),
    )


DEFAULT: Sequence[WireField] = (
    integer("contact_id", "Contact ID", "id", is_writable=False, is_described=False),
    WireField(
        name="contact_type",
        title="Contact Type",
        format=KIND,
        key="kind",
        path="kind",
        is_required=True,
        offers=words(KINDS),
    ),
    WireField(
        name="contact_sub_type",
        title="Contact Subtype",
        format=SUBTYPES,
        key="subtypes",
        path="subtypes",
        offers=words(SUBTYPE_NAMES),
    ),
    text(
        "sort_name",
        "Sort Name",
        "sort_name",
        path="names.sorted",
        is_writable=False,
        ask=asking.within("listed_name"),
    ),
    text(
        "display_name",
        "Display Name",
        "display_name",
        path="names.shown",
        is_writable=False,
        ask=asking.within("full_name"),
    ),
    text("external_identifier", "External Identifier", "external_identifier", max_length=64),
    text(
        "organization_name",
        "Organization Name",
        "organization_name",
        path="names.organization",
        max_length=128,
    ),
    text("first_name", "First Name", "first_name", max_length=64),
    text("middle_name", "Middle Name", "middle_name", max_length=64),
    text("last_name", "Last Name", "last_name", max_length=64),
    yes_no("do_not_email", "Do Not Email", "do_not_email"),
    yes_no("do_not_phone", "Do Not Phone", "do_not_phone"),
    yes_no("do_not_mail", "Do Not Mail", "do_not_mail"),
    yes_no("do_not_sms", "Do Not Sms", "do_not_sms"),
    yes_no("do_not_trade", "Do Not Trade", "do_not_trade"),
    yes_no("is_opt_out", "No Bulk Emails (User Opt Out)", "is_opt_out"),
    text("legal_identifier", "Legal Identifier", "legal_identifier", max_length=32),
    text("nick_name", "Nickname", "nickname", max_length=128),
    text("legal_name", "Legal Name", "legal_name", max_length=128),
    text("image_URL", "Image Url", "picture_address"),
    WireField(
        name="preferred_communication_method",
        title="Preferred Communication Method",
        format=CHANNELS,
        key="preferred_channels",
        path="preferred_channels",
        list_name="preferred_channel",
    ),
    WireField(
        name="preferred_language",
        title="Preferred Language",
        format=LANGUAGE,
        key="preferred_language",
        path="preferred_language",
        max_length=5,
        offers=languages,
    ),
    text("source", "Source of Contact Data", "source", unique="contact_source", max_length=255),
    WireField(
        name="prefix_id",
        title="Individual Prefix",
        format=NAMED_CHOICE,
        key="prefix",
        path="prefix",
        list_name="name_prefix",
        aliases=("individual_prefix_id",),
    ),
    WireField(
        name="suffix_id",
        title="Individual Suffix",
        format=NAMED_CHOICE,
        key="suffix",
        path="suffix",
        list_name="name_suffix",
        aliases=("individual_suffix_id",),
    ),
    text("formal_title", "Formal Title", "formal_title", max_length=64),
    WireField(
        name="communication_style_id",
        title="Communication Style",
        format=STYLE_NUMBER,
        key="communication_style",
        path="communication_style",
        offers=labels(STYLES),
    ),
    text("job_title", "Job Title", "job_title", max_length=255),
    option("gender_id", "Gender", "gender", "gender"),
    day("birth_date", "Birth Date", "birthday"),
    yes_no("is_deceased", "Deceased", "is_deceased"),
    day("deceased_date", "Deceased Date", "deceased_on"),
    text("household_name", "Household Name", "household_name", max_length=128),
    text("sic_code", "Sic Code", "sic_code", max_length=8),
    yes_no(
        "is_deleted",
        "Contact is in Trash",
        path="is_archived",
        unique="contact_is_deleted",
        ask=asking.nothing,
    ),
    text("current_employer", "Current Employer", "company", max_length=128),
    channel_id("address_id", "Address ID", "address"),
    _primary("street_address", "Street Address", "street1", "address.street1"),
    _primary("supplemental_address_1", "Supplemental Address 1", "street2", "address.street2"),
    _shown("supplemental_address_2", "Supplemental Address 2", "address.street3"),
    _shown("supplemental_address_3", "Supplemental Address 3", "address.street4"),
    _primary("city", "City", "city", "address.city"),
    _shown("postal_code_suffix", "Postal Code Suffix", "address.postcode_suffix"),
    _primary("postal_code", "Postal Code", "postcode", "address.postcode"),
    number("geo_code_1", "Latitude", path="address.latitude", is_writable=False),
    number("geo_code_2", "Longitude", path="address.longitude", is_writable=False),
    WireField(
        name="state_province_id",
        title="State/Province ID",
        format=STATE,
        key="region",
        path="address.state_number",
        target="StateProvince",
        offers=states,
        is_writable=False,
        scope="primary",
    ),
    option(
        "country_id",
        "Country ID",
        "country",
        "country",
        path="address.country_id",
        is_writable=False,
        target="Country",
        scope="primary",
    ),
    channel_id("phone_id", "Phone ID", "phone"),
    option(
        "phone_type_id",
        "Phone Type",
        "phone_type",
        "phone_type",
        path="phone.type_id",
        is_writable=False,
        scope="primary",
    ),
    _primary("phone", "Phone", "phones", "phone.number"),
    channel_id("email_id", "Email ID", "email"),
    text("email", "Email", "emails", path="email.address", scope="primary", max_length=254),
    WireField(
        name="on_hold",
        title="On Hold",
        format=HOLD,
        offers=labels(HOLDS),
        key="email_on_hold",
        path="email.hold",
        is_writable=False,
        scope="primary",
    ),
    integer("im_id", "IM ID", path="messenger.id", is_writable=False),
    option(
        "provider_id",
        "IM Provider",
        "",
        "messenger_service",
        path="messenger.service_id",
        is_writable=False,
    ),
    _primary("im", "IM", "messengers", "messenger.handle"),
    *WORLD,
    WireField(
        name="languages",
        title="Languages",
        format=LANGUAGE_LABEL,
        path="preferred_language",
        is_writable=False,
        is_described=False,
    ),
    _label_of("individual_prefix", "Individual Prefix", "prefix", "name_prefix", NAMED_CHOICE),
    _label_of("individual_suffix", "Individual Suffix", "suffix", "name_suffix", NAMED_CHOICE),
    WireField(
        name="communication_style",
        title="Communication Style",
        format=STYLE,
        path="communication_style",
        is_writable=False,
        is_described=False,
    ),
    _label_of("gender", "Gender", "gender_id", "gender", formats.OPTION),
    _shown("state_province_name", "State/Province Name", "address.state_name"),
    WireField(
        name="state_province",
        title="State/Province",
        format=STATE,
        key="region",
        path="address.state_code",
        offers=states,
        is_writable=False,
        scope="primary",
    ),
    WireField(
        name="country",
        title="Country",
        format=COUNTRY_NAME,
        key="country",
        path="address.country_id",
        list_name="country",
        is_writable=False,
        scope="primary",
    ),
    integer("id", "Contact ID", "id", is_writable=False, aliases=("contact_id",)),
)

ON_REQUEST: Sequence[WireField] = (
    points_to(
        "Contact",
        "employer_id",
        "Current Employer ID",
        "employer",
        unique="current_employer_id",
        is_default=False,
    ),
    *(
        text(name, title, key, is_default=False)
        for name, title, key in (
            ("preferred_mail_format", "Preferred Mail Format", "mail_format"),
            ("email_greeting_id", "Email Greeting ID", "email_greeting"),
            ("email_greeting_custom", "Email Greeting Custom", "email_greeting_text"),
            ("postal_greeting_id", "Postal Greeting ID", "postal_greeting"),
            ("postal_greeting_custom", "Postal Greeting Custom", "postal_greeting_text"),
            ("addressee_id", "Addressee ID", "addressee"),
            ("addressee_custom", "Addressee Custom", "addressee_text"),
            ("primary_contact_id", "Household Primary Contact ID", "household_head"),
            ("user_unique_id", "Unique ID (OpenID)", "login_identifier"),
        )
    ),
    *(
        _shown(name, title, path, is_default=False)
        for name, title, path in (
            ("email_greeting_display", "Email Greeting", "greeting.email"),
            ("postal_greeting_display", "Postal Greeting", "greeting.postal"),
            ("addressee_display", "Addressee", "greeting.addressee"),
            ("address_name", "Address Name", "address.name"),
        )
    ),
    _shown("hash", "Contact Hash", "hash", is_default=False, max_length=32, ask=asking.hashed),
    moment("created_date", "Created Date", "created_at", is_writable=False, is_default=False),
    moment("modified_date", "Modified Date", "updated_at", is_writable=False, is_default=False),
    text(
        "phone_numeric",
        "Phone Number (digits)",
        "phone_digits",
        path="",
        is_writable=False,
        is_default=False,
        scope="primary",
    ),
    WireField(
        name="tag",
        title="Tags",
        unique="tags",
        format=TAGS,
        offers=records(reference.tags),
        key="tags",
        path="tags",
        is_writable=False,
        is_default=False,
        ask=asking.tag,
    ),
    WireField(
        name="group",
        title="Group(s)",
        unique="groups",
        format=GROUPS,
        offers=records(reference.groups),
        key="groups",
        path="groups",
        aliases=("filter.group_id", "filter_group_id"),
        is_ticked=True,
        is_writable=False,
        is_default=False,
        ask=asking.group,
    ),
    yes_no("showAll", "Show deleted", is_filter_only=True, ask=asking.nothing),
    *RANGES,
    *AGES,
    text("uf_user", "Has a user account", is_filter_only=True, ask=asking.has_user),
)

FIELDS = (*DEFAULT, *ON_REQUEST)
# What a list brings along with a field that is asked for.
COMPANIONS = {
    "email": ("email_id",),
    "phone": ("phone_id", "phone_type_id"),
    "im": ("im_id", "provider_id"),
    "state_province": ("state_province_id",),
    "state_province_name": ("state_province_id",),
    **dict.fromkeys(
        (
            "street_address",
            "supplemental_address_1",
            "supplemental_address_2",
            "city",
            "postal_code",
            "country_id",
            "state_province_id",
        ),
        ("address_id",),
    ),
    "country": ("address_id", "country_id"),
}


def contact_fields(actor: Actor) -> Sequence[WireField]:
    """Return the fields of Contact for an actor, custom ones last."""
    return (*FIELDS, *custom_fields(actor))
