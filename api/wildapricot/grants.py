"""Give tokens to programs: the grants of OAuth as this protocol speaks them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from api.base.requests import DialectRequest
from api.wildapricot import auth
from api.wildapricot.errors import ClientRefusedError, TokenRefusedError
from contacts.access import (
    TokenTerms,
    actor_of_password,
    end_token,
    find_credential,
    find_token,
    issue_token,
    require_usable,
    user_name_of,
)
from contacts.access.credentials import require_program_use
from contacts.access.guessing import guarded_sign_in
from contacts.errors import AuthenticationError, ForbiddenError

if TYPE_CHECKING:
    from contacts.models import Credential

Wire = dict[str, object]

VIEWED = (
    "contacts",
    "membership_levels",
    "events",
    "event_registrations",
    "finances",
    "account",
)
# What a program may ask for, in the order of the answer.
SCOPES = (
    *(f"{name}_{way}" for name in VIEWED[:-1] for way in ("view", "edit")),
    "contacts_me",
    "account_view",
)
REFRESH_SECONDS = 90 * 24 * 3600
CODE_SECONDS = 300
NOT_REQUESTED = "not_requested"


@dataclass(frozen=True)
class Granted:
    """Who gets a token, for which purposes, and the refresh token that comes with it."""

    user_id: int
    scopes: tuple[str, ...]
    refresh_token: str = NOT_REQUESTED


def answer(request: DialectRequest, fields: Mapping[str, str]) -> Wire:
    """Return the answer of the token service; raises TokenRefusedError, ThrottledError."""
    application = find_application(request)
    grant = fields.get("grant_type", "").strip().casefold()
    if not grant:
        raise TokenRefusedError("invalid_request", "The parameter grant_type is missing.")
    give = _GRANTS.get(grant)
    if give is None:
        raise TokenRefusedError("unsupported_grant_type", "The grant type is not supported.")
    granted = give(request, application, fields)
    terms = TokenTerms(
        auth.TOKEN,
        settings.WILDAPRICOT_TOKEN_SECONDS,
        is_read_only="contacts_edit" not in granted.scopes,
        traits={"scopes": list(granted.scopes)},
    )
    token = issue_token(application, granted.user_id, terms, dialect=auth.DIALECT_NAME)
    # Macros cut the token out of the text between fixed words: the order counts, nothing is added.
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": settings.WILDAPRICOT_TOKEN_SECONDS,
        "refresh_token": granted.refresh_token,
        "Permissions": [
            {
                "AccountId": settings.WILDAPRICOT_ACCOUNT_ID,
                "SecurityProfileId": application.pk,
                "AvailableScopes": list(granted.scopes),
            }
        ],
    }


def find_application(request: DialectRequest) -> "Credential":
    """Return the application whose key or secret the request shows; raises ClientRefusedError."""
    pair = auth.basic_pair(request.headers.get("Authorization", ""))
    if pair is None:
        raise ClientRefusedError
    user, secret = pair
    credential = find_credential(secret, [auth.KEY])
    if credential is None or not auth.names_application(user, credential):
        raise ClientRefusedError
    try:
        require_usable(credential)
        if credential.user is not None:
            require_program_use(credential.user)
    except (AuthenticationError, ForbiddenError):
        raise ClientRefusedError from None
    return credential


def scopes_of(text: str, application: "Credential") -> tuple[str, ...]:
    """Return the purposes that a list of names means and the application may have.

    Raises TokenRefusedError when nothing is left.
    """
    may_write = application.scope == "write"
    possible = tuple(name for name in SCOPES if may_write or not name.endswith("_edit"))
    names = text.replace("+", " ").replace(",", " ").split() or ["auto"]
    if "auto" in (name.casefold() for name in names):
        return possible
    asked = {each for name in names for each in _meant(name.casefold())}
    found = tuple(name for name in possible if name in asked)
    if not found:
        raise TokenRefusedError("invalid_scope", "None of the scopes can be granted.")
    return found


def _meant(name: str) -> set[str]:
    return {name, f"{name}_view", f"{name}_edit"}


def _of_owner(
    request: DialectRequest, application: "Credential", fields: Mapping[str, str]
) -> Granted:
    if application.user_id is None:
        raise ClientRefusedError
    scopes = scopes_of(fields.get("scope", ""), application)
    wants_refresh = fields.get("obtain_refresh_token", "").strip().casefold() in ("true", "1")
    user_id = application.user_id
    refresh = _refresh_token(application, user_id, scopes) if wants_refresh else NOT_REQUESTED
    return Granted(user_id, scopes, refresh)


def _of_password(
    request: DialectRequest, application: "Credential", fields: Mapping[str, str]
) -> Granted:
    login, password = fields.get("username", "").strip(), fields.get("password", "")
    if not login or not password:
        raise TokenRefusedError("invalid_request", "The user name or the password is missing.")
    scopes = scopes_of(fields.get("scope", ""), application)
    try:
        with guarded_sign_in(request, login):
            actor = actor_of_password(user_name_of(login), password, dialect=auth.DIALECT_NAME)
    except (AuthenticationError, ForbiddenError):
        words = "The user name or the password is wrong."
        raise TokenRefusedError("invalid_grant", words) from None
    user_id = actor.user_id or 0
    return Granted(user_id, scopes, _refresh_token(application, user_id, scopes))


def _of_refresh(
    request: DialectRequest, application: "Credential", fields: Mapping[str, str]
) -> Granted:
    secret = fields.get("refresh_token", "").strip()
    if not secret:
        raise TokenRefusedError("invalid_request", "The parameter refresh_token is missing.")
    try:
        token = find_token(secret, auth.REFRESH, application)
    except AuthenticationError:
        words = "The refresh token is unknown or has expired."
        raise TokenRefusedError("invalid_grant", words) from None
    kept = " ".join(map(str, token.traits.get("scopes", [])))
    # Never more than the token was given for, and no more than the application may by now.
    scopes = scopes_of(kept, application)
    return Granted(token.user_id or 0, scopes, secret)


def issue_code(
    application: "Credential", user_id: int, scopes: tuple[str, ...], redirect_uri: str
) -> str:
    """Return a code for which the application gets a token of the user, once."""
    traits = {"scopes": list(scopes), "redirect_uri": redirect_uri}
    terms = TokenTerms(auth.CODE, CODE_SECONDS, traits=traits)
    return issue_token(application, user_id, terms, dialect=auth.DIALECT_NAME)


def _of_code(
    request: DialectRequest, application: "Credential", fields: Mapping[str, str]
) -> Granted:
    secret = fields.get("code", "").strip()
    if not secret:
        raise TokenRefusedError("invalid_request", "The parameter code is missing.")
    refused = TokenRefusedError("invalid_grant", "The code is unknown, used or has expired.")
    try:
        code = find_token(secret, auth.CODE, application)
    except AuthenticationError:
        raise refused from None
    # A code that was caught on its way to another address is of no use here.
    if fields.get("redirect_uri", "") != code.traits.get("redirect_uri") or not end_token(code):
        raise refused
    scopes = scopes_of(" ".join(map(str, code.traits.get("scopes", []))), application)
    user_id = code.user_id or 0
    return Granted(user_id, scopes, _refresh_token(application, user_id, scopes))


def _refresh_token(application: "Credential", user_id: int, scopes: tuple[str, ...]) -> str:
    terms = TokenTerms(auth.REFRESH, REFRESH_SECONDS, traits={"scopes": list(scopes)})
    return issue_token(application, user_id, terms, dialect=auth.DIALECT_NAME)


_Grant = Callable[[DialectRequest, "Credential", Mapping[str, str]], Granted]

_GRANTS: dict[str, _Grant] = {
    "client_credentials": _of_owner,
    "password": _of_password,
    "refresh_token": _of_refresh,
    "authorization_code": _of_code,
}
