"""Create, change, lock and delete users.

Every user has a contact of its own: a private person in the default project, whose name and e-mail
follow the user's.
"""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from contacts.access import Actor
from contacts.access.visibility import visible_users
from contacts.errors import ConflictError, Fault, ForbiddenError
from contacts.fields import reference
from contacts.models import User
from contacts.services.own_contacts import drop_own_contact, give_own_contact, rename_own_contact
from contacts.services.passwords import password_faults
from contacts.services.records import Document, locked, written
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.user_belongings import hand_over, has_left_traces
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

# What people may change about themselves.
OWN = frozenset({"first_name", "last_name", "email", "language", "time_zone"})


def create_user(
    actor: Actor,
    values: Values,
    *,
    password: str | None = None,
    checks_strength: bool = True,
) -> Document:
    """Create a user with a contact of its own; without a password nobody can sign in as it yet.

    Without `checks_strength` the password only has to be long enough. Raises ForbiddenError,
    InvalidError with the faults of the password among the others.
    """
    actor.require_administrator()
    with transaction.atomic():
        user = User()
        cleaned, faults = check_values(actor, "user", values, creating=True)
        faults += _faults(user, cleaned)
        if password is not None:
            named = {key: str(cleaned.get(key) or "") for key in ("username", "email")}
            faults += password_faults(password, User(**named), checks_strength=checks_strength)
        require_no_faults(faults)
        user.set_password(password)
        user.is_staff = bool(cleaned.get("is_administrator"))
        store_new(actor, user, "user", cleaned)
        reference.bump("people")
        give_own_contact(actor, user)
        return written(actor, user, "user")


def update_user(actor: Actor, user_id: int, values: Values) -> Document:
    """Change a user; others than administrators change their own name, e-mail and language only.

    Raises NotFoundError, ForbiddenError, InvalidError, ConflictError ("last_administrator").
    """
    with transaction.atomic():
        user = _locked(actor, user_id)
        if not actor.is_administrator and values.keys() - OWN:
            raise ForbiddenError("administrator", "user")
        had = {key: getattr(user, key) for key in ("first_name", "last_name", "email")}
        # Some fields are not read of others, and so are none to them; of oneself one has them.
        cleaned, faults = check_values(
            replace(actor, is_administrator=True), "user", values, creating=False
        )
        require_no_faults(faults + _faults(user, cleaned))
        if not cleaned.get("is_active", True) or not cleaned.get("is_administrator", True):
            _require_another_administrator(user)
        if "is_administrator" in cleaned:
            user.is_staff = bool(cleaned["is_administrator"])
        document = store_change(actor, user, "user", cleaned)
        reference.bump("people")
        rename_own_contact(actor, user, had)
        return document


def lock_user(actor: Actor, user_id: int) -> Document:
    """Keep a user out, with all of its credentials; nothing is lost.

    Raises NotFoundError, ForbiddenError, ConflictError ("last_administrator").
    """
    return update_user(actor, user_id, {"is_active": False})


def unlock_user(actor: Actor, user_id: int) -> Document:
    """Let a locked user in again; raises NotFoundError, ForbiddenError."""
    return update_user(actor, user_id, {"is_active": True})


def delete_user(actor: Actor, user_id: int, *, move_to: int | None = None) -> None:
    """Delete a user for good; what it owns goes to the user `move_to`, its contact to the trash.

    Records and history that the user wrote stay, without a name. That is why a user who has left
    traces is refused with ConflictError ("in_use") unless `move_to` is given: to lock it is the
    usual way. Raises NotFoundError, ForbiddenError, ConflictError ("last_administrator", "self").
    """
    with transaction.atomic():
        actor.require_administrator()
        user = _locked(actor, user_id)
        if user.pk == actor.user_id:
            raise ConflictError("self")
        _require_another_administrator(user)
        target = None
        if move_to is not None and move_to != user.pk:
            target = locked(visible_users(actor), "user", move_to)
        if target is None and has_left_traces(user):
            raise ConflictError("in_use")
        drop_own_contact(actor, user)
        hand_over(actor, user, target, lambda: delete_setup(actor, user, "user"))
        reference.bump("people")


def _locked(actor: Actor, user_id: int) -> User:
    """Return a user that the actor may change: itself, or any as an administrator."""
    user = locked(visible_users(actor), "user", user_id)
    actor.require_write()
    if not actor.is_administrator and user.pk != actor.user_id:
        raise ForbiddenError("administrator", "user")
    return user


def _require_another_administrator(user: User) -> None:
    if not (user.is_superuser and user.is_active):
        return
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise ConflictError("last_administrator")


def _faults(user: User, cleaned: Values) -> list[Fault]:
    faults = taken_faults(user, "username", cleaned)
    language, zone = cleaned.get("language"), cleaned.get("time_zone")
    if language and language not in dict(settings.LANGUAGES):
        choices = list(dict(settings.LANGUAGES))
        faults.append(Fault("language", "not_in_list", {"value": language, "choices": choices}))
    if zone and zone not in available_timezones():
        faults.append(Fault("time_zone", "unknown", {"value": zone}))
    return faults
