"""Describe Toy to programs."""

from api.base.operations import Body, Description, Operation, Parameter, Reply
from tests.toy_dialects.toy.mapping import FIELDS

CONTACT = {"$ref": "#/components/schemas/Contact"}
SAD = Reply(about="Refused", schema={"$ref": "#/components/schemas/Refusal"})

DESCRIPTION = Description(
    about="A toy.",
    refusals=dict.fromkeys((400, 401, 403, 404, 405, 409, 422, 429, 503), SAD),
    schemas={
        "Contact": {
            "type": "object",
            "properties": {name: {"type": "string", "nullable": True} for name in FIELDS},
        },
        "Refusal": {"type": "object", "required": ["glad", "why", "words"]},
    },
    security={"key": {"type": "apiKey", "in": "header", "name": "Toy-Key"}},
    operations=[
        Operation(
            method="GET",
            path="/toy",
            name="greet",
            about="Say what this is",
            tag="toy",
            replies={200: Reply(about="A greeting")},
            is_public=True,
        ),
        Operation(
            method="GET",
            path="/toy/contacts",
            name="list",
            about="List contacts",
            tag="contacts",
            parameters=[Parameter(name="find", about="A filter", example="surname is Smith")],
            replies={200: Reply(about="Contacts", schema={"type": "object"})},
        ),
        Operation(
            method="POST",
            path="/toy/contacts",
            name="create",
            about="Create a contact",
            tag="contacts",
            body=Body(schema=CONTACT, example={"surname": "Smith"}),
            replies={201: Reply(about="The contact", schema={"type": "object"})},
            refusals=(409, 422),
        ),
        Operation(
            method="GET",
            path="/toy/contacts/{number}",
            name="read",
            about="Read a contact",
            tag="contacts",
            parameters=[Parameter(name="number", about="Its number", place="path")],
            replies={200: Reply(about="The contact", schema={"type": "object"})},
            refusals=(404,),
        ),
    ],
)
