"""The built-in fields of a contact, each declared once."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.contact_channel_fields import (
    CHANNEL_FIELDS,
)
from contacts.fields.contact_declaring import (
    COMPANY,
    CONTACT,
    DATE,
    DECIMAL,
    FIXED,
    HOUSEHOLD,
    IDS,
    INTEGER,
    ORGANIZATION,
    PERSON,
    TEXT,
    choices_of,
    flag,
    long_text,
    name_of_parts,
    option,
    plain,
    text,
)
from contacts.fields.contact_tie_fields import (
    BELONGING,
    FOLLOWING,
    ORDERING,
)
from contacts.fields.field import Field
from contacts.fields.membership_fields import MEMBERSHIP_FIELDS
from contacts.fields.storage import (
    ApartColumn,
    Column,
    Links,
    NamesColumn,
    WordKeys,
)
from contacts.models import (
    EMPLOYEE_OF,
    Contact,
    Relationship,
)

if TYPE_CHECKING:
    pass


NAMES = (
    plain("id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    plain("kind", FIXED, _("Kind"), column="kind", choices=choices_of(Contact.Kind)),
    plain(
        "stage",
        FIXED,
        _("Stage"),
        column="stage",
        storage=ApartColumn("stage", usual=Contact.Stage.CONTACT),
        choices=choices_of(Contact.Stage),
    ),
    plain(
        "display_name",
        TEXT,
        _("Name"),
        storage=Column("display_name", key="name_key", is_text=True),
        is_writable=False,
    ),
    plain(
        "sort_name",
        TEXT,
        _("Last name, first name"),
        storage=Column("sort_name", is_text=True),
        is_writable=False,
    ),
    name_of_parts("full_name", _("Name with prefix and suffix")),
    name_of_parts("listed_name", _("Name as in a directory")),
    text("prefix", _("Prefix"), max_length=64, applies_to=PERSON),
    text(
        "first_name",
        _("First name"),
        applies_to=PERSON,
        is_searchable=True,
        sort_column="first_name_key",
    ),
    text("middle_name", _("Middle name"), applies_to=PERSON, is_searchable=True),
    text("last_name", _("Last name"), applies_to=PERSON, is_searchable=True),
    text("suffix", _("Suffix"), max_length=64, applies_to=PERSON),
    text("formal_title", _("Formal title"), max_length=64, applies_to=PERSON),
    text("nickname", _("Nickname"), is_searchable=True),
    text("organization_name", _("Organization name"), applies_to=ORGANIZATION, is_searchable=True),
    text("legal_name", _("Legal name"), applies_to=ORGANIZATION, is_searchable=True),
    text("household_name", _("Household name"), applies_to=HOUSEHOLD, is_searchable=True),
)

WORK = (
    text("job_title", _("Job title"), applies_to=PERSON, is_searchable=True),
    text("department", _("Department"), applies_to=PERSON),
    text("company", _("Company"), is_searchable=True, sort_column="company_key"),
    plain("employer", COMPANY, _("Employer"), column="employer_id", applies_to=PERSON),
    plain(
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
    plain("reports_to", CONTACT, _("Reports to"), column="reports_to_id", applies_to=PERSON),
)
PERSONAL = (
    plain("birthday", DATE, _("Birthday"), column="birthday", applies_to=PERSON),
    flag("is_deceased", _("Deceased"), applies_to=PERSON),
    plain("deceased_on", DATE, _("Date of death"), column="deceased_on", applies_to=PERSON),
    option("gender", _("Gender"), "gender", applies_to=PERSON),
    long_text("background", _("Background")),
    plain("avatar", types.AttachmentType(), _("Picture"), column="avatar_id"),
    text("preferred_language", _("Preferred language"), max_length=16, keys=WordKeys),
    plain(
        "preferred_channels",
        types.TagsType(),
        _("Preferred channels"),
        column="preferred_channels",
        storage=NamesColumn("preferred_channels"),
        is_sortable=False,
        is_multiple=True,
    ),
    flag("do_not_phone", _("Do not phone")),
    flag("do_not_email", _("Do not e-mail")),
    flag("do_not_mail", _("Do not mail")),
    flag("do_not_sms", _("Do not text")),
    flag("do_not_trade", _("Do not pass on")),
    flag("is_opt_out", _("No mass e-mail")),
    flag("no_event_news", _("No announcements of events")),
    flag("no_newsletters", _("No newsletters")),
)

ORGANIZATION_FACTS = (
    text("domain", _("Domain"), applies_to=ORGANIZATION),
    option("industry", _("Industry"), "industry", applies_to=ORGANIZATION),
    plain("parent", COMPANY, _("Parent organization"), column="parent_id", applies_to=ORGANIZATION),
    plain(
        "employee_count",
        INTEGER,
        _("Employees"),
        column="employee_count",
        applies_to=ORGANIZATION,
        traits={"not_negative": True, "largest": 2**31 - 1},
    ),
    plain(
        "annual_revenue",
        DECIMAL,
        _("Annual revenue"),
        column="annual_revenue",
        applies_to=ORGANIZATION,
        traits={"places": 2, "largest": 10**15},
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
