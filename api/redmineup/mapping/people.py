"""Write users and user groups as this dialect shows them, and read them."""

from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping import names
from api.redmineup.mapping.shapes import Items, Wire, moment, present, reference
from contacts.fields import reference as tables

ATTRIBUTES = {
    "login": "username",
    "firstname": "first_name",
    "lastname": "last_name",
    "mail": "email",
    "language": "language",
    "admin": "is_administrator",
    "must_change_passwd": "must_change_password",
}
# What only administrators say of a user, also of themselves.
NOT_OWN = frozenset({"login", "admin", "must_change_passwd", "status"})
# Life of a user; "registered" is not known here.
ACTIVE, LOCKED = 1, 3

ABSENT = object()
TRUE = frozenset({"1", "true"})


def to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a user; what is private of it has no key for others."""
    shown: dict[str, object] = {
        "id": document["id"],
        "login": document.get("username", ABSENT),
        "admin": document.get("is_administrator", ABSENT),
        "firstname": document["first_name"],
        "lastname": document["last_name"],
        "mail": document.get("email", ABSENT),
        "created_on": moment(document["created_at"]),
        "updated_on": moment(document["updated_at"]) if "updated_at" in document else ABSENT,
        "last_login_on": moment(document["last_seen_at"]),
        "status": _status(document),
    }
    return {name: value for name, value in shown.items() if value is not ABSENT}


def from_wire(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a user; unknown attributes are ignored."""
    values: dict[str, object] = {
        key: sent[name] for name, key in ATTRIBUTES.items() if name in sent
    }
    if "status" in sent:
        values["is_active"] = str(sent["status"]).strip() == str(ACTIVE)
    return values


def own_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes without those that are for administrators to say."""
    return {name: value for name, value in sent.items() if name not in NOT_OWN}


def password_of(sent: Mapping[str, Any]) -> str | None:
    """Return the password that is set, None where none is sent."""
    password = sent.get("password")
    return None if password in (None, "") else str(password)


def wants_password(sent: Mapping[str, Any]) -> bool:
    """Tell whether the server shall make the password up."""
    return str(sent.get("generate_password")).strip().lower() in TRUE


def memberships(documents: list[dict[str, Any]]) -> Items:
    """Return what ``include=memberships`` adds to a user or a group."""
    found = []
    for document in documents:
        roles = [reference(pk, tables.roles().name_of(pk)) for pk in document["roles"]]
        project = names.project(document["project_id"])
        found.append(
            present({"id": document["id"], "project": project, "roles": Items("role", roles)})
        )
    return Items("membership", found)


def groups(group_ids: list[int]) -> Items:
    """Return what ``include=groups`` adds to a user."""
    known = tables.user_groups()
    return Items("group", [reference(pk, known.name_of(pk)) for pk in group_ids])


def group_to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a user group."""
    return {"id": document["id"], "name": document["name"]}


def group_from_wire(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a user group; unknown attributes are ignored."""
    values = {"name": sent["name"]} if "name" in sent else {}
    return values | ({"users": sent["user_ids"] or []} if "user_ids" in sent else {})


def users(user_ids: list[int]) -> Items:
    """Return what ``include=users`` adds to a group."""
    found = (names.user(pk) for pk in user_ids)
    return Items("user", [each for each in found if each is not None])


def _status(document: Mapping[str, Any]) -> object:
    if "username" not in document:
        return ABSENT
    return ACTIVE if document["is_active"] else LOCKED
