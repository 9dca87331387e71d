"""Describe the operations of a dialect, from which its OpenAPI document is built.

The dialect's ``openapi.py`` holds one ``Description``; its tables of wire names give the schemas.
Every operation names the refusals that it can answer, so that a client (and a fuzzer) meets no
status that the document does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

# A JSON schema is JSON: anything, nested.
Schema: TypeAlias = Mapping[str, Any]

JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A value in the address, the query string or a header."""

    name: str
    about: str
    place: str = "query"
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    is_required: bool = False
    example: object = None


@dataclass(frozen=True, kw_only=True)
class Body:
    """What a request carries, in each of the formats that are read."""

    schema: Schema
    formats: Sequence[str] = (JSON,)
    is_required: bool = True
    example: object = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer; without a schema it has no body."""

    about: str
    schema: Schema | None = None
    formats: Sequence[str] = (JSON,)
    example: object = None


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one address.

    ``path`` is written as OpenAPI does, ``/contacts/{id}.json``. ``refusals`` are statuses for
    which the dialect's ``Description`` has a reply.
    """

    method: str
    path: str
    name: str
    about: str
    tag: str
    replies: Mapping[int, Reply]
    parameters: Sequence[Parameter] = ()
    body: Body | None = None
    refusals: Sequence[int] = ()
    is_public: bool = False


@dataclass(frozen=True, kw_only=True)
class Description:
    """Everything that a dialect says about itself to programs.

    ``refusals`` are the replies for statuses of refusal, ``common_refusals`` those that every
    operation can give. ``security`` are OpenAPI's security schemes by name: any one of them lets a
    client in.
    """

    about: str
    operations: Sequence[Operation]
    refusals: Mapping[int, Reply]
    common_refusals: Sequence[int] = (400, 401, 403, 429, 503)
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    security: Mapping[str, Schema] = field(default_factory=dict)
