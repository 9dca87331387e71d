"""The table of the fields that every account has, in the order of the answers."""

from typing import Any

from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.meanings.base import Meaning
from api.wildapricot.mapping.meanings.choices import (
    FixedChoice,
    NoChoices,
    ProjectChoices,
    TagChoices,
    UserChoice,
)
from api.wildapricot.mapping.meanings.display_names import DisplayName
from api.wildapricot.mapping.meanings.moments import Day, Moment, NoMoment
from api.wildapricot.mapping.meanings.numbers import NoNumber, Number
from api.wildapricot.mapping.meanings.people import EditorNumber
from api.wildapricot.mapping.meanings.pictures import Picture
from api.wildapricot.mapping.meanings.places import Country, Street
from api.wildapricot.mapping.meanings.texts import (
    ChannelText,
    Email,
    MainPhone,
    OtherEmails,
    Text,
    TypedPhone,
)
from api.wildapricot.mapping.meanings.truths import (
    Archived,
    Constant,
    Donor,
    EmailDisabled,
    Flag,
)
from api.wildapricot.mapping.member_fields import MEMBER_FIELDS, WHO_IS_MEMBER
from api.wildapricot.mapping.options import Option

ROLES = (
    Option(256, "Account administrator (Full access)", value="AccountAdministrator"),
    Option(128, "Account administrator (Read-only access)", value="AccountReadOnlyAdministrator"),
    Option(1, "Website editor", value="WebSiteEditor"),
    Option(2, "Membership manager", value="MembershipManager"),
    Option(4, "Event manager", value="EventManager"),
    Option(8, "Donations manager", value="DonationManager"),
    Option(16, "Restricted website editor", value="RestrictedWebSiteEditor"),
    Option(32, "Newsletter manager", value="NewsletterManager"),
    Option(64, "Online store manager", value="StoreManager"),
)
KINDS = (
    Option(1, "Person", "person"),
    Option(2, "Organization", "organization"),
    Option(3, "Household", "household"),
)


def _built_in(number: int, name: str, code: str, meaning: Meaning, **more: Any) -> WireField:
    more.setdefault("is_editable", False)
    more.setdefault("access", "Nobody")
    return WireField(id=number, name=name, code=code, meaning=meaning, is_built_in=True, **more)


def _line(number: int, name: str, code: str, meaning: Meaning, **more: Any) -> WireField:
    more.setdefault("field_type", "Text")
    more.setdefault("display", "SingleLineText")
    return WireField(id=number, name=name, code=code, meaning=meaning, **more)


def _core(number: int, name: str, meaning: Meaning, **more: Any) -> WireField:
    more.setdefault("field_type", "Text")
    more.setdefault("display", "SingleLineText")
    more.setdefault("access", "Members")
    return WireField(id=number, name=name, meaning=meaning, is_system=False, **more)


def _address(key: str, part: str = "") -> ChannelText:
    return ChannelText((key,), channel="addresses", part=part or key)


ABOUT_RECORD = (
    _built_in(3007, "Archived", "IsArchived", Archived(), is_editable=True),
    _built_in(3019, "Donor", "IsDonor", Donor(("total_donated",))),
    _built_in(3020, "Event registrant", "IsEventAttendee", Constant()),
    *WHO_IS_MEMBER,
)

PREFERENCES = (
    _built_in(
        3013,
        "Event announcements",
        "ReceiveEventReminders",
        Flag(("no_event_news",), inverted=True),
        is_editable=True,
    ),
    _built_in(
        3014,
        "Member emails and newsletters",
        "ReceiveNewsletters",
        Flag(("no_newsletters",), inverted=True),
        is_editable=True,
    ),
    _built_in(
        3017,
        "Email delivery disabled",
        "EmailDisabled",
        EmailDisabled(("do_not_email", "emails")),
        is_editable=True,
    ),
    # The word is upstream's; docs/dialects/wildapricot.md, "Fields".
    _built_in(3018, "Receiving emails disabled", "RecievingEMailsDisabled", Flag(("is_opt_out",))),
)

MONEY_AND_TIME = (
    _built_in(
        3029,
        "Balance",
        "Balance",
        Number(("balance",), blank=0.0, is_money=True),
        is_editable=True,
    ),
    _built_in(
        3030,
        "Total donated",
        "TotalDonated",
        Number(("total_donated",), blank=0.0, is_money=True),
        is_editable=True,
    ),
    _built_in(3023, "Registered for specific event", "RegistredForEvent", NoNumber()),
    _built_in(3024, "Profile last updated", "LastUpdated", Moment(("updated_at",))),
    _built_in(
        3025,
        "Profile last updated by",
        "LastUpdatedBy",
        EditorNumber(("editor",)),
        is_searchable=False,
    ),
    _built_in(3026, "Creation date", "CreationDate", Moment(("created_at",))),
    _built_in(3028, "Last login date", "LastLoginDate", NoMoment(found="own_last_seen_at")),
    _built_in(
        3032,
        "Administrator role",
        "AdminRole",
        NoChoices(kept_as="own_roles", fixed=ROLES),
        is_editable=True,
        is_searchable=False,
        field_type="MultipleChoice",
        display="CheckboxGroup",
    ),
    _built_in(
        3009,
        "Notes",
        "Notes",
        Text(("background",)),
        is_editable=True,
        field_type="MultilineText",
        display="MultilineText",
    ),
    _built_in(
        3031,
        "Terms of use accepted",
        "SystemRulesAndTermsAccepted",
        Constant(value=True),
        is_searchable=False,
        field_type="RulesAndTerms",
    ),
    _built_in(
        3027,
        "Subscription source",
        "SubscriptionSource",
        NoChoices(),
        field_type="MultipleChoice",
        display="CheckboxGroup",
    ),
)

NAMES = (
    WireField(
        id=3001,
        name="User ID",
        code="MemberId",
        meaning=Number(("id",), is_whole=True, is_fixed=True),
        is_editable=False,
    ),
    _line(3003, "First name", "FirstName", Text(("first_name",), trims=True), max_length=50),
    _line(
        3004,
        "Last name",
        "LastName",
        Text(
            ("last_name", "household_name"),
            by_kind=(("household", "household_name"),),
            trims=True,
        ),
        max_length=50,
    ),
    _line(
        3005,
        "Organization",
        "Organization",
        Text(
            ("organization_name", "company"),
            by_kind=(("person", "company"), ("household", "company")),
            trims=True,
        ),
        max_length=250,
    ),
    _line(
        3002,
        "Email",
        "Email",
        Email(("emails",), channel="emails", part="address"),
        max_length=100,
    ),
    _line(
        3006,
        "Phone",
        "Phone",
        MainPhone(("phones",), channel="phones", part="number"),
        max_length=50,
    ),
)

CORE = (
    _core(9001, "Job title", Text(("job_title",))),
    _core(9002, "Mobile phone", TypedPhone(("mobile_phone",), word="mobile")),
    _core(9003, "Fax", TypedPhone(("fax",), word="fax")),
    _core(9004, "Website", ChannelText(("websites",), channel="websites", part="url")),
    _core(
        9005,
        "Address",
        Street(("street1", "street2"), channel="addresses"),
        field_type="MultilineText",
        display="MultilineText",
    ),
    _core(9006, "City", _address("city")),
    _core(9007, "State/Prov", _address("region")),
    _core(9008, "Postal code", _address("postcode")),
    _core(9009, "Country", Country(("country", "country_text"))),
    _core(9010, "Birthday", Day(("birthday",)), field_type="Date", display=""),
    _core(9011, "Middle name", Text(("middle_name",))),
    _core(9012, "Other emails", OtherEmails(("emails",), channel="emails", part="address")),
    _core(
        9013,
        "Contact type",
        FixedChoice(("kind",), fixed=KINDS),
        field_type="RadioButtons",
        display="RadioButtons",
    ),
    _core(
        9014, "Tags", TagChoices(("tags",)), field_type="MultipleChoice", display="CheckboxGroup"
    ),
    _core(
        9015,
        "Projects",
        ProjectChoices(("projects",)),
        field_type="MultipleChoice",
        display="CheckboxGroup",
    ),
    _core(
        9016,
        "Assigned to",
        UserChoice(("owner",), kept_as="owner_id"),
        field_type="Dropdown",
        display="Dropdown",
    ),
    _core(9017, "Avatar", Picture(("avatar",)), field_type="Picture", display=""),
    _core(9018, "Source", Text(("source",))),
)

BEFORE_CUSTOM = (*ABOUT_RECORD, *PREFERENCES, *MONEY_AND_TIME, *NAMES, *CORE)
AFTER_CUSTOM: tuple[WireField, ...] = MEMBER_FIELDS
# Names that filters and orders know, but no answer shows.
ONLY_ASKED: tuple[WireField, ...] = (
    WireField(
        id=0,
        name="DisplayName",
        code="DisplayName",
        meaning=DisplayName(("last_name", "first_name")),
        is_editable=False,
    ),
)
