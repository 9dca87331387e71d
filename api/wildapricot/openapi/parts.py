"""What the descriptions of all operations are made of."""

from collections.abc import Mapping

from api.base.operations import Body, Operation, Parameter, Reply, Schema

JSON = "application/json"
# Every answer is there in both, as the Accept header asks.
WRITTEN = (JSON, "application/xml")

TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
OBJECT: Schema = {"type": "object"}
ANYTHING: Schema = {"nullable": True}

ERROR: Schema = {
    "type": "object",
    "required": ["code", "message", "details"],
    "properties": {
        "code": TEXT,
        "message": TEXT,
        "Message": TEXT,
        "details": {
            "type": "array",
            "nullable": True,
            "items": {
                "type": "object",
                "required": ["key", "value", "restriction"],
                "properties": {"key": TEXT, "value": ANYTHING, "restriction": TEXT},
            },
        },
    },
}
# The token service has the words of RFC 6749.
EITHER_ERROR: Schema = {
    "anyOf": [
        ERROR,
        {
            "type": "object",
            "required": ["error"],
            "properties": {"error": TEXT, "error_description": TEXT},
        },
    ]
}

_WORDS = {
    400: "Values, a parameter or the filter are refused; `details` names the values",
    401: "No token, or one that does not work",
    403: "Not permitted, or another account",
    404: "Not found, or not to be seen",
    405: "The address does not know the method",
    409: "Clashes with what was sent before",
    412: "Changed since",
    413: "Too large",
    429: "Too many requests",
    503: "The database is away",
}
REFUSALS: Mapping[int, Reply] = {
    status: Reply(about=about, schema=EITHER_ERROR, formats=WRITTEN)
    for status, about in _WORDS.items()
}
COMMON = (400, 401, 403, 404, 413, 429, 503)
SECURITY: Mapping[str, Schema] = {
    "token": {"type": "http", "scheme": "bearer"},
    "key": {"type": "apiKey", "in": "query", "name": "apikey"},
}

VERSION = Parameter(
    name="version",
    about="Any version",
    place="path",
    schema={"type": "string", "example": "v2.2", "pattern": "^v[0-9][0-9.]*$"},
)
ACCOUNT = Parameter(name="account", about="Number of the account", place="path", schema=INTEGER)
ID = Parameter(name="id", about="Id of the record", place="path", schema=INTEGER)
BASIC = Parameter(
    name="Authorization",
    about="HTTP Basic: `APIKEY` or a client id, and the API key",
    place="header",
)


def flag(name: str, about: str) -> Parameter:
    """Return a switch of the query string."""
    return Parameter(name=name, about=about, schema=TRUTH)


def named(schema: str) -> Schema:
    """Return a reference to one of the schemas."""
    return {"$ref": f"#/components/schemas/{schema}"}


def array_of(schema: Schema) -> Schema:
    """Return the schema of a plain list."""
    return {"type": "array", "items": schema}


def record(**properties: Schema) -> Schema:
    """Return the schema of an object with these keys; others may be there."""
    return {"type": "object", "properties": properties}


def shown(schema: Schema, about: str = "The record") -> dict[int, Reply]:
    """Return the answer of a success: it always has status 200."""
    return {200: Reply(about=about, schema=schema, formats=WRITTEN)}


def sent(schema: Schema, example: object = None) -> Body:
    """Return a body; it is JSON."""
    return Body(schema=schema, example=example)


def operation(
    method: str, path: str, about: str, tag: str, replies: Mapping[int, Reply], **more: object
) -> Operation:
    """Return an operation named after its method and path."""
    words = path.translate(str.maketrans("/{}-.", "_  __")).replace(" ", "").strip("_")
    own = more.pop("parameters", ())
    places = (VERSION, ACCOUNT, ID)
    in_path = [each for each in places if f"{{{each.name}}}" in path]
    body = more.pop("body", None)
    refusals = more.pop("refusals", ())
    return Operation(
        method=method,
        path=path,
        name=f"wildapricot_{method.lower()}_{words}",
        about=about,
        tag=tag,
        replies=replies,
        parameters=[*in_path, *(own if isinstance(own, tuple) else ())],
        body=body if isinstance(body, Body) else None,
        refusals=refusals if isinstance(refusals, tuple) else (),
        is_public=bool(more.pop("is_public", False)),
    )
