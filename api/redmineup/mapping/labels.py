"""Name fields as this dialect's messages do."""

from collections.abc import Mapping

from django.utils.translation import override

from contacts.fields import catalogue

# The phrases that follow a label are English whatever the client prefers.
LANGUAGE = "en"

LABELS: Mapping[str, str] = {
    "contact": "Contact",
    "first_name": "First Name",
    "organization_name": "First Name",
    "household_name": "First Name",
    "last_name": "Last Name",
    "middle_name": "Middle Name",
    "job_title": "Job Title",
    "company": "Company",
    "kind": "Company",
    "emails": "Email",
    "phones": "Phone",
    "addresses": "Address",
    "websites": "Website",
    "messengers": "Skype",
    "tags": "Tags",
    "owner": "Assigned to",
    "projects": "Project",
    "project": "Project",
    "created_at": "Created",
    "updated_at": "Updated",
    "attachments": "Uploads",
    "amount": "Price",
    "outcome": "Status",
    "due_on": "Due date",
    "starts_on": "Start date",
    "username": "Login",
    "is_active": "Status",
    "parent": "Parent project",
    "object_kind": "Customized type",
    "label": "Name",
    "options": "Possible values",
}


def label_of(key: str) -> str:
    """Return the English label of a field, whatever kind of record it belongs to."""
    if key in LABELS:
        return LABELS[key]
    for kind in ("contact", "deal", "note", "ticket"):
        field = catalogue(kind).find(key)
        if field is not None:
            with override(LANGUAGE):
                return str(field.label)
    return key.replace("_", " ").capitalize()
