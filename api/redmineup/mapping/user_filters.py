"""Say for each filter of users which fields it looks at."""

from collections.abc import Mapping

from api.redmineup import grammar
from api.redmineup.grammar import Clause
from api.redmineup.mapping.people import ACTIVE, LOCKED
from api.redmineup.mapping.rules import Rule, listed, record_id
from contacts.access import Actor
from contacts.query import Condition, Or, where

KIND = "user"
NAMES = ("username", "first_name", "last_name", "email")


def active_users(actor: Actor) -> Condition:
    """Return "is not locked", which a list means that names no status."""
    return where(actor, "is_active", "eq", True, kind=KIND)


def _compare_status(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    known = {str(ACTIVE): True, str(LOCKED): False}
    answers = [known[value] for value in clause.values if value in known]
    return Or(tuple(where(actor, "is_active", "eq", each, kind=KIND) for each in answers))


def _compare_name(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    """Return "has the text in any of its names"; no character of it means anything special."""
    text = "|".join(clause.values)
    return Or(tuple(where(actor, key, "contains", text, kind=KIND) for key in rule.keys))


USER_FILTERS: Mapping[str, Rule] = {
    "status": Rule(
        ("is_active",),
        ("*", grammar.EQUAL),
        _compare_status,
        f"`{ACTIVE}` active (when it is missing), `{LOCKED}` locked, `*` all",
        KIND,
    ),
    "name": Rule(
        NAMES,
        (grammar.EQUAL,),
        _compare_name,
        "Part of the login, the first or last name or the address",
        KIND,
    ),
    "group_id": listed(
        "user_groups", read=record_id, about="Id of a user group", kind=KIND, operators=grammar.LIST
    ),
}

USER_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "login": "username",
    "firstname": "first_name",
    "lastname": "last_name",
    "mail": "email",
    "created_on": "created_at",
    "updated_on": "updated_at",
    "last_login_on": "last_seen_at",
}
