"""Built-in fields that few records have: values are rows, so that no table grows a column for each.

Text with a list takes any text; the list says what is usual. Codes are stored in every row: never
use one again within its kind of record.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.field import Field, Traits
from contacts.fields.storage import Facts
from contacts.models import ActivityFact, ContactFact, DealFact, TicketFact
from contacts.models.facts import Fact

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = types.TextType()
LONG = types.LongTextType()
YES_NO = types.BooleanType()
DATE = types.DateType()
DECIMAL = types.DecimalType()

PERSON = frozenset({"person"})
ORGANIZATION = frozenset({"organization"})

ROWS: dict[str, type[Fact]] = {
    "contact": ContactFact,
    "deal": DealFact,
    "ticket": TicketFact,
    "activity": ActivityFact,
}

MONEY: Traits = {"places": 2, "largest": 10**12}


def _fact(  # noqa: PLR0913  # what a declaration says
    kind: str,
    code: int,
    key: str,
    field_type: types.FieldType,
    label: "StrOrPromise",
    *,
    list_name: str = "",
    applies_to: frozenset[str] = frozenset(),
    traits: Traits | None = None,
) -> Field:
    return Field(
        key,
        kind,
        field_type,
        label,
        Facts(ROWS[kind], kind, code),
        applies_to=applies_to,
        list_name=list_name,
        traits=traits or Traits(),
    )


CONTACT_FACTS = (
    _fact("contact", 1, "assistant", TEXT, _("Assistant"), applies_to=PERSON),
    _fact("contact", 2, "is_reference", YES_NO, _("May be named as a reference")),
    _fact("contact", 3, "notify_owner", YES_NO, _("Tell the owner of changes")),
    _fact("contact", 4, "is_portal_user", YES_NO, _("Uses the portal"), applies_to=PERSON),
    _fact("contact", 5, "support_starts_on", DATE, _("Support from"), applies_to=PERSON),
    _fact("contact", 6, "support_ends_on", DATE, _("Support until"), applies_to=PERSON),
    _fact("contact", 7, "is_converted_from_lead", YES_NO, _("Was a lead")),
    _fact("contact", 8, "ticker_symbol", TEXT, _("Ticker symbol"), applies_to=ORGANIZATION),
    _fact("contact", 9, "ownership", TEXT, _("Ownership"), applies_to=ORGANIZATION),
    _fact("contact", 10, "rating", TEXT, _("Rating"), list_name="rating"),
    _fact("contact", 11, "sic_code", TEXT, _("SIC code"), applies_to=ORGANIZATION),
    _fact(
        "contact",
        12,
        "account_type",
        TEXT,
        _("Type of company"),
        list_name="account_type",
        applies_to=ORGANIZATION,
    ),
    _fact("contact", 13, "lead_status", TEXT, _("Status of the lead"), list_name="lead_status"),
    _fact("contact", 14, "legal_identifier", TEXT, _("Legal identifier")),
    _fact("contact", 15, "login_identifier", TEXT, _("Identifier at sign-in")),
    _fact("contact", 16, "subtypes", TEXT, _("Kinds within its kind"), list_name="contact_subtype"),
    _fact("contact", 17, "picture_address", LONG, _("Address of a picture")),
    _fact("contact", 18, "communication_style", TEXT, _("Style of address")),
    _fact("contact", 19, "mail_format", TEXT, _("Format of mail")),
    _fact("contact", 20, "email_greeting", TEXT, _("Greeting in e-mails")),
    _fact("contact", 21, "email_greeting_text", TEXT, _("Own greeting in e-mails")),
    _fact("contact", 22, "postal_greeting", TEXT, _("Greeting in letters")),
    _fact("contact", 23, "postal_greeting_text", TEXT, _("Own greeting in letters")),
    _fact("contact", 24, "addressee", TEXT, _("Addressee")),
    _fact("contact", 25, "addressee_text", TEXT, _("Own addressee")),
    _fact("contact", 26, "household_head", TEXT, _("Primary contact of the household")),
    _fact("contact", 27, "disclosures", types.DisclosuresType(), _("Who is shown single fields")),
)

DEAL_FACTS = (
    _fact("deal", 1, "opportunity_type", TEXT, _("Kind of deal"), list_name="opportunity_type"),
    _fact("deal", 2, "next_step", TEXT, _("Next step")),
    _fact("deal", 3, "forecast_amount", DECIMAL, _("Forecast"), traits=MONEY),
    _fact("deal", 4, "lead_source", TEXT, _("How we met"), list_name="lead_source"),
    _fact("deal", 5, "is_converted_from_lead", YES_NO, _("Was a lead")),
)

TICKET_FACTS = (
    _fact("ticket", 1, "severity", TEXT, _("Severity"), list_name="ticket_severity"),
    _fact("ticket", 2, "problem", TEXT, _("Kind of problem"), list_name="ticket_problem"),
    _fact("ticket", 3, "hours", DECIMAL, _("Hours"), traits={"largest": 10**9}),
    _fact("ticket", 4, "days", DECIMAL, _("Days"), traits={"largest": 10**9}),
    _fact("ticket", 5, "solution", LONG, _("Solution")),
    _fact("ticket", 6, "is_from_portal", YES_NO, _("Came through the portal")),
)

ACTIVITY_FACTS = (
    _fact("activity", 1, "sends_notification", YES_NO, _("Send a notification")),
    _fact("activity", 2, "sharing", TEXT, _("Shown to"), list_name="activity_sharing"),
    _fact("activity", 3, "recurrence", TEXT, _("Repeats"), list_name="activity_recurrence"),
)

# By kind of record and code.
BY_CODE: dict[str, dict[int, Field]] = {
    field_list[0].kind: dict(enumerate(field_list, start=1))
    for field_list in (CONTACT_FACTS, DEAL_FACTS, TICKET_FACTS, ACTIVITY_FACTS)
}
