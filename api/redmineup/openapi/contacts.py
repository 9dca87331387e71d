"""Describe the operations on contacts."""

from api.base.operations import Operation, Schema
from api.redmineup.mapping.contacts import JSON_ORDER
from api.redmineup.openapi.parts import (
    BOOLEAN,
    DATE,
    DONE,
    INTEGER,
    MOMENT,
    PAGING,
    PROJECT_ID,
    REFERENCE,
    TEXT,
    in_path,
    listing,
    named,
    rooted,
    sent,
    shown,
)

TAG = "contacts"
ID = in_path("id", "Id of the contact")

SHOWN: dict[str, Schema] = {
    "id": INTEGER,
    "avatar": {"type": "object", "properties": {"attachment_id": INTEGER}},
    "is_company": BOOLEAN,
    "birthday": DATE,
    "author": REFERENCE,
    "assigned_to": REFERENCE,
    "address": {
        "type": "object",
        "properties": dict.fromkeys(
            (
                "full_address",
                "street",
                "street2",
                "city",
                "region",
                "country",
                "country_code",
                "postcode",
            ),
            TEXT,
        ),
    },
    "phones": {"type": "array", "items": {"type": "object", "properties": {"number": TEXT}}},
    "emails": {"type": "array", "items": {"type": "object", "properties": {"address": TEXT}}},
    "tag_list": {"type": "array", "items": {"type": "string"}},
    "tags": {"type": "array", "items": {"type": "string"}},
    "custom_fields": {"type": "array", "items": {"type": "object"}},
    "created_on": MOMENT,
    "updated_on": MOMENT,
    "visibility": {"type": "integer", "enum": [0, 1, 2]},
}
CONTACT_SCHEMAS: dict[str, Schema] = {
    "Contact": {
        "type": "object",
        "required": ["id", "is_company", "first_name"],
        "properties": {
            **{name: SHOWN.get(name, TEXT) for name in JSON_ORDER},
            "projects": {"type": "array", "items": REFERENCE},
        },
    },
    "ContactAttributes": {"type": "object"},
}
CONTACT = named("Contact")
EXAMPLE = {"contact": {"project_id": "demo", "first_name": "John", "tag_list": "vip,cold call"}}

CONTACT_OPERATIONS = [
    Operation(
        method="GET",
        path="/contacts.json",
        name="listContacts",
        about="List contacts",
        tag=TAG,
        parameters=[PROJECT_ID, *PAGING],
        replies={200: shown("A page of contacts", listing("contacts", CONTACT))},
        refusals=(404, 422),
    ),
    Operation(
        method="POST",
        path="/contacts.json",
        name="createContact",
        about="Create a contact",
        tag=TAG,
        body=sent("contact", named("ContactAttributes"), EXAMPLE),
        replies={201: shown("The contact", rooted("contact", CONTACT))},
        refusals=(404, 409, 422),
    ),
    Operation(
        method="GET",
        path="/contacts/{id}.json",
        name="showContact",
        about="Show a contact",
        tag=TAG,
        parameters=[ID],
        replies={200: shown("The contact", rooted("contact", CONTACT))},
        refusals=(404,),
    ),
    Operation(
        method="PUT",
        path="/contacts/{id}.json",
        name="updateContact",
        about="Change what is sent and leave the rest",
        tag=TAG,
        parameters=[ID],
        body=sent("contact", named("ContactAttributes")),
        replies=DONE,
        refusals=(404, 412, 422),
    ),
    Operation(
        method="DELETE",
        path="/contacts/{id}.json",
        name="deleteContact",
        about="Put a contact into the trash",
        tag=TAG,
        parameters=[ID],
        replies=DONE,
        refusals=(404, 412),
    ),
]
