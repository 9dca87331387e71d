"""Users: read by everybody, kept by administrators."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings

from api.concord.errors import RejectedError
from api.concord.mapping import choices, rules
from api.concord.mapping.bodies import Body, ids_of
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
from contacts.services.passwords import change_password
from contacts.services.users import create_user, delete_user, update_user

_SELECTED = "The selected {label} is invalid."
# Letters of PHP's formats of days and of times.
_DATES = re.compile(r"[dDjlFmMnyYS .,/-]{3,}")
_TIMES = re.compile(r"[gGhHisaA .:]{3,}")
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
        "roles": [],
        "teams": [_team(pk) for pk in document.get("user_groups") or ()],
        "guest_email": email,
        "guest_display_name": name,
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at", document.get("created_at")),
        "authorizations": authorizations(actor, {}),
        "was_recently_created": shown.is_new,
        **({"actions": []} if shown.is_whole else {}),
    }
    if document["id"] == actor.user_id:
        held = {right for rights in actor.rights.values() for right in rights}
        written["permissions"] = sorted(right.replace("_", " ") for right in held)
    return written


def _team(group_id: int) -> Wire:
    return {"id": group_id, "name": reference.user_groups().name_of(group_id)}


def read(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a user; the address is the name to sign in with."""
    body = Body(sent, creating=before is None)
    body.require("name", "email", *(("password",) if before is None else ()))
    name, email = body.text("name"), body.email("email")
    own = None if before is None else before["id"]
    if email is not None and any(pk != own for pk in choices.users_at(email)):
        body.reject("email", "The {label} has already been taken.")
    values: Values = {}
    if name is not None:
        values["first_name"], _blank, values["last_name"] = name.partition(" ")
    if email is not None:
        values |= {"username": email, "email": email}
    values |= _settings(body)
    password = body.text("password")
    if password is not None:
        if password != sent.get("password_confirmation"):
            body.reject("password", "The password field confirmation does not match.")
        values["password"] = password
    body.finish()
    return values


def _settings(body: Body) -> Values:
    """Return what a user has set; how dates are written is the same for everybody here."""
    sent, values = body.sent, dict[str, object]()
    for key, allowed in (("date_format", _DATES), ("time_format", _TIMES)):
        if sent.get(key) is not None and not allowed.fullmatch(str(sent[key])):
            body.reject(key, _SELECTED)
    for key, name, known in (
        ("locale", "language", dict(settings.LANGUAGES)),
        ("timezone", "time_zone", available_timezones()),
    ):
        if sent.get(key) is not None:
            values[name] = sent[key]
            if not isinstance(sent[key], str) or sent[key] not in known:
                body.reject(key, _SELECTED)
    for key, name in (("super_admin", "is_administrator"), ("access_api", "may_use_api")):
        truth = body.truth(key)
        if truth is not None:
            values[name] = truth
    return values


def create(actor: Actor, values: Values) -> Mapping[str, Any]:
    """Create a user with its password."""
    return create_user(actor, _without_password(values), password=str(values["password"]))


def update(actor: Actor, user_id: int, values: Values) -> None:
    """Change a user; one's own password is changed in the browser, where the old one is asked."""
    rest = _without_password(values)
    if rest:
        update_user(actor, user_id, rest)
    if "password" in values:
        if user_id == actor.user_id:
            raise RejectedError({"password": ["Your own password cannot be changed this way."]})
        change_password(actor, user_id, str(values["password"]))


def _without_password(values: Values) -> Values:
    return {key: value for key, value in values.items() if key != "password"}


def remove(actor: Actor, user_id: int, sent: Sent) -> None:
    """Delete a user; what it owns goes to the one who is named, else to whoever asks."""
    named = ids_of(sent.get("transfer_data_to") or [])
    delete_user(actor, user_id, move_to=named[0] if named else actor.user_id)


USERS = Resource(
    name="users",
    model="User",
    kind="user",
    rules=RULES,
    order="name",
    write=write,
    read=read,
    create=create,
    update=update,
    remove=remove,
    administered=True,
)
