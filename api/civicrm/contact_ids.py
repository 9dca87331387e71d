"""Understand the ways to name a contact: its number, ``user_contact_id``, ``@user:NAME``."""

from collections.abc import Mapping
from typing import Any

from api.civicrm.errors import CiviApiError
from contacts.access import Actor, find_user
from contacts.query import find_record

MYSELF = "user_contact_id"
BY_USER = "@user:"


def resolved(params: Mapping[str, Any], names: "frozenset[str]", actor: Actor) -> dict[str, Any]:
    """Return parameters in which the named ones hold numbers; raises CiviApiError."""
    return {
        name: _resolved(value, name, actor) if name in names else value
        for name, value in params.items()
    }


def own_contact_id(actor: Actor) -> int | None:
    """Return the id of the caller's own contact, or None."""
    if actor.user_id is None:
        return None
    user = find_record(actor, "user", actor.user_id)
    found = user.get("contact_id") if user else None
    return found if isinstance(found, int) else None


def _resolved(value: Any, name: str, actor: Actor) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, str):
        if value == MYSELF:
            return own_contact_id(actor) or 0
        if value.startswith(BY_USER):
            return _contact_of(value, name)
        return value
    if isinstance(value, list):
        return [_resolved(item, name, actor) for item in value]
    if isinstance(value, Mapping):
        return {key: _resolved(item, name, actor) for key, item in value.items()}
    return value


def _contact_of(value: str, name: str) -> int:
    user = find_user(value.removeprefix(BY_USER))
    if user is None or user.contact_id is None:
        message = f'"{name}" "{value}" cannot be resolved to a contact ID'
        raise CiviApiError(message, 2002, error_field=name, type="integer")
    return user.contact_id
