"""Users: read by everybody, made by administrators."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.mapping import rules
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
from contacts.services.users import create_user

RULES = {
    rule.name: rule
    for rule in (
        rules.number("id", "id", "user"),
        rules.text("name", "first_name", "user"),
        rules.text("last_name", "last_name", "user"),
        rules.only_order("created_at", "created_at", "user"),
    )
}


def write(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return users; address and settings only where the caller may know them."""
    return [_user(actor, document, shown) for document in documents]


def _user(actor: Actor, document: Document, shown: Shown) -> Wire:
    name = document["name"]
    written: Wire = {
        "id": document["id"],
        "name": name,
        "display_name": name,
        "email": document.get("email"),
        "timezone": document.get("time_zone"),
        "locale": document.get("language"),
        "super_admin": document.get("is_administrator", False),
        "access_api": document.get("may_use_api"),
        "avatar": None,
        "avatar_url": None,
        "uploaded_avatar_url": None,
        "date_format": None,
        "time_format": None,
        "default_landing_page": None,
        "mail_signature": None,
        "notifications": {},
        "teams": [],
        "guest_email": document.get("email"),
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
)
