"""Check and set the passwords of users."""

from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from contacts import history
from contacts.access import Actor
from contacts.access.guessing import note_wrong_guess, require_few_guesses
from contacts.access.visibility import visible_users
from contacts.errors import Fault, ForbiddenError
from contacts.models import User
from contacts.services.records import locked
from contacts.services.values import require_no_faults

LENGTH = 1_000

# Django's codes, and ours; whatever is not among them is "invalid".
_CODES = {"password_too_short": "too_short"}


def password_faults(password: str, user: User, *, checks_strength: bool = True) -> list[Fault]:
    """Return what is wrong with a password for a user; each fault says why in its `reason`.

    Without `checks_strength` any password of the least length will do.
    """
    if not password:
        return [Fault("password", "blank")]
    if len(password) > LENGTH:
        return [Fault("password", "too_long", {"limit": LENGTH})]
    try:
        validate_password(password, user, None if checks_strength else [MinimumLengthValidator()])
    except ValidationError as refused:
        return [_fault(error) for error in refused.error_list]
    return []


def _fault(error: ValidationError) -> Fault:
    params: dict[str, object] = {"reason": error.code, **(error.params or {})}
    if "min_length" in params:
        params["limit"] = params.pop("min_length")
    return Fault("password", _CODES.get(str(error.code), "invalid"), params)


def change_password(
    actor: Actor,
    user_id: int,
    password: str,
    *,
    current: str | None = None,
    checks_strength: bool = True,
) -> None:
    """Set a password: one's own by naming the current one, anybody's as an administrator.

    `checks_strength` is for somebody else's only: one's own always has to be a good one.
    Raises NotFoundError, ForbiddenError, InvalidError, ThrottledError for who guesses the current
    one. The history says that it was changed, and nothing about what it was.
    """
    with transaction.atomic():
        user = locked(visible_users(actor), "user", user_id)
        actor.require_write()
        is_own = user.pk == actor.user_id
        if not is_own and not actor.is_administrator:
            raise ForbiddenError("administrator", "user")
        faults = password_faults(password, user, checks_strength=checks_strength or is_own)
        if is_own and not _is_current(user, current or ""):
            faults.insert(0, Fault("current", "invalid"))
        require_no_faults(faults)
        user.set_password(password)
        if is_own:
            user.must_change_password = False
        user.save()
        history.record(actor, "user", user.pk, "password changed")


def _is_current(user: User, password: str) -> bool:
    """Tell whether this is a person's password; raises ThrottledError for who guesses it."""
    require_few_guesses(user.pk)
    is_right = user.check_password(password)
    if not is_right:
        note_wrong_guess(user.pk)
    return is_right
