"""Open the session of a browser for a credential, and remember how it was opened."""

from typing import TYPE_CHECKING

from django.contrib.auth import login

from api.base.requests import DialectRequest
from contacts.access import Actor, find_user, tie_session
from contacts.errors import AuthenticationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_KEPT = "authx"
# Whoever signed in by the page of the browser UI did so with a password.
_BY_PAGE = {"flow": "login", "cred": "pass"}


def open_session(request: DialectRequest, actor: Actor, flow: str) -> None:
    """Sign somebody in; ``flow`` is the original's word for the way. Raises AuthenticationError.

    A key that only reads or is bound to a project opens none: a session may do all that its user
    may. It ends with the key.
    """
    user = find_user(actor.username)
    if user is None or actor.is_narrowed:
        raise AuthenticationError("unknown")
    login(request._request, user, backend=_BACKEND)
    request._request.session[_KEPT] = {"flow": flow, "cred": credential_of(actor)}
    tie_session(request._request.session, actor)


def opened_by(request: DialectRequest) -> "Mapping[str, str]":
    """Return flow and kind of credential with which the session of a request was opened."""
    kept: Mapping[str, str] = request._request.session.get(_KEPT) or _BY_PAGE
    return kept


def credential_of(actor: Actor) -> str:
    """Return the original's word for what an actor has shown."""
    return "api_key" if actor.credential_id is not None else "pass"
