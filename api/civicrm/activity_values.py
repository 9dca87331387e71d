"""How activities name the contacts that take part in them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from api.civicrm.calls import Asked
from api.civicrm.contact.documents import flat
from api.civicrm.contact.formats import several
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import Format, whole
from api.civicrm.mapping.people import contact_of_user, user_of_contact
from contacts.access import Actor
from contacts.query import And, Condition, Not, Or, find_contacts, where

# Field of the domain: how the wire names the part.
PARTS = {"sources": "source", "targets": "target", "assignees": "assignee"}


class Part(Format):
    """The contacts that are one thing in an activity: a list of ids."""

    is_list: ClassVar[bool] = True
    code: ClassVar[int] = 1

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the ids as a list, empty or not."""
        return [str(pk) for pk in value] if isinstance(value, list | tuple) else []

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the ids."""
        return [whole(item, field.name) for item in several(value)]

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: any of the contacts is this in the activity."""
        return part_condition(actor, field.key, asked)


class Single(Part):
    """The one contact that wrote an activity down."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the id."""
        return str(value[0]) if isinstance(value, list | tuple) and value else ""


class Names(Format):
    """The names of contacts by id; an empty list where there are none."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the map."""
        return value or []


def part_condition(actor: Actor, key: str, asked: Filter) -> Condition:
    """Return "any of the contacts is this in the activity"."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return where(actor, key, "is_empty", asked.operator == "IS NULL", kind="activity")
    items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
    ids = [whole(item, asked.name) for item in items]
    found: Condition = where(actor, key, "has_any", ids, kind="activity")
    if key == "sources":
        found = Or((found, *_written_by(actor, ids)))
    return Not(found) if asked.operator in NEGATIVE else found


def _written_by(actor: Actor, contact_ids: Sequence[int]) -> list[Condition]:
    """Return the conditions for activities that name no source: their author is it."""
    users = [user_of_contact(pk) for pk in contact_ids]
    return [
        And(
            (
                where(actor, "sources", "is_empty", True, kind="activity"),
                where(actor, "author", "eq", user_id, kind="activity"),
            )
        )
        for user_id in users
        if user_id is not None
    ]


def any_part(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for activities of a contact, whatever it is in them."""
    if asked.operator in NEGATIVE:
        positive = Filter(asked.name, NEGATIVE[asked.operator], asked.operand)
        return Not(Or(tuple(part_condition(actor, key, positive) for key in PARTS)))
    return Or(tuple(part_condition(actor, key, asked) for key in PARTS))


def with_names(actor: Actor, documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Return activities in which the contacts of each part are named; one statement."""
    shown = [_with_source(document) for document in documents]
    ids = {pk for document in shown for key in PARTS for pk in document.get(key, ())}
    names = {pk: flat(found) for pk, found in find_contacts(actor, ids).items()}
    return [{**document, **_names_of(document, names)} for document in shown]


def _with_source(document: Document) -> dict[str, Any]:
    if document.get("sources"):
        return dict(document)
    own = contact_of_user(document.get("author_id"))
    return {**document, "sources": [own] if own else []}


def _names_of(document: Document, names: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, word in PARTS.items():
        for ending, path in (("name", "names.shown"), ("sort_name", "names.sorted")):
            by_id = {str(pk): names[pk].get(path) for pk in document.get(key, ()) if pk in names}
            found[f"{word}_{ending}"] = by_id
    for ending in ("name", "sort_name"):
        found[f"source_{ending}"] = next(iter(found[f"source_{ending}"].values()), "")
    return found


# Ids come with names, and names with ids.
COMPANIONS = {
    f"{word}_contact_id": (f"{word}_contact_name", f"{word}_contact_sort_name")
    for word in PARTS.values()
} | {f"{word}_contact_name": (f"{word}_contact_id",) for word in PARTS.values()}


# Told of every activity, whatever is asked for.
_SOURCE = ("source_contact_id", *COMPANIONS["source_contact_id"])


def with_companions(asked: Asked) -> Sequence[str] | None:
    """Return the names of fields that are shown for those that are asked for."""
    if asked.returned is None:
        return None
    more = [name for asked_for in asked.returned for name in COMPANIONS.get(asked_for, ())]
    return [*asked.returned, *more, *_SOURCE]
