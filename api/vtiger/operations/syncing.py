"""What has changed since a moment."""

from collections.abc import Sequence

from api.vtiger.errors import VtigerError
from api.vtiger.mapping.field import Wire
from api.vtiger.mapping.ids import write_id
from api.vtiger.mapping.references import GROUPS, USERS
from api.vtiger.modules import Module, get_module, open_modules
from api.vtiger.registry import Context, vtiger_operation
from api.vtiger.syncing import LAST_SECOND, Wish, changes_page, write_page
from contacts.access import Actor

# Never synchronised: who works here is not what they work on.
PEOPLE = "Users"


@vtiger_operation(
    "sync",
    params=[
        ("modifiedTime", "string", "since"),
        ("elementType", "string", "name"),
        ("syncType", "string", "scope"),
    ],
)
def sync(ctx: Context, since: str, name: str, scope: str) -> Wire:
    """Return the records that changed after a second, and the ids of those that are gone."""
    wish = Wish(ctx.actor, _modules(ctx.actor, name), _owners(ctx.actor, scope), _second(since))
    return write_page(wish, changes_page(wish))


def _modules(actor: Actor, name: str) -> Sequence[Module]:
    chosen = [get_module(actor, name)] if name else open_modules(actor)
    return [module for module in chosen if module.is_entity and module.name != PEOPLE]


def _owners(actor: Actor, scope: str) -> list[str]:
    """Return the ids of the owners whose records are asked for, none for everybody's."""
    word = scope.strip().lower()
    if word == "application":
        if not actor.is_administrator:
            raise VtigerError("ACCESS_DENIED", "Only admin users can perform application sync")
        return []
    groups = sorted(actor.group_ids) if word == "userandgroup" else []
    return [write_id(USERS, actor.user_id), *(write_id(GROUPS, group) for group in groups)]


def _second(text: str) -> int:
    """Return the second, 0 for what is none: everything from the beginning."""
    digits = text.strip().partition(".")[0]
    is_number = digits.isascii() and digits.isdecimal() and len(digits) < 19
    return min(int(digits), LAST_SECOND) if is_number else 0
