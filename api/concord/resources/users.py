"""Users: read by everybody, made by administrators."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.mapping import choices, rules
from api.concord.mapping.bodies import Body
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import Actor
from contacts.fields import reference
from contacts.services.users import create_user

RULES = rules.table(
    rules.text("name", "full_name", "user"),
    rules.text("email", "address", "user", operator="="),
    rules.number("id", "id", "user", is_default=False),
    rules.only_order("created_at", "created_at", "user"),
    rules.only_order("updated_at", "updated_at", "user"),
)


def write(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return users; address and settings only where the caller may know them."""
    return [_user(actor, document, shown) for document in documents]


def _user(actor: Actor, document: Document, shown: Shown) -> Wire:
    name = document["name"]
    # Whoever sees a user may write to it: owners stand with their addresses at every record.
    email = document.get("email") or choices.email_of_user(document["id"])
    written: Wire = {
        "id": document["id"],
        "name": name,
        "display_name": name,
        "email": email,
        "timezone": document.get("time_zone") or "UTC",
        "locale": document.get("language") or "en",
        "super_admin": document.get("is_administrator", False),
        "access_api": document.get("may_use_api", True),
        "avatar": None,
        "avatar_url": choices.avatar_of(name),
        "uploaded_avatar_url": None,
        "date_format": "Y-m-d",
        "time_format": "H:i",
        "default_landing_page": "/dashboard",
        "mail_signature": None,
        "notifications": [],
        "teams": [_team(pk) for pk in document.get("user_groups") or ()],
        "guest_email": email,
        "guest_display_name": name,
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at", document.get("created_at")),
        "authorizations": authorizations(actor, {}),
        "was_recently_created": shown.is_new,
    }
    if document["id"] == actor.user_id:
        held = {right for rights in actor.rights.values() for right in rights}
        written["permissions"] = sorted(right.replace("_", " ") for right in held)
    return written


def _team(group_id: int) -> Wire:
    return {"id": group_id, "name": reference.user_groups().name_of(group_id)}


def read(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a new user; the address is the name to sign in with."""
    body = Body(sent, creating=True)
    body.require("name", "email", "password")
    name, email = body.text("name"), body.email("email")
    password = body.text("password")
    if password != sent.get("password_confirmation"):
        body.reject("password", "The {label} field confirmation does not match.")
    body.finish()
    first, _, last = (name or "").partition(" ")
    values: Values = {"username": email, "email": email, "first_name": first, "last_name": last}
    if sent.get("timezone"):
        values["time_zone"] = body.text("timezone")
    return {**values, "password": password}


def create(actor: Actor, values: Values) -> Mapping[str, Any]:
    """Create a user with its password."""
    rest = {key: value for key, value in values.items() if key != "password"}
    return create_user(actor, rest, password=str(values["password"]))


USERS = Resource(
    name="users",
    model="User",
    kind="user",
    rules=RULES,
    order="name",
    write=write,
    read=read,
    create=create,
    administered=True,
)
