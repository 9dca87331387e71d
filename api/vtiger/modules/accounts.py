"""Accounts: the organizations of the address book."""

from django.conf import settings

from api.vtiger.errors import duplicate
from api.vtiger.mapping.belonging import times
from api.vtiger.mapping.choices import ChoiceField, SuggestedField, TagsField
from api.vtiger.mapping.custom import custom_fields
from api.vtiger.mapping.field import Document, Draft
from api.vtiger.mapping.plain import FlagField, NumberField, TextField
from api.vtiger.mapping.references import NumberedField, OwnerField, ReferenceField
from api.vtiger.mapping.sorts import address_fields, email, phone, website
from api.vtiger.mapping.sources import SourceField
from api.vtiger.mapping.stars import StarField
from api.vtiger.modules.people import ACCOUNT, FIRST, RIGHTS, SECOND, organizations
from api.vtiger.modules.table import Change, Module, Values
from contacts.access import Actor
from contacts.services.companies import find_company
from contacts.services.contacts import archive_contact, create_contact, update_contact


def create(actor: Actor, values: Values) -> Document:
    """Create an organization; raises VtigerError for a name that is taken, if that is asked for."""
    _require_own_name(actor, values)
    return create_contact(actor, values)


def update(actor: Actor, record_id: int, change: Change) -> Document:
    """Change an organization; raises VtigerError likewise."""

    def checked(document: Document) -> Values:
        values = change(document)
        _require_own_name(actor, values, but=record_id)
        return values

    return update_contact(actor, record_id, checked)


def _require_own_name(actor: Actor, values: Values, *, but: int | None = None) -> None:
    if not settings.VTIGER_UNIQUE_ACCOUNTS or "organization_name" not in values:
        return
    if find_company(actor, str(values["organization_name"]), but=but) is not None:
        raise duplicate()


def complete(actor: Actor, draft: Draft) -> None:
    """Say that a new contact is an organization."""
    draft.values["kind"] = "organization"


ACCOUNTS = Module(
    name="Accounts",
    number=11,
    label="Organizations",
    id_label="accountid",
    kind="contact",
    label_fields=("accountname",),
    scope=organizations,
    holds=ACCOUNT.holds,
    create=create,
    update=update,
    archive=archive_contact,
    rights=RIGHTS,
    complete=complete,
    more=lambda actor: list(custom_fields(actor, "contact", ("organization",))),
    fields=(
        TextField(
            name="accountname",
            label="Organization Name",
            key="organization_name",
            is_mandatory=True,
        ),
        NumberedField(name="account_no", label="Organization Number", prefix="ACC"),
        phone("phone", "Primary Phone", "work"),
        website("website", "Website"),
        phone("fax", "Fax", "fax"),
        TextField(name="tickersymbol", label="Ticker Symbol", key="ticker_symbol"),
        phone("otherphone", "Secondary Phone", "other"),
        ReferenceField(name="account_id", label="Member Of", key="parent", targets=(ACCOUNT,)),
        email("email1", "Primary Email", 0),
        NumberField(name="employees", label="Employees", key="employee_count", unset="0"),
        email("email2", "Secondary Email", 1),
        TextField(name="ownership", label="Ownership", key="ownership"),
        SuggestedField(name="rating", label="Rating", key="rating"),
        ChoiceField(name="industry", label="Industry", key="industry"),
        TextField(name="siccode", label="SIC Code", key="sic_code"),
        SuggestedField(name="accounttype", label="Type", key="account_type"),
        NumberField(
            name="annual_revenue",
            label="Annual Revenue",
            type="currency",
            key="annual_revenue",
            places=8,
            unset="0.00000000",
        ),
        FlagField(name="emailoptout", label="Email Opt Out", key="is_opt_out"),
        FlagField(name="notify_owner", label="Notify Owner", key="notify_owner"),
        OwnerField(),
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
        *address_fields(
            ("bill_", "Billing", FIRST), ("ship_", "Shipping", SECOND), postcode=("code", "Code")
        ),
        TextField(name="description", label="Description", type="text", key="background"),
    ),
)
