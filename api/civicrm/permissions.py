"""Which permission a call needs before anything of it runs (specification, section 10).

What an actor may see and change of single records is decided by the domain; this is the table of
the original's permissions, each with what it means here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api.civicrm.errors import denied
from contacts.access import Actor

Test = Callable[[Actor], bool]


def _is_member(actor: Actor) -> bool:
    return actor.is_administrator or bool(actor.rights)


# Permission of the original: who has it here.
PERMISSIONS: Mapping[str, Test] = {
    "access CiviCRM": _is_member,
    "add contacts": lambda actor: actor.has_anywhere("add_contacts"),
    "edit all contacts": lambda actor: actor.has_anywhere("edit_contacts"),
    "delete contacts": lambda actor: actor.has_anywhere("delete_contacts"),
    "merge duplicate contacts": lambda actor: actor.has_anywhere("manage_contacts"),
    "view all activities": lambda actor: actor.has_anywhere("view_activities"),
    "delete activities": lambda actor: actor.has_anywhere("delete_activities"),
    "edit groups": lambda actor: actor.has_anywhere("edit_contacts"),
    "access all custom data": _is_member,
    "administer CiviCRM": lambda actor: actor.is_administrator,
}

# What is needed at once; names joined by "|" are alternatives.
Needed = tuple[str, ...]

NOTHING: Needed = ()
MEMBER: Needed = ("access CiviCRM",)
ADMINISTRATOR: Needed = ("administer CiviCRM",)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What the actions of an entity need: by name, else ``get`` for reading and ``other``."""

    get: Needed = ADMINISTRATOR
    other: Needed = ADMINISTRATOR
    meta: Needed = MEMBER
    actions: Mapping[str, Needed] = field(default_factory=dict)


OPEN = Permissions(get=NOTHING, other=NOTHING)
SETUP = Permissions(get=MEMBER, other=ADMINISTRATOR)
CLOSED = Permissions()


def require(actor: Actor, entity: str, action: str, needed: Needed) -> None:
    """Raise CiviApiError unless the actor has everything that a call needs."""
    lacking = [each for each in needed if not _has(actor, each)]
    if lacking:
        raise denied(entity, action, " and ".join(_written(each) for each in needed))


def _has(actor: Actor, needed: str) -> bool:
    return any(PERMISSIONS[name](actor) for name in needed.split("|"))


def _written(needed: str) -> str:
    names = needed.split("|")
    return names[0] if len(names) == 1 else f"( {' or '.join(names)} )"
