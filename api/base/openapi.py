"""Build the OpenAPI document of a dialect from its description."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from api.base.dialect import Dialect
from api.base.operations import Body, Description, Operation, Parameter, Reply

VERSION = "3.0.3"

# Every change of a record that is named by its address may demand its version.
CHANGING = frozenset({"PUT", "PATCH", "DELETE"})
STALE = int(HTTPStatus.PRECONDITION_FAILED)

# The document is JSON: mappings of names to anything.
Document = dict[str, Any]


def document_of(dialect: Dialect, base_url: str) -> Document:
    """Return the OpenAPI document of a dialect that has an ``openapi.py``."""
    description = description_of(dialect)
    document: Document = {
        "openapi": VERSION,
        "info": {
            "title": dialect.title,
            "version": dialect.version,
            "description": description.about,
        },
        "servers": [{"url": base_url}],
        "tags": [{"name": name} for name in _in_order(op.tag for op in description.operations)],
        "paths": _paths(description),
        "components": {
            "schemas": {name: dict(schema) for name, schema in description.schemas.items()},
            "securitySchemes": {name: dict(how) for name, how in description.security.items()},
        },
    }
    if description.security:
        document["security"] = [{name: []} for name in description.security]
    return document


def description_of(dialect: Dialect) -> Description:
    """Return the description in the dialect's ``openapi.py``."""
    description: Description = dialect.part("openapi").DESCRIPTION
    return description


def _paths(description: Description) -> Document:
    paths: Document = {}
    for operation in description.operations:
        methods = paths.setdefault(operation.path, {})
        if operation.method.lower() in methods:
            raise ValueError(f"described twice: {operation.method} {operation.path}")
        methods[operation.method.lower()] = _operation(operation, description)
    return paths


def _operation(operation: Operation, description: Description) -> Document:
    written: Document = {
        "operationId": operation.name,
        "summary": operation.about,
        "tags": [operation.tag],
        "responses": _responses(operation, description),
    }
    if operation.parameters:
        written["parameters"] = [_parameter(parameter) for parameter in operation.parameters]
    if operation.body is not None:
        written["requestBody"] = _body(operation.body)
    if operation.is_public:
        written["security"] = []
    return written


def _responses(operation: Operation, description: Description) -> Document:
    replies = dict(operation.replies)
    stale = {STALE} & description.refusals.keys() if operation.method in CHANGING else ()
    for status in (*description.common_refusals, *operation.refusals, *stale):
        replies.setdefault(status, description.refusals[status])
    return {str(status): _reply(replies[status], status) for status in sorted(replies)}


def _parameter(parameter: Parameter) -> Document:
    written: Document = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.about,
        "schema": dict(parameter.schema),
    }
    # OpenAPI demands it of every part of a path.
    if parameter.is_required or parameter.place == "path":
        written["required"] = True
    if parameter.example is not None:
        written["example"] = parameter.example
    return written


def _body(body: Body) -> Document:
    return {
        "required": body.is_required,
        "content": _content(body.formats, dict(body.schema), body.example),
    }


def _reply(reply: Reply, status: int) -> Document:
    written: Document = {"description": reply.about or HTTPStatus(status).phrase}
    if reply.schema is not None:
        written["content"] = _content(reply.formats, dict(reply.schema), reply.example)
    return written


def _content(formats: Sequence[str], schema: Document, example: object) -> Document:
    inner: Document = {"schema": schema}
    if example is not None:
        inner["example"] = example
    return {media_type: dict(inner) for media_type in formats}


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
