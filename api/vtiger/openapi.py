"""Describe this dialect to programs: one address, whose ``operation`` says what is done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.base.operations import JSON, Body, Description, Operation, Parameter, Reply, Schema
from api.vtiger.registry import Operation as Declared
from api.vtiger.registry import Param, iter_operations

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", JSON)
TEXT: Schema = {"type": "string"}

ENVELOPE: Schema = {
    "type": "object",
    "required": ["success"],
    "properties": {
        "success": {"type": "boolean"},
        "result": {"description": "What the operation returns; only of a success."},
        "error": {
            "type": "object",
            "description": "Only of a refusal.",
            "required": ["code", "message"],
            "properties": {"code": TEXT, "message": TEXT},
        },
    },
}
REPLY = Reply(
    about="Every answer, refusals too; `success` tells them apart.",
    schema={"$ref": "#/components/schemas/Envelope"},
)
STALE = replace(REPLY, about="The record is not the one that If-Match or its like demands.")
AWAY = replace(REPLY, about="The database is away.")


def _about(param: Param) -> str:
    return "JSON, as text" if param.type == "encoded" else "Text"


def _declared(method: str) -> list[Declared]:
    return [each for each in iter_operations() if each.method == method]


def _params(operations: Sequence[Declared]) -> dict[str, Param]:
    return {param.name: param for each in operations for param in each.params}


def _get_parameters() -> Iterator[Parameter]:
    operations = _declared("GET")
    names = [each.name for each in operations]
    yield Parameter(
        name="operation",
        about="What is to be done; case does not matter.",
        schema={"type": "string", "enum": names},
        is_required=True,
        example="query",
    )
    yield Parameter(name="sessionName", about="The session that `login` has opened.")
    yield Parameter(name="format", about="The format of the answer.", schema={"enum": ["json"]})
    for name, param in _params(operations).items():
        users = [each.name for each in operations if param in each.params]
        yield Parameter(name=name, about=f"{_about(param)}; of {', '.join(users)}.")


def _post_body() -> Body:
    operations = _declared("POST")
    own = {
        name: {"type": "string", "description": _about(param)}
        for name, param in _params(operations).items()
    }
    names = [each.name for each in operations]
    schema: Schema = {
        "type": "object",
        "required": ["operation"],
        "properties": {
            "operation": {"type": "string", "enum": names},
            "sessionName": TEXT,
            "format": {"type": "string", "enum": ["json"]},
            **own,
        },
    }
    return Body(schema=schema, formats=FORMS)


def _operations() -> Iterator[Operation]:
    folder = Parameter(name="folder", about="Any folders; they mean nothing.", place="path")
    for path, suffix, more in (
        ("/webservice.php", "", ()),
        ("/{folder}/webservice.php", "_below", (folder,)),
    ):
        yield Operation(
            method="GET",
            path=path,
            name=f"read{suffix}",
            about="Call an operation whose parameters stand in the query string",
            tag="operations",
            replies={200: REPLY},
            parameters=(*more, *_get_parameters()),
        )
        yield Operation(
            method="POST",
            path=path,
            name=f"write{suffix}",
            about="Call an operation whose parameters stand in the body",
            tag="operations",
            replies={200: REPLY},
            parameters=more,
            body=_post_body(),
            refusals=(412,),
        )


DESCRIPTION = Description(
    about=(
        "Vtiger's web services. `getchallenge` gives a token for a user name, `login` takes the MD5"
        " of token and access key and opens a session, whose name goes with every other call. Every"
        " answer has the status 200, but for a demand that is not met (412) and while the database"
        " is away (503)."
    ),
    operations=tuple(_operations()),
    refusals={412: STALE, 503: AWAY},
    common_refusals=(503,),
    schemas={"Envelope": ENVELOPE},
)
