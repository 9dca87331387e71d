"""What the descriptions of all resources are made of."""

from collections.abc import Mapping, Sequence

from api.base.operations import Body, Operation, Parameter, Reply, Schema

JSON = "application/json"
READ = (JSON, "application/x-www-form-urlencoded", "multipart/form-data")

TEXT: Schema = {"type": "string", "nullable": True}
INTEGER: Schema = {"type": "integer"}
MAYBE: Schema = {"type": "integer", "nullable": True}
MOMENT: Schema = {"type": "string", "format": "date-time", "nullable": True}
IDS: Schema = {"type": "array", "items": INTEGER}
OBJECT: Schema = {"type": "object"}
ANY_OBJECT: Schema = {"type": "object", "nullable": True}
OBJECTS: Schema = {"type": "array", "items": OBJECT}
MESSAGE: Schema = {
    "type": "object",
    "required": ["message"],
    "properties": {"message": {"type": "string"}},
}
INVALID: Schema = {
    "type": "object",
    "required": ["message", "errors"],
    "properties": {
        "message": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
UNFIT: Schema = {
    "type": "object",
    "properties": {"message": {"type": "string"}, "error": {"type": "string"}},
}

REFUSALS: Mapping[int, Reply] = {
    400: Reply(about="The request is broken or cannot be answered", schema=MESSAGE),
    401: Reply(about="No token, or one that does not work", schema=MESSAGE),
    403: Reply(about="Not permitted, or no field to search", schema=UNFIT),
    404: Reply(about="Not found, or not to be seen", schema=MESSAGE),
    405: Reply(about="The address does not know the method", schema=MESSAGE),
    409: Reply(about="Associated already, never associated, or in use", schema=MESSAGE),
    412: Reply(about="Changed since", schema=MESSAGE),
    413: Reply(about="Too large", schema=MESSAGE),
    415: Reply(about="A body of a type that is not read", schema=MESSAGE),
    422: Reply(about="Values are refused", schema=INVALID),
    429: Reply(about="Too many requests", schema=MESSAGE),
    503: Reply(about="The database is away", schema=MESSAGE),
}
COMMON = (400, 401, 403, 404, 413, 415, 422, 429, 503)
SECURITY: Mapping[str, Schema] = {"token": {"type": "http", "scheme": "bearer"}}

ID = Parameter(name="id", about="Id of the record", place="path", schema=INTEGER)
Q = Parameter(name="q", about="What to find: text, or `field:value;field:value`")
SEARCHING = (
    Q,
    Parameter(name="search_fields", about="Fields with operators", example="email:=;first_name"),
    Parameter(name="search_match", about="`and` or `or`"),
    Parameter(name="order", about="Fields with directions", example="created_at|desc"),
    Parameter(name="select", about="Fields to fill, between `;`", example="first_name;id"),
    Parameter(name="with", about="Relations to load, between `;`", example="companies;deals"),
)
PAGING = (
    Parameter(name="page", about="Number of the page, from 1", schema=INTEGER),
    Parameter(name="per_page", about="Records a page, 15 to 1000", schema=INTEGER),
    *SEARCHING,
    Parameter(name="updated_since", about="Only what changed since a moment", schema=MOMENT),
)
TAKE = Parameter(name="take", about="How many at most", schema=INTEGER)
DONE = {204: Reply(about="Done")}


def named(schema: str) -> Schema:
    """Return a reference to one of the schemas."""
    return {"$ref": f"#/components/schemas/{schema}"}


def paged(schema: Schema) -> Schema:
    """Return the schema of a page."""
    return {
        "type": "object",
        "required": ["data", "links", "meta"],
        "properties": {
            "data": {"type": "array", "items": schema},
            "links": OBJECT,
            "meta": OBJECT,
        },
    }


def shown(schema: Schema, about: str = "The record") -> dict[int, Reply]:
    """Return the answer of a read or change."""
    return {200: Reply(about=about, schema=schema)}


def sent(schema: Schema, example: object = None) -> Body:
    """Return a body in any of the formats that are read."""
    return Body(schema=schema, formats=READ, example=example, is_required=False)


def operation(
    method: str, path: str, about: str, tag: str, replies: Mapping[int, Reply], **more: object
) -> Operation:
    """Return an operation named after its method and path."""
    words = path.removeprefix("/api/").translate(str.maketrans("/{}-", "_  _")).replace(" ", "")
    parameters = more.pop("parameters", ())
    taken: Sequence[Parameter] = parameters if isinstance(parameters, tuple) else ()
    in_path = [ID] if "{id}" in path else []
    body = more.pop("body", None)
    refusals = more.pop("refusals", ())
    return Operation(
        method=method,
        path=path,
        name=f"concord_{method.lower()}_{words}",
        about=about,
        tag=tag,
        replies=replies,
        parameters=[*in_path, *taken],
        body=body if isinstance(body, Body) else None,
        refusals=refusals if isinstance(refusals, tuple) else (),
        is_public=bool(more.pop("is_public", False)),
    )
