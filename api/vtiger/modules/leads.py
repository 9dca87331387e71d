"""Leads: people who may become contacts."""

from api.vtiger.mapping.belonging import times
from api.vtiger.mapping.choices import ChoiceField, SuggestedField, TagsField
from api.vtiger.mapping.custom import custom_fields
from api.vtiger.mapping.field import Draft, WireField
from api.vtiger.mapping.names import CompanyNameField, FamilyNameField
from api.vtiger.mapping.plain import FlagField, NumberField, TextField
from api.vtiger.mapping.references import NumberedField, OwnerField
from api.vtiger.mapping.sorts import address_field, email, phone, website
from api.vtiger.mapping.sources import SourceField
from api.vtiger.mapping.stars import StarField
from api.vtiger.mapping.words import LEAD_SOURCES, WordsField
from api.vtiger.modules.people import FIRST, LEAD, PEOPLE, RIGHTS
from api.vtiger.modules.table import Module
from contacts.access import Actor
from contacts.query import Condition, where
from contacts.services.contacts import archive_contact, create_contact, update_contact


def leads(actor: Actor) -> Condition:
    """Return the condition of leads that are not converted; the trash holds all stages."""
    return where(actor, "stage", "eq", "lead")


def complete(actor: Actor, draft: Draft) -> None:
    """Say that a new contact is a lead."""
    draft.values["stage"] = "lead"


FIELDS: tuple[WireField, ...] = (
    TextField(name="salutationtype", label="Salutation", key="prefix"),
    TextField(name="firstname", label="First Name", key="first_name"),
    NumberedField(name="lead_no", label="Lead Number", prefix="LEA"),
    phone("phone", "Primary Phone", "work"),
    FamilyNameField(name="lastname", label="Last Name", is_mandatory=True),
    phone("mobile", "Mobile Phone", "mobile"),
    CompanyNameField(name="company", label="Company"),
    phone("fax", "Fax", "fax"),
    TextField(name="designation", label="Designation", key="job_title"),
    email("email", "Primary Email", 0),
    WordsField(
        name="leadsource",
        label="Lead Source",
        key="lead_source",
        words=LEAD_SOURCES,
        offers_only=True,
    ),
    website("website", "Website"),
    ChoiceField(name="industry", label="Industry", key="industry"),
    SuggestedField(name="leadstatus", label="Lead Status", key="lead_status"),
    NumberField(
        name="annualrevenue",
        label="Annual Revenue",
        type="currency",
        key="annual_revenue",
        places=8,
        unset="0.00000000",
    ),
    SuggestedField(name="rating", label="Rating", key="rating"),
    NumberField(name="noofemployees", label="Number of Employees", key="employee_count", unset="0"),
    OwnerField(),
    email("secondaryemail", "Secondary Email", 1),
    *times("contact"),
    FlagField(name="emailoptout", label="Email Opt Out", key="is_opt_out"),
    SourceField(name="source", label="Source", key="entry_channel"),
    StarField(),
    TagsField(name="tags", label="tags", key="tags"),
    address_field("lane", "Street", "street", FIRST),
    address_field("code", "Postal Code", "postcode", FIRST),
    address_field("city", "City", "city", FIRST),
    address_field("country", "Country", "country", FIRST),
    address_field("state", "State", "region", FIRST),
    address_field("pobox", "Po Box", "po_box", FIRST),
    TextField(name="description", label="Description", type="text", key="background"),
)

LEADS = Module(
    name="Leads",
    number=10,
    label="Leads",
    id_label="leadid",
    kind="contact",
    stage="lead",
    label_fields=("firstname", "lastname"),
    scope=leads,
    holds=LEAD.holds,
    create=create_contact,
    update=update_contact,
    archive=archive_contact,
    rights=RIGHTS,
    complete=complete,
    more=lambda actor: list(custom_fields(actor, "contact", PEOPLE)),
    fields=FIELDS,
)
