"""Contacts: the people and households of the address book."""

from api.vtiger.mapping.belonging import times
from api.vtiger.mapping.choices import TagsField
from api.vtiger.mapping.custom import custom_fields
from api.vtiger.mapping.images import ImageField, picture_ids
from api.vtiger.mapping.names import FamilyNameField
from api.vtiger.mapping.plain import DayField, FlagField, TextField
from api.vtiger.mapping.references import NumberedField, OwnerField, ReferenceField
from api.vtiger.mapping.sorts import address_fields, email, phone
from api.vtiger.mapping.sources import SourceField
from api.vtiger.mapping.stars import StarField
from api.vtiger.mapping.words import LEAD_SOURCES, WordsField
from api.vtiger.modules.people import (
    ACCOUNT,
    CONTACT,
    MAILING,
    OTHER,
    PEOPLE,
    RIGHTS,
    people,
)
from api.vtiger.modules.table import Module
from contacts.services.contacts import archive_contact, create_contact, update_contact

CONTACTS = Module(
    name="Contacts",
    number=12,
    label="Contacts",
    id_label="contactid",
    kind="contact",
    label_fields=("firstname", "lastname"),
    scope=people,
    holds=CONTACT.holds,
    create=create_contact,
    update=update_contact,
    archive=archive_contact,
    rights=RIGHTS,
    single=picture_ids,
    more=lambda actor: list(custom_fields(actor, "contact", PEOPLE)),
    fields=(
        TextField(name="salutationtype", label="Salutation", key="prefix"),
        TextField(name="firstname", label="First Name", key="first_name"),
        NumberedField(name="contact_no", label="Contact Id", prefix="CON"),
        phone("phone", "Office Phone", "work"),
        FamilyNameField(name="lastname", label="Last Name", is_mandatory=True),
        phone("mobile", "Mobile Phone", "mobile"),
        ReferenceField(
            name="account_id", label="Organization Name", key="employer", targets=(ACCOUNT,)
        ),
        phone("homephone", "Home Phone", "home"),
        WordsField(
            name="leadsource",
            label="Lead Source",
            key="lead_source",
            words=LEAD_SOURCES,
            offers_only=True,
        ),
        phone("otherphone", "Secondary Phone", "other"),
        TextField(name="title", label="Title", key="job_title"),
        phone("fax", "Fax", "fax"),
        TextField(name="department", label="Department", key="department"),
        DayField(name="birthday", label="Date of Birth", key="birthday"),
        email("email", "Primary Email", 0),
        ReferenceField(name="contact_id", label="Reports To", key="reports_to", targets=(CONTACT,)),
        TextField(name="assistant", label="Assistant", key="assistant"),
        email("secondaryemail", "Secondary Email", 1),
        phone("assistantphone", "Assistant Phone", "assistant"),
        FlagField(name="donotcall", label="Do Not Call", key="do_not_phone"),
        FlagField(name="emailoptout", label="Email Opt Out", key="is_opt_out"),
        OwnerField(),
        FlagField(name="reference", label="Reference", key="is_reference"),
        FlagField(name="notify_owner", label="Notify Owner", key="notify_owner"),
        *times("contact"),
        FlagField(
            name="isconvertedfromlead",
            label="Is Converted From Lead",
            key="is_converted_from_lead",
            default="no",
        ),
        SourceField(name="source", label="Source", key="entry_channel"),
        StarField(),
        TagsField(name="tags", label="tags", key="tags"),
        FlagField(name="portal", label="Portal User", key="is_portal_user"),
        DayField(name="support_start_date", label="Support Start Date", key="support_starts_on"),
        DayField(name="support_end_date", label="Support End Date", key="support_ends_on"),
        *address_fields(("mailing", "Mailing", MAILING), ("other", "Other", OTHER)),
        TextField(name="description", label="Description", type="text", key="background"),
        ImageField(name="imagename", label="Contact Image", key="avatar"),
    ),
)
