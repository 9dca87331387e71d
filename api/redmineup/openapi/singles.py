"""Describe the operations that are like no other."""

from api.base.operations import Body, Operation, Parameter, Reply, Schema
from api.redmineup.mapping.search_results import KINDS
from api.redmineup.openapi.parts import (
    DONE,
    INTEGER,
    PAGING,
    in_path,
    listing,
    named,
    rooted,
    sent,
    shown,
)

BYTES: Schema = {"type": "string", "format": "binary"}
STREAM = "application/octet-stream"

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
        body=Body(schema=BYTES, formats=(STREAM,)),
        replies={
            201: shown(
                "The token",
                rooted(
                    "upload",
                    {
                        "type": "object",
                        "required": ["id", "token"],
                        "properties": {"id": INTEGER, "token": {"type": "string"}},
                    },
                ),
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
    Operation(
        method="PUT",
        path="/my/account.json",
        name="updateAccount",
        about="Change who asks",
        tag="users",
        body=sent("user", {"type": "object"}),
        replies=DONE,
        refusals=(409, 412, 422),
    ),
    Operation(
        method="GET",
        path="/attachments/download/{id}/{filename}",
        name="downloadFile",
        about="Hand out a file",
        tag="attachments",
        parameters=[
            in_path("id", "Id of the attachment"),
            in_path("filename", "Any name; it is for the reader"),
        ],
        replies={200: Reply(about="The file", schema=BYTES, formats=("*/*",))},
        refusals=(404,),
    ),
    Operation(
        method="POST",
        path="/groups/{id}/users.json",
        name="addUserToGroup",
        about="Put a user into a group",
        tag="groups",
        parameters=[in_path("id", "Id of the group")],
        body=sent("user_id", INTEGER),
        replies=DONE,
        refusals=(404, 422),
    ),
    Operation(
        method="DELETE",
        path="/groups/{id}/users/{user}.json",
        name="removeUserFromGroup",
        about="Take a user out of a group",
        tag="groups",
        parameters=[in_path("id", "Id of the group"), in_path("user", "Id of the user")],
        replies=DONE,
        refusals=(404,),
    ),
    *(
        Operation(
            method="PUT",
            path=f"/projects/{{id}}/{word}.json",
            name=f"{word}Project",
            about=about,
            tag="projects",
            parameters=[in_path("id", "Id or identifier of the project")],
            replies=DONE,
            refusals=(404, 412),
        )
        for word, about in (
            ("close", "Let nobody change anything in a project any more"),
            ("reopen", "Make a closed project what it was"),
            ("archive", "Hide a project from everybody but administrators"),
            ("unarchive", "Make an archived project what it was"),
        )
    ),
]
