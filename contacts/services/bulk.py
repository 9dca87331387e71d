"""Do the same to many contacts; what an actor may not change is left alone and counted.

What shall be done has a name and parameters that JSON can hold, so that it can be done by whoever
asked for it while it waits, or by a job.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.errors import DomainError
from contacts.index import Document
from contacts.services.contacts import (
    Values,
    archive_contact,
    delete_contact,
    restore_contact,
    update_contact,
)

# More would keep a browser waiting; a job takes those.
MOST_AT_ONCE = 200

# Any JSON: each action knows what it wants.
Parameters = Mapping[str, Any]
Step = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What shall be done to each contact; the action is one of `ACTIONS`."""

    action: str
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """How many contacts were changed, and how many were left alone."""

    changed: int = 0
    refused: int = 0

    def __add__(self, other: "BulkOutcome") -> "BulkOutcome":
        """Return both together."""
        return BulkOutcome(self.changed + other.changed, self.refused + other.refused)


def change_contacts(actor: Actor, change: BulkChange, contact_ids: Sequence[int]) -> BulkOutcome:
    """Do it to each of the contacts, each in a transaction of its own."""
    step = ACTIONS[change.action](actor, change.parameters)
    changed = refused = 0
    for contact_id in dict.fromkeys(contact_ids):
        try:
            step(contact_id)
        except DomainError:
            refused += 1
        else:
            changed += 1
    return BulkOutcome(changed, refused)


def _updating(actor: Actor, change: Values | Callable[[Document], Values]) -> Step:
    return lambda pk: update_contact(actor, pk, change)


def _set(actor: Actor, parameters: Parameters) -> Step:
    return _updating(actor, {parameters["field"]: parameters["value"]})


def _tag(actor: Actor, parameters: Parameters) -> Step:
    return _updating(
        actor, lambda document: {"tags": [*_list(document, "tags"), parameters["tag"]]}
    )


def _untag(actor: Actor, parameters: Parameters) -> Step:
    def without_tag(document: Document) -> Values:
        return {"tags": [pk for pk in _list(document, "tags") if pk != parameters["tag_id"]]}

    return _updating(actor, without_tag)


def _place(actor: Actor, parameters: Parameters) -> Step:
    project_id, seen = parameters["project"], _seen_projects(actor)

    def placed(document: Document) -> Values:
        present = [pk for pk in _list(document, "projects") if pk in seen]
        return {} if project_id in present else {"projects": [*present, project_id]}

    return _updating(actor, placed)


def _displace(actor: Actor, parameters: Parameters) -> Step:
    kept = _seen_projects(actor) - {parameters["project"]}

    def displaced(document: Document) -> Values:
        return {"projects": [pk for pk in _list(document, "projects") if pk in kept]}

    return _updating(actor, displaced)


def _seen_projects(actor: Actor) -> set[object]:
    """Return the projects that a change may name; those that one does not see stay anyway."""
    return set(visible_projects(actor).values_list("pk", flat=True))


def _list(document: Document, key: str) -> list[object]:
    found = document.get(key)
    return list(found) if isinstance(found, list) else []


ACTIONS: dict[str, Callable[[Actor, Parameters], Step]] = {
    "set": _set,
    "tag": _tag,
    "untag": _untag,
    "own": lambda actor, parameters: _updating(actor, {"owner": parameters["owner"]}),
    "place": _place,
    "displace": _displace,
    "archive": lambda actor, parameters: lambda pk: archive_contact(actor, pk),
    "restore": lambda actor, parameters: lambda pk: restore_contact(actor, pk),
    "delete": lambda actor, parameters: lambda pk: delete_contact(actor, pk),
}
