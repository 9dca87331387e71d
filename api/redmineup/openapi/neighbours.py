"""Describe what there is beside contacts: notes, deals, issues, projects, people, files."""

from collections.abc import Mapping

from api.base.operations import Body, Operation, Parameter, Schema
from api.redmineup.mapping.deal_filters import DEAL_FILTERS
from api.redmineup.mapping.issue_filters import ISSUE_FILTERS
from api.redmineup.mapping.search_results import KINDS
from api.redmineup.mapping.user_filters import USER_FILTERS
from api.redmineup.openapi.nouns import ALL, SORT, Noun, filters_of, operations
from api.redmineup.openapi.parts import (
    BOOLEAN,
    DATE,
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
    shown,
)

PROJECT = in_path("project", "Id or identifier of the project")
SEARCH = Parameter(name="search", about="Words that must all be found")
READ_ONLY = frozenset({"list"})
DATES: Mapping[str, Schema] = {"created_on": MOMENT, "updated_on": MOMENT}
REFERENCES: Schema = {"type": "array", "items": REFERENCE}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


NEIGHBOUR_SCHEMAS: dict[str, Schema] = {
    "Note": _object(
        "id source content",
        id=INTEGER,
        source={**REFERENCE, "properties": {"id": INTEGER, "name": TEXT, "type": TEXT}},
        subject=TEXT,
        content={"type": "string"},
        type_id={"type": "integer", "enum": [0, 1, 2], "nullable": True},
        author=REFERENCE,
        **DATES,
    ),
    "Deal": _object(
        "id name project status",
        id=INTEGER,
        name={"type": "string"},
        price=TEXT,
        currency=TEXT,
        price_type=INTEGER,
        duration={**INTEGER, "nullable": True},
        probability={**INTEGER, "nullable": True},
        due_date={**MOMENT, "nullable": True},
        background=TEXT,
        project=REFERENCE,
        status=REFERENCE,
        category=REFERENCE,
        author=REFERENCE,
        contact=REFERENCE,
        assigned_to=REFERENCE,
        related_contacts=REFERENCES,
        custom_fields=OBJECTS,
        notes=OBJECTS,
        **DATES,
    ),
    "DealStatus": _object(
        "id name position is_default status_type",
        id=INTEGER,
        name={"type": "string"},
        position=INTEGER,
        is_default=BOOLEAN,
        status_type={"type": "integer", "enum": [0, 1, 2]},
        color={**INTEGER, "nullable": True},
    ),
    "Named": REFERENCE,
    "Issue": _object(
        "id project subject",
        id=INTEGER,
        project=REFERENCE,
        tracker=REFERENCE,
        status=REFERENCE,
        priority=REFERENCE,
        author=REFERENCE,
        assigned_to=REFERENCE,
        category=REFERENCE,
        contact=REFERENCE,
        subject={"type": "string"},
        description=TEXT,
        start_date=DATE,
        due_date=DATE,
        done_ratio=INTEGER,
        is_private=BOOLEAN,
        closed_on={**MOMENT, "nullable": True},
        **DATES,
    ),
    "Project": _object(
        "id name identifier status",
        id=INTEGER,
        name={"type": "string"},
        identifier={"type": "string"},
        description=TEXT,
        homepage=TEXT,
        parent=REFERENCE,
        status={"type": "integer", "enum": [1, 5, 9]},
        is_public=BOOLEAN,
        inherit_members=BOOLEAN,
        trackers=REFERENCES,
        issue_categories=REFERENCES,
        enabled_modules=REFERENCES,
        **DATES,
    ),
    "Membership": _object(
        "id project roles",
        id=INTEGER,
        project=REFERENCE,
        user=REFERENCE,
        group=REFERENCE,
        roles=REFERENCES,
    ),
    "User": _object(
        "id firstname lastname",
        id=INTEGER,
        login={"type": "string"},
        admin=BOOLEAN,
        firstname={"type": "string"},
        lastname={"type": "string"},
        mail={"type": "string"},
        last_login_on={**MOMENT, "nullable": True},
        status={"type": "integer", "enum": [1, 3]},
        api_key={"type": "string"},
        memberships=OBJECTS,
        groups=REFERENCES,
        **DATES,
    ),
    "CustomField": _object(
        "id name customized_type field_format",
        id=INTEGER,
        name={"type": "string"},
        customized_type={"type": "string"},
        field_format={"type": "string"},
        regexp={"type": "string"},
        min_length={**INTEGER, "nullable": True},
        max_length={**INTEGER, "nullable": True},
        is_required=BOOLEAN,
        is_filter=BOOLEAN,
        searchable=BOOLEAN,
        multiple=BOOLEAN,
        default_value=TEXT,
        visible=BOOLEAN,
        possible_values=OBJECTS,
    ),
    "Attachment": _object(
        "id filename filesize content_url",
        id=INTEGER,
        filename={"type": "string"},
        filesize=INTEGER,
        content_type=TEXT,
        description=TEXT,
        content_url={"type": "string", "format": "uri"},
        author=REFERENCE,
        created_on=MOMENT,
    ),
    "SavedQuery": _object(
        "id name is_public",
        id=INTEGER,
        name={"type": "string"},
        is_public=BOOLEAN,
        project_id={**INTEGER, "nullable": True},
    ),
    "Result": _object(
        "id title type url",
        id=INTEGER,
        title={"type": "string"},
        type={"type": "string"},
        url={"type": "string", "format": "uri"},
        description={"type": "string"},
        datetime=MOMENT,
    ),
}

SOURCE = (
    Parameter(name="source_type", about="`Contact` or `Deal`", is_required=True),
    Parameter(name="source_id", about="Id of the contact or deal", is_required=True),
)

NOUNS = [
    Noun(
        one="note",
        many="notes",
        words="note",
        schema="Note",
        place="/notes",
        filters=SOURCE,
        example={"content": "Called back", "source_type": "Contact", "source_id": 1},
    ),
    Noun(
        one="deal",
        many="deals",
        words="deal",
        schema="Deal",
        place="/deals",
        filters=[PROJECT_ID, SEARCH, SORT, *filters_of(DEAL_FILTERS)],
        example={"project_id": "demo", "name": "Big deal", "price": "1000.50"},
    ),
    Noun(
        one="deal_status",
        many="deal_statuses",
        words="deal status",
        schema="DealStatus",
        place="/deal_statuses",
        can=READ_ONLY,
        has_pages=False,
    ),
    Noun(
        one="category",
        many="deal_categories",
        words="deal category",
        schema="Named",
        place="/projects/{project}/deal_categories",
        home="/deal_categories",
        in_place=(PROJECT,),
        has_pages=False,
        example={"name": "Trade"},
    ),
    Noun(
        one="issue",
        many="issues",
        words="issue",
        schema="Issue",
        place="/issues",
        filters=[PROJECT_ID, SEARCH, SORT, *filters_of(ISSUE_FILTERS)],
        example={"project_id": "demo", "subject": "Please help"},
    ),
    Noun(
        one="query",
        many="queries",
        words="saved query",
        schema="SavedQuery",
        place="/crm_queries",
        can=READ_ONLY,
        filters=[Parameter(name="object_type", about="`contact` or `deal`", is_required=True)],
    ),
    Noun(
        one="project",
        many="projects",
        words="project",
        schema="Project",
        place="/projects",
        example={"name": "Demo", "identifier": "demo"},
        may_clash=True,
    ),
    Noun(
        one="membership",
        many="memberships",
        words="membership",
        schema="Membership",
        place="/projects/{project}/memberships",
        home="/memberships",
        in_place=(PROJECT,),
        example={"user_id": 1, "role_ids": [1]},
    ),
    Noun(
        one="role",
        many="roles",
        words="role",
        schema="Named",
        place="/roles",
        can=frozenset({"list", "show"}),
        has_pages=False,
    ),
    Noun(
        one="user",
        many="users",
        words="user",
        schema="User",
        place="/users",
        filters=[SORT, *filters_of(USER_FILTERS)],
        example={"login": "ann", "firstname": "Ann", "lastname": "Lee", "mail": "ann@x.example"},
        may_clash=True,
    ),
    Noun(
        one="group",
        many="groups",
        words="group",
        schema="Named",
        place="/groups",
        has_pages=False,
        example={"name": "Sales"},
        may_clash=True,
    ),
    Noun(
        one="custom_field",
        many="custom_fields",
        words="custom field",
        schema="CustomField",
        place="/custom_fields",
        has_pages=False,
        example={"name": "License", "field_format": "list", "possible_values": ["MIT"]},
    ),
    Noun(
        one="attachment",
        many="attachments",
        words="attachment",
        schema="Attachment",
        place="/attachments",
        can=ALL - {"list", "create"},
    ),
    *(
        Noun(
            one=one,
            many=many,
            words=words,
            schema="Named",
            place=place,
            can=READ_ONLY,
            has_pages=False,
        )
        for one, many, words, place in (
            ("tracker", "trackers", "tracker", "/trackers"),
            ("issue_status", "issue_statuses", "issue status", "/issue_statuses"),
            (
                "issue_priority",
                "issue_priorities",
                "issue priority",
                "/enumerations/issue_priorities",
            ),
        )
    ),
]

SINGLE_OPERATIONS = [
    Operation(
        method="GET",
        path="/my/account.json",
        name="showAccount",
        about="Show who asks, with its key",
        tag="users",
        replies={200: shown("Who asks", rooted("user", named("User")))},
    ),
    Operation(
        method="GET",
        path="/search.json",
        name="searchAll",
        about="Find records of every kind by their words",
        tag="search",
        parameters=[
            Parameter(name="q", about="Words that must all be found", example="apple"),
            *(Parameter(name=name, about=f"`1` for {name}") for name in KINDS),
            *PAGING,
        ],
        replies={200: shown("A page of results", listing("results", named("Result")))},
        refusals=(422,),
    ),
    Operation(
        method="POST",
        path="/uploads.json",
        name="uploadFile",
        about="Take in a file for a token that attaches it once",
        tag="attachments",
        parameters=[Parameter(name="filename", about="Name of the file", example="a.txt")],
        body=Body(
            schema={"type": "string", "format": "binary"}, formats=("application/octet-stream",)
        ),
        replies={
            201: shown(
                "The token",
                rooted("upload", _object("id token", id=INTEGER, token={"type": "string"})),
            )
        },
        refusals=(409, 422),
    ),
    Operation(
        method="GET",
        path="/contacts/{id}/notes.json",
        name="listNotesOfContact",
        about="List the notes about a contact",
        tag="notes",
        parameters=[in_path("id", "Id of the contact"), *PAGING],
        replies={200: shown("A page of notes", listing("notes", named("Note")))},
        refusals=(404,),
    ),
]

NEIGHBOUR_OPERATIONS = [
    *(operation for noun in NOUNS for operation in operations(noun)),
    *SINGLE_OPERATIONS,
]
