"""What a public form may ask for: facts about the sender, its company, a deal, and files.

The key of a field of the contact is that of the catalogue; fields of the company and of the deal
have the record before it: `company.domain`, `deal.amount`. Three keys are no fields of the
catalogue: `files` (of each record) takes uploads, `text` is a paragraph between the questions.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from contacts.access import Actor, find_readable
from contacts.fields import Field, catalogue

CONTACT, COMPANY, DEAL = RECORDS = ("contact", "company", "deal")
FILES, TEXT = "files", "text"
LABELS = {CONTACT: _("Contact"), COMPANY: _("Company"), DEAL: _("Deal")}

# What a form may ask for. Everything else of a contact is not a stranger's to say.
ASKABLE = frozenset(
    {
        "kind",
        "prefix",
        "first_name",
        "middle_name",
        "last_name",
        "suffix",
        "formal_title",
        "nickname",
        "organization_name",
        "household_name",
        "job_title",
        "department",
        "company",
        "emails",
        "phones",
        "websites",
        "messengers",
        "birthday",
        "gender",
        "background",
        "avatar",
        "preferred_language",
        "do_not_phone",
        "do_not_email",
        "do_not_mail",
        "do_not_sms",
        "do_not_trade",
        "is_opt_out",
        "domain",
        "industry",
        "employee_count",
        "lead_source",
        "source",
        "tags",
        "street1",
        "street2",
        "city",
        "region",
        "postcode",
        "country",
    }
)
COMPANY_ASKABLE = frozenset(
    {
        "organization_name",
        "emails",
        "phones",
        "websites",
        "background",
        "domain",
        "industry",
        "employee_count",
        "street1",
        "street2",
        "city",
        "region",
        "postcode",
        "country",
    }
)
DEAL_ASKABLE = frozenset({"name", "amount", "currency", "due_on", "background"})
ASKABLE_OF = {CONTACT: ASKABLE, COMPANY: COMPANY_ASKABLE, DEAL: DEAL_ASKABLE}
ASKABLE_TYPES = frozenset(
    {"text", "long_text", "integer", "decimal", "date", "datetime", "boolean", "option", "link"}
)


def record_of(key: str) -> tuple[str, str]:
    """Return the record that a field of a form is about, and the field's key there."""
    record, dot, name = key.partition(".")
    return (record, name) if dot else (CONTACT, key)


def kind_of(record: str) -> str:
    """Return the kind of the catalogue to which a record of a form belongs."""
    return DEAL if record == DEAL else CONTACT


def find_askable(actor: Actor, key: str) -> Field | None:
    """Return the field that a form may ask for by this key, or None."""
    record, name = record_of(key)
    if record not in RECORDS:
        return None
    if name == FILES:
        picture = catalogue("contact").by_key["avatar"]
        return replace(picture, key=FILES, label=_("Files"), is_multiple=True)
    if key == TEXT:
        return replace(catalogue("contact").by_key["background"], key=TEXT, label="")
    field = find_readable(actor, kind_of(record), name)
    if field is None:
        return None
    is_asked = field.type.name in ASKABLE_TYPES if field.is_custom else name in ASKABLE_OF[record]
    return field if is_asked else None


def find_field(key: str) -> Field | None:
    """Return the catalogue's field behind a key of a form, whoever asks; None for no such field."""
    record, name = record_of(key)
    return catalogue(kind_of(record)).find(name) if record in RECORDS else None


def label_of(key: str) -> str:
    """Return the label of a field of a form."""
    record, name = record_of(key)
    if name == FILES:
        return str(_("Files"))
    found = find_field(key)
    if found is None:
        return key
    return str(found.label) if record == CONTACT else f"{LABELS[record]}: {found.label}"
