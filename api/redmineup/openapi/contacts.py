"""Describe the operations on contacts."""

from dataclasses import replace

from api.base.operations import Operation, Parameter, Reply, Schema
from api.redmineup.mapping.contact_filters import CONTACT_FILTERS
from api.redmineup.mapping.contacts import JSON_ORDER
from api.redmineup.openapi.nouns import INCLUDE, SORT, filters_of
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
ID_OR_IDENTIFIER: Schema = {"oneOf": [INTEGER, {"type": "string"}]}
FLAG: Schema = {"oneOf": [BOOLEAN, {"type": "string"}]}
LINES = ("street1", "street2", "city", "region", "postcode", "country_code", "country")
FIELD: Schema = {
    "type": "object",
    "required": ["id", "value"],
    "properties": {"id": INTEGER, "value": {}},
}
UPLOAD: Schema = {
    "type": "object",
    "required": ["token"],
    "properties": dict.fromkeys(("token", "filename", "description", "content_type"), TEXT),
}
WRITTEN: dict[str, Schema] = {
    "project_id": ID_OR_IDENTIFIER,
    "project_ids": {"type": "array", "items": ID_OR_IDENTIFIER},
    "first_name": {"type": "string"},
    **dict.fromkeys(("last_name", "middle_name", "job_title", "company", "background"), TEXT),
    **dict.fromkeys(("website", "skype_name", "phone", "email"), TEXT),
    "is_company": FLAG,
    "birthday": DATE,
    "tag_list": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "address_attributes": {"type": "object", "properties": dict.fromkeys(LINES, TEXT)},
    "assigned_to_id": {**INTEGER, "nullable": True},
    "author_id": INTEGER,
    "visibility": {"oneOf": [INTEGER, {"type": "string"}]},
    "custom_fields": {"type": "array", "items": FIELD},
    "custom_field_values": {"type": "object"},
    "uploads": {"type": "array", "items": UPLOAD},
}
TAGS: Schema = {
    "type": "object",
    "required": ["tags", "total_count"],
    "properties": {
        "tags": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name", "color"],
                "properties": {"id": INTEGER, "name": {"type": "string"}, "color": TEXT},
            },
        },
        "total_count": INTEGER,
    },
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
    "ContactAttributes": {"type": "object", "properties": WRITTEN},
}
CONTACT = named("Contact")
EXAMPLE = {"contact": {"project_id": "demo", "first_name": "John", "tag_list": "vip,cold call"}}

SEARCH = Parameter(
    name="search", about="Words that must all be found in names, company, e-mail, phone, job title"
)
QUERY_ID = Parameter(
    name="query_id", about="Id of a saved filter, which replaces the others", schema=INTEGER
)
STYLE = Parameter(
    name="xml_style",
    about="How XML writes phones and e-mails: `seed` as text, `plugin` with an element inside",
    schema={"type": "string", "enum": ["seed", "plugin"]},
)
LISTED = [PROJECT_ID, SEARCH, *filters_of(CONTACT_FILTERS), QUERY_ID, SORT, *PAGING, STYLE]
PROJECT = in_path("project", "Id or identifier of the project")


def _list(path: str, name: str, about: str, *parts: Parameter) -> Operation:
    return Operation(
        method="GET",
        path=path,
        name=name,
        about=about,
        tag=TAG,
        parameters=[*parts, *LISTED],
        replies={200: shown("A page of contacts", listing("contacts", CONTACT))},
        refusals=(404, 422),
    )


def _create(path: str, name: str, about: str, *parts: Parameter) -> Operation:
    return Operation(
        method="POST",
        path=path,
        name=name,
        about=about,
        tag=TAG,
        parameters=parts,
        body=sent("contact", named("ContactAttributes"), EXAMPLE),
        replies={
            201: shown("The contact", rooted("contact", CONTACT)),
            302: Reply(about="Sent on to `redirect_on_success`"),
        },
        refusals=(404, 409, 422),
    )


def _export(suffix: str, media_type: str, name: str, about: str) -> Operation:
    text = Reply(about=about, schema={"type": "string"}, formats=[media_type])
    return Operation(
        method="GET",
        path=f"/contacts.{suffix}",
        name=name,
        about=about,
        tag=TAG,
        parameters=LISTED,
        replies={200: text, 422: replace(text, about="A filter is refused")},
        refusals=(404,),
    )


CONTACT_OPERATIONS = [
    _list("/contacts.json", "listContacts", "List contacts"),
    _create("/contacts.json", "createContact", "Create a contact, or send a web form"),
    _list(
        "/projects/{project}/contacts.json",
        "listProjectContacts",
        "List the contacts of a project",
        PROJECT,
    ),
    _create(
        "/projects/{project}/contacts.json",
        "createProjectContact",
        "Create a contact in a project",
        PROJECT,
    ),
    Operation(
        method="GET",
        path="/contacts/{id}.json",
        name="showContact",
        about="Show a contact",
        tag=TAG,
        parameters=[ID, INCLUDE, STYLE],
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
    Operation(
        method="POST",
        path="/contacts/{id}/projects.json",
        name="addContactToProject",
        about="Put a contact into a project",
        tag=TAG,
        parameters=[ID],
        body=sent("project", {"type": "object", "properties": {"id": ID_OR_IDENTIFIER}}),
        replies=DONE,
        refusals=(404, 422),
    ),
    Operation(
        method="DELETE",
        path="/contacts/{id}/projects/{project}.json",
        name="removeContactFromProject",
        about="Take a contact out of a project that is not its last one",
        tag=TAG,
        parameters=[ID, PROJECT],
        replies=DONE,
        refusals=(404,),
    ),
    Operation(
        method="GET",
        path="/contacts_tags.json",
        name="listContactTags",
        about="List the tags of visible contacts",
        tag=TAG,
        replies={200: shown("The tags", TAGS)},
    ),
    _export("csv", "text/csv", "exportContactsAsTable", "Contacts as a table"),
    _export("vcf", "text/x-vcard", "exportContactsAsCards", "Contacts as business cards"),
    Operation(
        method="GET",
        path="/contacts/{id}.vcf",
        name="exportContactAsCard",
        about="A contact as a business card",
        tag=TAG,
        parameters=[ID],
        replies={200: Reply(about="The card", schema={"type": "string"}, formats=["text/x-vcard"])},
        refusals=(404,),
    ),
]
