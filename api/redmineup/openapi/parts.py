"""What the descriptions of all nouns are made of."""

from api.base.operations import Body, Parameter, Reply, Schema

JSON = "application/json"
XML = "application/xml"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
WRITTEN = (JSON,)
READ = (JSON, XML, FORM, MULTIPART)

TEXT: Schema = {"type": "string", "nullable": True}
INTEGER: Schema = {"type": "integer"}
BOOLEAN: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "format": "date", "nullable": True}
MOMENT: Schema = {"type": "string", "format": "date-time"}
REFERENCE: Schema = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": INTEGER, "name": {"type": "string"}},
}
ERRORS: Schema = {
    "type": "object",
    "required": ["errors"],
    "properties": {"errors": {"type": "array", "items": {"type": "string"}}},
}

REFUSALS = {
    400: Reply(about="The body or the query string is broken"),
    401: Reply(about="No credentials, or wrong ones"),
    403: Reply(about="Not permitted"),
    404: Reply(about="Not found, or not to be seen"),
    406: Reply(about="No such format"),
    409: Reply(about="The Idempotency-Key came with another request"),
    412: Reply(about="Changed since, or nobody to act as"),
    413: Reply(about="Too large"),
    422: Reply(about="Values are refused", schema=ERRORS),
    429: Reply(about="Too many requests"),
    503: Reply(about="The database is away"),
}
SECURITY = {
    "header": {"type": "apiKey", "in": "header", "name": "X-Redmine-API-Key"},
    "parameter": {"type": "apiKey", "in": "query", "name": "key"},
    "basic": {"type": "http", "scheme": "basic"},
}

OFFSET = Parameter(name="offset", about="How many to leave out", schema=INTEGER)
LIMIT = Parameter(name="limit", about="How many at most: 1 to 100, 25 without", schema=INTEGER)
PAGE = Parameter(name="page", about="A page instead of an offset", schema=INTEGER)
PROJECT_ID = Parameter(name="project_id", about="Id or identifier of a project", example="demo")
PAGING = (OFFSET, LIMIT, PAGE)


def in_path(name: str, about: str) -> Parameter:
    """Return a part of an address."""
    return Parameter(name=name, about=about, place="path")


def named(schema: str) -> Schema:
    """Return a reference to one of the schemas."""
    return {"$ref": f"#/components/schemas/{schema}"}


def rooted(name: str, schema: Schema) -> Schema:
    """Return the schema of an object with a root."""
    return {"type": "object", "required": [name], "properties": {name: schema}}


def listing(name: str, schema: Schema) -> Schema:
    """Return the schema of a page."""
    counts = dict.fromkeys(("total_count", "offset", "limit"), INTEGER)
    return {
        "type": "object",
        "required": [name, *counts],
        "properties": {name: {"type": "array", "items": schema}, **counts},
    }


def sent(name: str, schema: Schema, example: object = None) -> Body:
    """Return a body in any of the formats that are read."""
    return Body(schema=rooted(name, schema), formats=READ, example=example)


def shown(about: str, schema: Schema) -> Reply:
    """Return an answer with a body."""
    return Reply(about=about, schema=schema, formats=WRITTEN)


DONE = {
    204: Reply(about="Done"),
    200: Reply(about="Done, for a key in the query string"),
}
