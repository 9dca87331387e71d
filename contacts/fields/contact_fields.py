"""The built-in fields of a contact, each declared once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.field import Choice, Field, Rows, Traits
from contacts.fields.membership_fields import MEMBERSHIP_FIELDS
from contacts.fields.storage import (
    ChildColumn,
    Column,
    Counted,
    FoldedColumn,
    FullName,
    Keys,
    Links,
    PhoneKeys,
    TagLinks,
    Tally,
    TypedPhones,
)
from contacts.models import (
    EMPLOYEE_OF,
    Contact,
    ContactFollower,
    ContactProject,
    Deal,
    EmailAddress,
    GroupMember,
    Note,
    Phone,
    PostalAddress,
    Relationship,
    Ticket,
)
from contacts.models.contacts import NAME_LENGTH

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PERSON = frozenset({"person"})
ORGANIZATION = frozenset({"organization"})
HOUSEHOLD = frozenset({"household"})

TEXT = types.TextType()
LONG = types.LongTextType()
DATE = types.DateType()
MOMENT = types.DateTimeType()
YES_NO = types.BooleanType()
INTEGER = types.IntegerType()
DECIMAL = types.DecimalType()
FIXED = types.FixedChoiceType()
OPTION = types.ChoiceType()
USER = types.UserType()
GROUP = types.UserGroupType()
CONTACT = types.ContactType()
COMPANY = types.CompanyType()
CHANNELS = types.ChannelsType()
IDS = types.IdsType()

# Numbers of the comparison keys (`Field.code`). Stored in every row: never reuse one.
CODES = {
    "first_name": 1,
    "middle_name": 2,
    "last_name": 3,
    "nickname": 4,
    "organization_name": 5,
    "household_name": 6,
    "legal_name": 7,
    "job_title": 8,
    "department": 9,
    "company": 10,
    "emails": 11,
    "phones": 12,
    "phone_digits": 13,
    "street1": 14,
    "street2": 15,
    "city": 16,
    "region": 17,
    "postcode": 18,
    "websites": 19,
    "messengers": 20,
    "source": 21,
    "full_address": 22,
    "prefix": 23,
    "suffix": 24,
    "domain": 25,
    "country_text": 26,
    "full_name": 27,
    "listed_name": 28,
}

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
    },
}
PHONE_TRAITS: Traits = {
    "main": "number",
    "texts": {"number": 100, "extension": 16},
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


def _field(
    key: str, field_type: types.FieldType, label: "StrOrPromise", **more: Any
) -> Field:  # Field's own keywords
    storage = more.pop("storage", None) or Column(more.get("column") or key)
    return Field(key, "contact", field_type, label, storage, **more)


def _text(key: str, label: "StrOrPromise", **more: Any) -> Field:  # Field's own keywords
    more.setdefault("max_length", NAME_LENGTH)
    code = CODES[key]
    storage = Keys(code, given=key, sort_column=more.pop("sort_column", ""))
    return _field(key, TEXT, label, column=key, storage=storage, code=code, **more)


def _flag(key: str, label: "StrOrPromise") -> Field:
    return _field(key, YES_NO, label, column=key)


def _option(
    key: str, label: "StrOrPromise", list_name: str, **more: Any
) -> Field:  # Field's own keywords
    column = f"{key}_id"
    return _field(key, OPTION, label, column=column, list_name=list_name, **more)


def _address_part(key: str, label: "StrOrPromise") -> Field:
    """Return a field that only finds: it is written as part of `addresses`."""
    code = CODES[key]
    storage = Keys(code, given=f"addresses__{key}" if key != "full_address" else "")
    return _field(key, TEXT, label, storage=storage, code=code, is_writable=False)


def _typed_phone(key: str, label: "StrOrPromise", type_name: str) -> Field:
    """Return a field that only finds: it is written as part of `phones`."""
    return _field(key, TEXT, label, storage=TypedPhones(type_name), is_writable=False)


def _name_of_parts(key: str, label: "StrOrPromise") -> Field:
    """Return a field that only finds: a name put together from its parts."""
    storage = Keys(CODES[key])
    return _field(
        key, TEXT, label, storage=storage, code=CODES[key], is_writable=False, is_sortable=False
    )


def _choices(enumeration: Iterable[Choices]) -> tuple[Choice, ...]:
    return tuple(Choice(each.value, each.name.lower(), each.label) for each in enumeration)


def _with_deals() -> Rows:
    return Deal.objects.filter(contact__isnull=False, archived_at=None).values("contact_id")


NAMES = (
    _field("id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    _field("kind", FIXED, _("Kind"), column="kind", choices=_choices(Contact.Kind)),
    _field("stage", FIXED, _("Stage"), column="stage", choices=_choices(Contact.Stage)),
    _field(
        "display_name",
        TEXT,
        _("Name"),
        storage=Column("display_name", key="name_key", is_text=True),
        is_writable=False,
    ),
    _field(
        "sort_name",
        TEXT,
        _("Last name, first name"),
        storage=Column("sort_name", is_text=True),
        is_writable=False,
    ),
    _name_of_parts("full_name", _("Name with prefix and suffix")),
    _name_of_parts("listed_name", _("Name as in a directory")),
    _text("prefix", _("Prefix"), max_length=64, applies_to=PERSON),
    _text("first_name", _("First name"), applies_to=PERSON, is_searchable=True),
    _text("middle_name", _("Middle name"), applies_to=PERSON, is_searchable=True),
    _text("last_name", _("Last name"), applies_to=PERSON, is_searchable=True),
    _text("suffix", _("Suffix"), max_length=64, applies_to=PERSON),
    _field(
        "formal_title",
        TEXT,
        _("Formal title"),
        column="formal_title",
        storage=FoldedColumn("formal_title"),
        max_length=64,
        applies_to=PERSON,
    ),
    _text("nickname", _("Nickname"), is_searchable=True),
    _text("organization_name", _("Organization name"), applies_to=ORGANIZATION, is_searchable=True),
    _text("legal_name", _("Legal name"), applies_to=ORGANIZATION, is_searchable=True),
    _text("household_name", _("Household name"), applies_to=HOUSEHOLD, is_searchable=True),
)

WORK = (
    _text("job_title", _("Job title"), applies_to=PERSON, is_searchable=True),
    _text("department", _("Department"), applies_to=PERSON),
    _text("company", _("Company"), is_searchable=True, sort_column="company_key"),
    _field("employer", COMPANY, _("Employer"), column="employer_id", applies_to=PERSON),
    _field(
        "companies",
        IDS,
        _("Companies"),
        storage=Links(
            Relationship,
            "contact_b_id",
            "contact_a_id",
            only=(("type__name_a_b", EMPLOYEE_OF), ("is_active", True)),
        ),
        is_sortable=False,
        is_multiple=True,
        applies_to=PERSON,
        traits={"target": "company"},
    ),
    _field("reports_to", CONTACT, _("Reports to"), column="reports_to_id", applies_to=PERSON),
)

CHANNEL_FIELDS = (
    _field(
        "emails",
        CHANNELS,
        _("E-mail"),
        storage=Keys(CODES["emails"], given="emails__address"),
        code=CODES["emails"],
        is_multiple=True,
        is_searchable=True,
        traits=EMAIL_TRAITS,
    ),
    _field(
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
    _field(
        "addresses",
        CHANNELS,
        _("Address"),
        storage=Keys(CODES["full_address"]),
        is_multiple=True,
        traits=ADDRESS_TRAITS,
    ),
    _field(
        "phone_digits",
        TEXT,
        _("Digits of the phone number"),
        storage=Keys(CODES["phone_digits"]),
        is_writable=False,
    ),
    _address_part("full_address", _("Full address")),
    _address_part("street1", _("Street")),
    _address_part("street2", _("Street, second line")),
    _address_part("city", _("City")),
    _address_part("region", _("Region")),
    _address_part("postcode", _("Postcode")),
    _address_part("country_text", _("Country as written")),
    _field(
        "country",
        OPTION,
        _("Country"),
        storage=ChildColumn(PostalAddress, "country_id", has_primary=True),
        is_writable=False,
        list_name="country",
    ),
    _field(
        "email_on_hold",
        YES_NO,
        _("E-mail on hold"),
        storage=ChildColumn(EmailAddress, "is_on_hold", has_primary=True),
        is_writable=False,
        is_sortable=False,
    ),
    _field(
        "phone_type",
        OPTION,
        _("Phone type"),
        storage=ChildColumn(Phone, "type_id", has_primary=True),
        is_writable=False,
        is_sortable=False,
        list_name="phone_type",
    ),
    _typed_phone("mobile_phone", _("Mobile phone"), "mobile"),
    _typed_phone("fax", _("Fax"), "fax"),
    _field(
        "websites",
        CHANNELS,
        _("Website"),
        storage=Keys(CODES["websites"], given="websites__url"),
        code=CODES["websites"],
        is_multiple=True,
        traits=WEBSITE_TRAITS,
    ),
    _field(
        "messengers",
        CHANNELS,
        _("Messenger"),
        storage=Keys(CODES["messengers"], given="messengers__handle"),
        code=CODES["messengers"],
        is_multiple=True,
        traits=MESSENGER_TRAITS,
    ),
)

PERSONAL = (
    _field("birthday", DATE, _("Birthday"), column="birthday", applies_to=PERSON),
    _field("is_deceased", YES_NO, _("Deceased"), column="is_deceased", applies_to=PERSON),
    _field("deceased_on", DATE, _("Date of death"), column="deceased_on", applies_to=PERSON),
    _option("gender", _("Gender"), "gender", applies_to=PERSON),
    _field(
        "background", LONG, _("Background"), column="background", storage=FoldedColumn("background")
    ),
    _field("avatar", types.AttachmentType(), _("Picture"), column="avatar_id"),
    _field(
        "preferred_language",
        TEXT,
        _("Preferred language"),
        column="preferred_language",
        storage=FoldedColumn("preferred_language"),
        max_length=16,
    ),
    _field(
        "preferred_channels",
        types.TagsType(),
        _("Preferred channels"),
        column="preferred_channels",
        is_filterable=False,
        is_sortable=False,
        is_multiple=True,
    ),
    _flag("do_not_phone", _("Do not phone")),
    _flag("do_not_email", _("Do not e-mail")),
    _flag("do_not_mail", _("Do not mail")),
    _flag("do_not_sms", _("Do not text")),
    _flag("do_not_trade", _("Do not pass on")),
    _flag("is_opt_out", _("No mass e-mail")),
    _flag("no_event_news", _("No announcements of events")),
    _flag("no_newsletters", _("No newsletters")),
)

ORGANIZATION_FACTS = (
    _text("domain", _("Domain"), applies_to=ORGANIZATION),
    _option("industry", _("Industry"), "industry", applies_to=ORGANIZATION),
    _field(
        "parent", COMPANY, _("Parent organization"), column="parent_id", applies_to=ORGANIZATION
    ),
    _field(
        "employee_count",
        INTEGER,
        _("Employees"),
        column="employee_count",
        applies_to=ORGANIZATION,
        traits={"not_negative": True, "largest": 2**31 - 1},
    ),
    _field(
        "annual_revenue",
        DECIMAL,
        _("Annual revenue"),
        column="annual_revenue",
        applies_to=ORGANIZATION,
        traits={"places": 2, "largest": 10**15},
    ),
)

BELONGING = (
    _field("owner", USER, _("Owner"), column="owner_id"),
    _field("owner_group", GROUP, _("Owning user group"), column="owner_group_id"),
    _field(
        "owner_assigned_at",
        MOMENT,
        _("Owner assigned"),
        storage=Column("owner_assigned_at"),
        is_writable=False,
    ),
    _field("author", USER, _("Author"), column="author_id"),
    _field("editor", USER, _("Last editor"), storage=Column("editor_id"), is_writable=False),
    _field(
        "is_user",
        YES_NO,
        _("Contact of a user"),
        storage=Column("is_user"),
        is_writable=False,
    ),
    _field("created_at", MOMENT, _("Created"), storage=Column("created_at"), is_writable=False),
    _field("updated_at", MOMENT, _("Updated"), storage=Column("updated_at"), is_writable=False),
    _field("archived_at", MOMENT, _("Archived"), storage=Column("archived_at"), is_writable=False),
    _field(
        "visibility",
        FIXED,
        _("Visibility"),
        column="visibility",
        choices=_choices(Contact.Visibility),
    ),
    _field(
        "tags",
        types.TagsType(),
        _("Tags"),
        storage=TagLinks(),
        is_multiple=True,
    ),
    _field(
        "projects",
        IDS,
        _("Projects"),
        storage=Links(ContactProject, "project_id"),
        is_sortable=False,
        is_multiple=True,
        traits={"target": "project"},
    ),
    _field(
        "followers",
        IDS,
        _("Followed by"),
        storage=Links(ContactFollower, "user_id"),
        is_writable=False,
        is_sortable=False,
        is_multiple=True,
        traits={"target": "user"},
    ),
    _field(
        "groups",
        IDS,
        _("Groups"),
        storage=Links(GroupMember, "group_id", only=(("status", GroupMember.Status.ADDED),)),
        is_sortable=False,
        is_multiple=True,
        traits={"target": "group"},
    ),
    _option("lead_source", _("How we met"), "lead_source"),
    _text("source", _("Source")),
    _field(
        "entry_channel",
        TEXT,
        _("Came through"),
        storage=Column("entry_channel", is_text=True),
        is_writable=False,
    ),
    _field(
        "external_identifier",
        TEXT,
        _("External identifier"),
        column="external_identifier",
        max_length=NAME_LENGTH,
    ),
    _field(
        "balance",
        DECIMAL,
        _("Balance"),
        column="balance",
        traits={"places": 2, "largest": 10**12},
    ),
    _field(
        "total_donated",
        DECIMAL,
        _("Total donated"),
        column="total_donated",
        traits={"places": 2, "largest": 10**12},
    ),
)

FOLLOWING = (
    _field(
        "has_deals",
        YES_NO,
        _("Has deals"),
        storage=Counted(_with_deals),
        is_writable=False,
        is_sortable=False,
    ),
    _field(
        "open_ticket_owner",
        USER,
        _("Has open tickets of"),
        storage=ChildColumn(Ticket, "owner_id", only=(("closed_at", None), ("archived_at", None))),
        is_writable=False,
        is_sortable=False,
    ),
    _field(
        "last_note_at",
        MOMENT,
        _("Last note"),
        storage=ChildColumn(Note, "created_at"),
        is_writable=False,
        is_sortable=False,
    ),
)

# The tie by which people belong to companies.
EMPLOYMENT = (("type__name_a_b", "Employee of"),)
# What lists are ordered by besides a contact's own fields.
_ORDERING = {"is_writable": False, "is_filterable": False}
LIVING_DEAL = (("archived_at", None),)
ORDERING = (
    _field("owner_name", TEXT, _("Name of the owner"), storage=FullName("owner"), **_ORDERING),
    _field(
        "lead_source_name",
        TEXT,
        _("How we met, by name"),
        storage=FoldedColumn("lead_source__label"),
        **_ORDERING,
    ),
    _field(
        "industry_name",
        TEXT,
        _("Industry, by name"),
        storage=FoldedColumn("industry__label"),
        **_ORDERING,
    ),
    _field(
        "parent_name",
        TEXT,
        _("Name of the parent organization"),
        storage=FoldedColumn("parent__display_name"),
        **_ORDERING,
    ),
    _field(
        "country_name",
        TEXT,
        _("Country, by name"),
        storage=ChildColumn(PostalAddress, "country__name", has_primary=True),
        **_ORDERING,
    ),
    _field(
        "company_count",
        INTEGER,
        _("Number of companies"),
        storage=Tally(Relationship, "contact_a_id", (("is_active", True), *EMPLOYMENT)),
        **_ORDERING,
    ),
    _field(
        "people_count",
        INTEGER,
        _("Number of people"),
        storage=Tally(Relationship, "contact_b_id", (("is_active", True), *EMPLOYMENT)),
        **_ORDERING,
    ),
    _field(
        "deal_count",
        INTEGER,
        _("Number of deals"),
        storage=Tally(Deal, "contact_id", LIVING_DEAL),
        **_ORDERING,
    ),
)

CONTACT_FIELDS: tuple[Field, ...] = (
    *NAMES,
    *WORK,
    *CHANNEL_FIELDS,
    *PERSONAL,
    *ORGANIZATION_FACTS,
    *BELONGING,
    *MEMBERSHIP_FIELDS,
    *FOLLOWING,
    *ORDERING,
)
