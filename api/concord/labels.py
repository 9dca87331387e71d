"""Call fields as this protocol's messages do, and by the keys under which clients send them."""

from collections.abc import Mapping

from contacts.fields import catalogue

# Catalogue key: key on the wire, where the two differ.
WIRE_KEYS: Mapping[str, str] = {
    "emails": "email",
    "addresses": "street",
    "street1": "street",
    "region": "state",
    "postcode": "postal_code",
    "country": "country_id",
    "owner": "user_id",
    "lead_source": "source_id",
    "industry": "industry_id",
    "parent": "parent_company_id",
    "organization_name": "name",
    "stage": "stage_id",
    "pipeline": "pipeline_id",
    "due_on": "expected_close_date",
    "subject": "title",
    "details": "description",
    "content": "body",
    "remarks": "note",
    "board_position": "board_order",
    "type": "activity_type_id",
    "starts_at": "due_date",
    "ends_at": "end_date",
    "reminder_minutes": "reminder_minutes_before",
    "outcome": "call_outcome_id",
    "label": "name",
    "color": "swatch_color",
    "probability": "win_probability",
    "slug": "field_id",
    "language": "locale",
    "time_zone": "timezone",
}

# By the key on the wire.
LABELS: Mapping[str, str] = {
    "first_name": "First Name",
    "last_name": "Last Name",
    "email": "E-Mail Address",
    "phones": "Phone",
    "job_title": "Job Name",
    "street": "Street Address",
    "city": "City",
    "state": "State/Region",
    "postal_code": "Postal Code",
    "country_id": "Country",
    "source_id": "Source",
    "industry_id": "Industry",
    "parent_company_id": "Parent Company",
    "user_id": "Owner",
    "tags": "Tags",
    "name": "Name",
    "domain": "Domain Name",
    "stage_id": "Stage",
    "pipeline_id": "Pipeline",
    "amount": "Amount",
    "status": "Status",
    "expected_close_date": "Expected Close Date",
    "lost_reason": "Lost Reason",
    "title": "Title",
    "activity_type_id": "Activity Type",
    "due_date": "Due Date",
    "end_date": "End Date",
    "description": "Description",
    "body": "Note",
    "call_outcome_id": "Call Outcome",
    "date": "Date",
    "sku": "SKU",
    "unit_price": "Unit Price",
    "direct_cost": "Direct Cost",
    "tax_rate": "Tax Rate",
    "tax_label": "Tax Label",
    "unit": "Unit",
    "is_active": "Active",
    "note": "Note",
    "guests": "Guests",
    "reminder_minutes_before": "Reminder",
    "swatch_color": "Color",
    "win_probability": "Win Probability",
    "is_completed": "Completed",
    "password": "Password",
    "field_id": "Field ID",
    "locale": "Locale",
    "timezone": "Timezone",
    "date_format": "Date Format",
    "time_format": "Time Format",
}


CUSTOM_KINDS = ("contact", "deal", "product")
# Ends the slug of a field of companies whose name people have as well, or the other way round:
# here each resource has names of its own, in the domain all contacts share them.
SECOND = "__0"


def custom_name(slug: str) -> str:
    """Return what a custom field is called here."""
    return f"cf_{slug.removesuffix(SECOND)}"


def wire_key_of(key: str) -> str:
    """Return the wire's key of a field of the catalogue."""
    if key.startswith("custom_"):
        for kind in CUSTOM_KINDS:
            field = catalogue(kind).find(key)
            if field is not None:
                return custom_name(field.slug)
    return WIRE_KEYS.get(key, key)


def label_of(key: str) -> str:
    """Return what a message calls a field, by its key on the wire or in the catalogue."""
    if key.startswith("custom_"):
        for kind in CUSTOM_KINDS:
            field = catalogue(kind).find(key)
            if field is not None:
                return str(field.label)
    wire = WIRE_KEYS.get(key, key)
    return LABELS.get(wire, wire.replace("_", " "))
