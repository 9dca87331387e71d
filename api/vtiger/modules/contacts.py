"""Contacts: the people and households of the address book."""

from api.vtiger.mapping.choices import ChoiceField, TagsField
from api.vtiger.mapping.field import Document
from api.vtiger.mapping.names import FamilyNameField
from api.vtiger.mapping.plain import DayField, FlagField, MomentField, TextField
from api.vtiger.mapping.references import (
    NumberedField,
    OwnerField,
    PersonField,
    ReferenceField,
    Target,
)
from api.vtiger.mapping.sorts import address_fields, email, phone
from api.vtiger.mapping.sources import SourceField
from api.vtiger.modules.table import Module
from contacts.access import NEEDED, Actor
from contacts.fields.picking import Pick
from contacts.query import Condition, all_of, where
from contacts.services.contacts import archive_contact, create_contact, update_contact

KINDS = ("person", "household")

RIGHTS = {action: NEEDED["contact", action] for action in ("create", "update", "archive")}


def scope(actor: Actor) -> Condition | None:
    """Return the condition of people and households that are no leads."""
    return all_of(where(actor, "kind", "in", list(KINDS)), where(actor, "stage", "eq", "contact"))


def holds(document: Document) -> bool:
    """Tell whether a contact of the domain is one of this module."""
    return document["kind"] in KINDS and document.get("stage") != "lead"


CONTACT = Target("Contacts", 12, "contact", holds)
ACCOUNT = Target(
    "Accounts",
    11,
    "contact",
    lambda document: document["kind"] == "organization" and document.get("stage") != "lead",
)
MAILING = Pick(but_locations=frozenset({"other"}))
OTHER = Pick(locations=frozenset({"other"}))

CONTACTS = Module(
    name="Contacts",
    number=12,
    label="Contacts",
    singular="Contact",
    kind="contact",
    label_fields=("firstname", "lastname"),
    scope=scope,
    holds=holds,
    create=create_contact,
    update=update_contact,
    archive=archive_contact,
    rights=RIGHTS,
    fields=(
        TextField(name="salutationtype", label="Salutation", key="prefix"),
        TextField(name="firstname", label="First Name", key="first_name"),
        NumberedField(name="contact_no", label="Contact Id", prefix="CON"),
        phone("phone", "Office Phone", "work"),
        FamilyNameField(name="lastname", label="Last Name", key="last_name", is_mandatory=True),
        phone("mobile", "Mobile Phone", "mobile"),
        ReferenceField(
            name="account_id", label="Organization Name", key="employer", targets=(ACCOUNT,)
        ),
        phone("homephone", "Home Phone", "home"),
        ChoiceField(name="leadsource", label="Lead Source", key="lead_source"),
        phone("otherphone", "Secondary Phone", "other"),
        TextField(name="title", label="Title", key="job_title"),
        phone("fax", "Fax", "fax"),
        TextField(name="department", label="Department", key="department"),
        DayField(name="birthday", label="Date of Birth", key="birthday"),
        email("email", "Primary Email", 0),
        ReferenceField(name="contact_id", label="Reports To", key="reports_to", targets=(CONTACT,)),
        email("secondaryemail", "Secondary Email", 1),
        phone("assistantphone", "Assistant Phone", "assistant"),
        FlagField(name="donotcall", label="Do Not Call", key="do_not_phone"),
        FlagField(name="emailoptout", label="Email Opt Out", key="is_opt_out"),
        OwnerField(),
        MomentField(name="createdtime", label="Created Time", key="created_at"),
        MomentField(name="modifiedtime", label="Modified Time", key="updated_at"),
        PersonField(name="modifiedby", label="Last Modified By", keys=("editor", "author")),
        SourceField(name="source", label="Source", key="entry_channel"),
        TagsField(name="tags", label="tags", key="tags"),
        *address_fields(("mailing", "Mailing", MAILING), ("other", "Other", OTHER)),
        TextField(name="description", label="Description", type="text", key="background"),
    ),
)
