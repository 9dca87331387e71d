"""Describe this dialect to programs: its addresses, its entities with actions and fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.base.operations import JSON, Body, Description, Operation, Parameter, Reply, Schema
from api.civicrm.entity import Entity
from api.civicrm.mapping.fields import WireField
from api.civicrm.operations import operations_of
from api.civicrm.registry import all_entities
from contacts.access import system_actor

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", JSON)
TEXT: Schema = {"type": "string"}
RESULT: Schema = {
    "description": "What the call returns; a batch returns a list or a map of these.",
    "type": "object",
    "properties": {
        "is_error": {"type": "integer", "enum": [0, 1]},
        "version": {"type": "integer"},
        "count": {"type": "integer"},
        "id": {"description": "Of the one record that was found or made."},
        "values": {"description": "Records by id; a list where `sequential` is 1."},
        "result": {"description": "What `getcount` and `getvalue` return."},
        "error_message": TEXT,
        "error_code": {"description": "A word or a number."},
    },
}
REFUSAL: Schema = {
    "description": "Version 3 says `is_error`, version 4 a code and an id for the log.",
    "type": "object",
    "anyOf": [{"required": ["is_error"]}, {"required": ["error_code", "error_message"]}],
    "properties": {
        "is_error": {"type": "integer"},
        "error_message": TEXT,
        "error_code": {"description": "A word or a number."},
        "error_id": TEXT,
        "status": {"type": "integer"},
    },
}
BATCH_REFUSED = Reply(
    about="A call that cannot be read, or the list or map of answers where none could.",
    schema={
        "anyOf": [
            REFUSAL,
            {"type": "array", "items": REFUSAL},
            {"type": "object", "additionalProperties": REFUSAL},
        ]
    },
)
REPLY = Reply(
    about="Every answer of the API, failures too; `is_error` tells them apart.",
    schema={"$ref": "#/components/schemas/Result"},
    formats=(JSON, "text/xml"),
)
ANSWER4 = Reply(
    about="Records with values that have types.",
    schema={
        "type": "object",
        "required": ["values", "entity", "action", "version", "count", "countFetched"],
        "properties": {"values": {}, "version": {"type": "integer"}, "count": {"type": "integer"}},
    },
)
OBJECT = Reply(about="Who is signed in.", schema={"type": "object"})
NOTHING = Reply(about="An empty list.", schema={"type": "array", "items": TEXT})

# What a call is made of, by parameter.
CALL = {
    "entity": "The kind of record, such as Contact.",
    "action": "What is to be done, such as get; what changes anything comes by POST.",
    "json": "The parameters of the call as JSON, or 1; without it the answer is XML.",
    "q": "The old way to name a call: civicrm/contact/get.",
    "prettyprint": "1 for JSON that people read.",
}
KEYS = {"key": "The key of the site.", "api_key": "The key of a user."}
WAYS = {"_authx": "A credential: Bearer KEY or Basic PAIR.", "api_key": "The key of a user."}


def _parameters(names: Mapping[str, str]) -> tuple[Parameter, ...]:
    return tuple(Parameter(name=name, about=about) for name, about in names.items())


def _body(names: Mapping[str, str]) -> Body:
    properties = {name: {"type": "string", "description": about} for name, about in names.items()}
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": {"description": "A parameter of the call."},
    }
    return Body(schema=schema, formats=FORMS, is_required=False)


def _calls(path: str, name: str, keys: Mapping[str, str]) -> Iterator[Operation]:
    prefix = Parameter(name="prefix", about="Any folders; they mean nothing.", place="path")
    more = (prefix,) if "{prefix}" in path else ()
    names = {**CALL, **keys}
    for method, word in (("GET", "Read"), ("POST", "Read or change")):
        yield Operation(
            method=method,
            path=path,
            name=f"{name}_{method.lower()}",
            about=f"{word} by one call of an entity's action",
            tag="calls",
            replies={200: REPLY},
            parameters=(*more, *_parameters(names)) if method == "GET" else more,
            body=_body(names) if method == "POST" else None,
            refusals=(404,) if method == "GET" else (404, 412),
        )


def _operations() -> Iterator[Operation]:
    yield from _calls("/extern/rest.php", "rest", KEYS)
    yield from _calls("/{prefix}/extern/rest.php", "rest_below", KEYS)
    yield from _calls("/wp-json/civicrm/v3/rest", "rest_routed", KEYS)
    for path, name in (("/civicrm/ajax/rest", "ajax"), ("/civicrm/api/json", "ajax_listed")):
        yield from _calls(path, name, WAYS)
        yield Operation(
            method="OPTIONS",
            path=path,
            name=f"{name}_options",
            about="Say nothing: pages of other sites may not call",
            tag="calls",
            replies={200: Reply(about="Nothing.")},
        )
    yield Operation(
        method="GET",
        path="/civicrm/crm.js",
        name="script",
        about="Return the script with which pages call",
        tag="calls",
        replies={200: Reply(about="A script.", schema=TEXT, formats=("application/javascript",))},
        is_public=True,
    )
    yield from _calls4()
    for method, path, name, about, reply in _SESSIONS:
        yield Operation(
            method=method,
            path=f"/civicrm/authx/{path}",
            name=name,
            about=about,
            tag="sessions",
            replies={200: reply},
            parameters=_parameters(WAYS) if method == "GET" and path == "id" else (),
            body=_body({"_authx": WAYS["_authx"]}) if path == "login" else None,
        )


# What a call of version 4 carries, by parameter.
CALL4 = {"params": "The parameters as a JSON object.", "index": "A field or a place, as JSON."}


def _calls4() -> Iterator[Operation]:
    path = "/civicrm/ajax/api4/{entity}/{action}"
    place = tuple(
        Parameter(name=name, about=f"The {name}.", place="path") for name in ("entity", "action")
    )
    for method, word in (("GET", "Read"), ("POST", "Read or change")):
        yield Operation(
            method=method,
            path=path,
            name=f"version_4_{method.lower()}",
            about=f"{word} by one call of version 4",
            tag="version 4",
            replies={200: ANSWER4},
            parameters=(*place, *_parameters(CALL4)) if method == "GET" else place,
            body=_body(CALL4) if method == "POST" else None,
            refusals=(403, 404, 405) if method == "GET" else (403, 404, 405, 409, 412),
        )
    yield Operation(
        method="OPTIONS",
        path=path,
        name="version_4_options",
        about="Say nothing: pages of other sites may not call",
        tag="version 4",
        replies={200: Reply(about="Nothing.")},
        parameters=place,
        refusals=(404,),
    )
    yield Operation(
        method="POST",
        path="/civicrm/ajax/api4",
        name="version_4_batch",
        about="Run several calls of version 4, each under a key of its own",
        tag="version 4",
        replies={
            200: Reply(about="Answers by key.", schema={}),
            **dict.fromkeys((400, 403, 404), BATCH_REFUSED),
        },
        refusals=(409, 412),
        body=_body({"calls": "A map of lists of entity, action, params and index, as JSON."}),
    )


_SESSIONS = (
    ("POST", "login", "login", "Open a session for a credential", OBJECT),
    ("GET", "id", "id_get", "Say who is signed in", OBJECT),
    ("POST", "id", "id_post", "Say who is signed in", OBJECT),
    ("GET", "logout", "logout_get", "End the session", NOTHING),
    ("POST", "logout", "logout_post", "End the session", NOTHING),
)


def _schema_of(entity: Entity) -> Schema:
    """Return an entity as a schema: its fields as properties, its actions beside them."""
    fields = entity.built_in or entity.fields(system_actor())
    schema: dict[str, Any] = {
        "type": "object",
        "description": f"A record of {entity.name}; values are text.",
        "properties": {each.shown_as: _property_of(each) for each in fields if each.is_described},
        "x-actions": list(operations_of(entity)),
    }
    required = [each.name for each in fields if each.is_required]
    return {**schema, "required": required} if required else schema


def _property_of(field: WireField) -> dict[str, Any]:
    # The number by which `getfields` names the type; values are text whichever it is.
    kind = field.format.code
    found: dict[str, Any] = {"type": "string", "description": field.title, "x-type": kind}
    if field.max_length:
        found["maxLength"] = field.max_length
    if not field.is_writable:
        found["readOnly"] = True
    if field.list_name:
        found["x-options"] = field.list_name
    if field.target:
        found["x-entity"] = field.target
    if field.shown_as != field.name:
        found["x-written-as"] = field.name
    return found


def _schemas() -> dict[str, Schema]:
    described = {entity.name: _schema_of(entity) for entity in all_entities().values()}
    return {"Result": RESULT, **described}


DESCRIPTION = Description(
    about=(
        "CiviCRM's APIv3: every call names an entity and an action, and every answer of the API has"
        " the status 200. The schemas are the entities; `x-actions` are the actions of each."
    ),
    operations=tuple(_operations()),
    refusals={
        status: Reply(about="", schema=REFUSAL, formats=(JSON, "text/xml"))
        for status in (400, 403, 404, 405, 409, 412, 413, 415, 429, 503)
    }
    | {
        401: Reply(
            about="A line of text for a credential that fails, else as any other refusal.",
            schema={"anyOf": [REFUSAL, TEXT]},
            formats=(JSON, "text/xml", "text/plain"),
        )
    },
    common_refusals=(400, 401, 413, 415, 429, 503),
    schemas=_schemas(),
    security={
        "key": {"type": "http", "scheme": "bearer"},
        "password": {"type": "http", "scheme": "basic"},
        "header": {"type": "apiKey", "in": "header", "name": "X-Civi-Auth"},
    },
)
