"""Sign-in by user name and password for programs that send both with every request.

A password hash costs a fifth of a second of processor time by design, so a pair that was right is
remembered for a few minutes under a keyed hash. The key contains the stored hash: changing the
password, here or in another process, ends it at once.
"""

import hashlib
import hmac
import time
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet

from contacts.access.actor import Actor
from contacts.access.credentials import require_program_use, take_stamps, with_stamps
from contacts.access.memberships import actor_of
from contacts.access.prepared import PreparedRow
from contacts.errors import AuthenticationError
from contacts.fields.text import storable
from contacts.models import User

REMEMBER_SECONDS = 300
REMEMBER_AT_MOST = 2_000

_verified: dict[str, float] = {}


def find_user(username: str) -> User | None:
    """Return the user with this name, with the versions of the small tables; one statement."""
    if storable(username) != username:
        return None
    user = _BY_NAME.find([username])
    if user is not None:
        take_stamps(user)
    return user


def _by_name(texts: Sequence[str]) -> QuerySet[User]:
    return with_stamps(User.objects.all()).filter(username=texts[0])


_BY_NAME = PreparedRow(User, _by_name)


def user_name_of(login: str) -> str:
    """Return the user name of what somebody signs in with: a user name, or an e-mail address.

    An address of several users is nobody's; what nobody is called comes back as it is.
    """
    if storable(login) != login or User.objects.filter(username=login).exists():
        return login
    found = User.objects.filter(email__iexact=login, is_active=True).values_list("username")[:2]
    return str(found[0][0]) if len(found) == 1 else login


def actor_of_password(username: str, password: str, *, dialect: str, request_id: str = "") -> Actor:
    """Return the actor of a user name and password.

    Raises AuthenticationError, and ForbiddenError where the pair is right but no API may be used.
    """
    user = find_user(username)
    if user is None or storable(password) != password:
        # As slow as a wrong password, so that answers do not tell which names exist.
        make_password(storable(password))
        raise AuthenticationError("unknown")
    if not _is_right(user, password):
        raise AuthenticationError("unknown")
    if not user.is_active:
        raise AuthenticationError("inactive")
    require_program_use(user)
    return actor_of(user, dialect=dialect, request_id=request_id)


def _is_right(user: User, password: str) -> bool:
    now = time.monotonic()
    key = hmac.new(
        settings.SECRET_KEY.encode(),
        f"{user.pk}\0{user.password}\0{password}".encode(),
        hashlib.sha256,
    ).hexdigest()
    if _verified.get(key, 0.0) > now:
        return True
    if not check_password(password, user.password):
        return False
    if len(_verified) >= REMEMBER_AT_MOST:
        _verified.clear()
    _verified[key] = now + REMEMBER_SECONDS
    return True
