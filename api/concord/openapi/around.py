"""What can be done around single records: comments, files, timelines, shortcuts."""

from collections.abc import Iterator

from api.base.operations import Operation, Parameter, Reply
from api.concord.openapi.parts import (
    DONE,
    INTEGER,
    OBJECT,
    OBJECTS,
    operation,
    sent,
    shown,
)

BODY = sent(OBJECT)
MADE = {201: Reply(about="Made", schema=OBJECT)}
ARRAY = {200: Reply(about="All of them", schema=OBJECTS)}


def shortcuts() -> Iterator[Operation]:
    """Yield what says in one address what an update could say."""
    for word in ("complete", "incomplete"):
        path = f"/api/activities/{{id}}/{word}"
        yield operation("POST", path, f"Mark as {word}", "activities", shown(OBJECT))
    status = Parameter(
        name="status",
        about="Which status",
        place="path",
        schema={"type": "string", "enum": ["open", "won", "lost"]},
    )
    path = "/api/deals/{id}/status/{status}"
    yield operation(
        "PUT",
        path,
        "Open, win or lose",
        "deals",
        shown(OBJECT),
        parameters=(status,),
        refusals=(409,),
    )
    lines, about = "/api/deals/{id}/billable", "Show the products of a deal"
    yield operation("GET", lines, about, "products", shown(OBJECT))
    about = "Change the products of a deal"
    yield operation("POST", lines, about, "products", shown(OBJECT), body=BODY)


def around(owner: Parameter) -> Iterator[Operation]:
    """Yield what hangs on a record."""
    of, record = (owner,), "/api/{resource}/{id}"
    comments, comment = f"{record}/comments", "/api/comments/{id}"
    yield operation("GET", comments, "List comments", "comments", ARRAY, parameters=of)
    yield operation("POST", comments, "Comment", "comments", MADE, parameters=of, body=BODY)
    yield operation("GET", comment, "Show a comment", "comments", shown(OBJECT))
    for method in ("PUT", "PATCH"):
        yield operation(method, comment, "Change a comment", "comments", shown(OBJECT), body=BODY)
    yield operation("DELETE", comment, "Delete a comment", "comments", DONE)
    copy, what = f"{record}/clone", "Copy a product; nothing else is copied"
    yield operation("POST", copy, what, "products", shown(OBJECT), parameters=of)
    timeline = f"{record}/timeline"
    yield operation("GET", timeline, "Show what happened", "records", shown(OBJECT), parameters=of)
    for word, about in (("pin", "Pin to a timeline"), ("unpin", "Take off a timeline")):
        yield operation("POST", f"/api/timeline/{word}", about, "records", DONE, body=BODY)
    media = f"{record}/media"
    yield operation("POST", media, "Attach a file", "files", MADE, parameters=of, body=BODY)
    number = Parameter(name="media", about="Id of the file", place="path", schema=INTEGER)
    one, both = f"{media}/{{media}}", (owner, number)
    file = {200: Reply(about="The file")}
    yield operation("GET", one, "Download a file", "files", file, parameters=both)
    yield operation("DELETE", one, "Delete a file", "files", DONE, parameters=both)
    action = Parameter(
        name="action",
        about="What to do",
        place="path",
        schema={"type": "string", "enum": ["delete", "bulk-edit"]},
    )
    run = "/api/{resource}/actions/{action}/run"
    about = "Do one thing to many records"
    yield operation(
        "POST", run, about, "records", shown(OBJECT), parameters=(owner, action), body=BODY
    )


def fields_of(resource: Parameter) -> Iterator[Operation]:
    """Yield what tells which fields there are."""
    for path in (
        "/api/{resource}/create-fields",
        "/api/{resource}/{id}/update-fields",
        "/api/fields/{resource}/create",
        "/api/fields/{resource}/update",
    ):
        yield operation("GET", path, "List fields", "fields", ARRAY, parameters=(resource,))
