"""Describe the five usual operations on a noun from one row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from api.base.operations import Operation, Parameter, Schema
from api.redmineup.mapping.rules import Rule
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

ALL = frozenset({"list", "create", "show", "update", "delete"})
INCLUDE = Parameter(name="include", about="What to show beside it, names between commas")
SORT = Parameter(name="sort", about="Up to three columns, each with `:desc` to turn it round")


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A kind of record: its roots in answers, its addresses, what may be done to it.

    ``place`` is the address of the list, ``home`` that of single records where it is another.
    """

    one: str
    many: str
    words: str
    schema: str
    place: str
    home: str = ""
    can: frozenset[str] = ALL
    has_pages: bool = True
    in_place: Sequence[Parameter] = ()
    filters: Sequence[Parameter] = ()
    example: Mapping[str, object] = field(default_factory=dict)
    may_clash: bool = False

    @property
    def name(self) -> str:
        """Return the noun as a part of a name: ``DealCategory``."""
        return self.words.title().replace(" ", "")

    @property
    def names(self) -> str:
        """Return many of them as a part of a name: ``DealCategories``."""
        return self.many.title().replace("_", "")


def operations(noun: Noun) -> list[Operation]:
    """Return the operations on a noun, in the usual order."""
    return [make for name, make in _all(noun) if name in noun.can]


def filters_of(rules: Mapping[str, Rule]) -> list[Parameter]:
    """Return the parameters that filter a list."""
    return [Parameter(name=name, about=rule.about or name) for name, rule in rules.items()]


def _all(noun: Noun) -> Iterator[tuple[str, Operation]]:
    schema, tag = named(noun.schema), noun.many
    home = f"{noun.home or noun.place}/{{id}}.json"
    which = [in_path("id", f"Id of the {noun.words}")]
    attributes: Schema = {"type": "object"}
    example = {noun.one: dict(noun.example)} if noun.example else None
    clash = (409,) if noun.may_clash else ()
    yield (
        "list",
        Operation(
            method="GET",
            path=f"{noun.place}.json",
            name=f"list{noun.names}",
            about=f"List {noun.many.replace('_', ' ')}",
            tag=tag,
            parameters=[*noun.in_place, *noun.filters, *(PAGING if noun.has_pages else ())],
            replies={200: shown("The list", _list(noun, schema))},
            refusals=(404, 422),
        ),
    )
    yield (
        "create",
        Operation(
            method="POST",
            path=f"{noun.place}.json",
            name=f"create{noun.name}",
            about=f"Create a {noun.words}",
            tag=tag,
            parameters=noun.in_place,
            body=sent(noun.one, attributes, example),
            replies={201: shown(f"The {noun.words}", rooted(noun.one, schema))},
            refusals=(404, 409, 422),
        ),
    )
    yield (
        "show",
        Operation(
            method="GET",
            path=home,
            name=f"show{noun.name}",
            about=f"Show a {noun.words}",
            tag=tag,
            parameters=[*which, INCLUDE],
            replies={200: shown(f"The {noun.words}", rooted(noun.one, schema))},
            refusals=(404,),
        ),
    )
    yield (
        "update",
        Operation(
            method="PUT",
            path=home,
            name=f"update{noun.name}",
            about="Change what is sent and leave the rest",
            tag=tag,
            parameters=which,
            body=sent(noun.one, attributes),
            replies=DONE,
            refusals=(404, 412, 422, *clash),
        ),
    )
    yield (
        "delete",
        Operation(
            method="DELETE",
            path=home,
            name=f"delete{noun.name}",
            about=f"Delete a {noun.words}",
            tag=tag,
            parameters=which,
            replies=DONE,
            refusals=(404, 412, *clash),
        ),
    )


def _list(noun: Noun, schema: Schema) -> Schema:
    if noun.has_pages:
        return listing(noun.many, schema)
    return {
        "type": "object",
        "required": [noun.many],
        "properties": {noun.many: {"type": "array", "items": schema}, "total_count": INTEGER},
    }
