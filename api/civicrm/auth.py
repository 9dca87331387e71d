"""Find out who asks: by the keys of REST, a header, a parameter, or the session of the browser.

REST wants two keys, that of the site and that of a user, and says which of them failed. The AJAX
addresses know the ways of ``authx`` (specification, section 4.1).
"""

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import CSRFCheck

from api.base.dialect import Credentials
from api.base.requests import DialectRequest
from api.civicrm.errors import CiviApiError, DoorError
from api.civicrm.grammar.options import is_yes
from api.civicrm.origins import is_foreign
from api.civicrm.sessions import open_session
from contacts.access import (
    Actor,
    CredentialOptions,
    actor_of,
    actor_of_credential,
    actor_of_password,
    ensure_credential,
    find_credential,
)
from contacts.access.credentials import require_program_use
from contacts.access.guessing import guarded_sign_in
from contacts.errors import AuthenticationError, ForbiddenError

if TYPE_CHECKING:
    from contacts.models import Project, User

DIALECT_NAME = "civicrm"
API_KEY = "civicrm_api_key"
SITE_KEY = "civicrm_site_key"

PING = "civicrm/ping"
# Why a change that comes by GET is refused.
DESTRUCTIVE = "Destructive HTTP GET"


def issue_credentials(user: "User", project: "Project") -> Credentials:
    """Return the key of the site and the user's own, made where they are missing."""
    _site, site_key = ensure_credential(SITE_KEY, None, CredentialOptions(name="Site key"))
    _own, api_key = ensure_credential(API_KEY, user, CredentialOptions(name="API key"))
    return {"site_key": site_key, "api_key": api_key}


def rest_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of a REST request; None for a ping, which needs no key.

    Raises DoorError in the order and words of the original (specification, section 3.3).
    """
    asked = path_of(request.params)
    if asked == PING:
        return None
    if asked and not is_rest_path(asked):
        raise DoorError("ERROR: Malformed REST path")
    site = find_credential(text_of(request.params.get("key")), [SITE_KEY])
    if site is None or site.revoked_at is not None:
        raise DoorError("Failed to authenticate key")
    if not request.params.get("api_key"):
        raise DoorError("FATAL: mandatory param 'api_key' (user key) missing")
    try:
        return _of_key(text_of(request.params["api_key"]), request)
    except (AuthenticationError, ForbiddenError):
        raise DoorError("ERROR: No CMS user associated with given api-key") from None


def path_of(params: Mapping[str, Any]) -> str:
    """Return the old way to name a call: ``q=civicrm/contact/get``."""
    return text_of(params.get("q") or params.get("fnName")).strip("/")


def is_rest_path(path: str) -> bool:
    """Say whether the old way names an entity and an action."""
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == "civicrm" and all(parts)


def text_of(value: object) -> str:
    """Return a parameter that has to be text; anything else is none."""
    return value if isinstance(value, str) else ""


def ajax_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of a request to an AJAX address; the first way that is there decides.

    Raises AuthenticationError for a credential that does not work, DoorError where a page of
    another site may have sent the request.
    """
    if request.method == "OPTIONS":
        return None
    given = _explicit(request)
    if given is not None:
        _require_same_person(request, given)
        _open_where_asked(request, given)
        return given
    return session_actor(request)


def session_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of the browser's session, or None without one; raises DoorError."""
    user = get_user(request._request)
    if not user.is_authenticated:
        return None
    if is_foreign(request) or not (is_ajax(request) or _has_token(request)):
        raise suspected(request)
    require_program_use(user)
    return actor_of(user, dialect=DIALECT_NAME, request_id=request.request_id)


def is_ajax(request: DialectRequest) -> bool:
    """Say whether a script of a page sent the request: forms and images cannot set the header."""
    return request.headers.get("X-Requested-With", "").lower() == "xmlhttprequest"


def suspected(request: DialectRequest) -> CiviApiError:
    """Return the error for a request that may be forged (specification, section 4.2)."""
    return security_error(
        request,
        "CSRF suspected",
        "SECURITY ALERT: Ajax requests can only be issued by javascript clients, eg. CRM.api3().",
    )


def security_error(request: DialectRequest, reason: str, message: str) -> CiviApiError:
    """Return an error that tells what the server saw of the sender."""
    return CiviApiError(
        message,
        IP=str(request.META.get("REMOTE_ADDR", "")),
        level="security",
        referer=request.headers.get("Referer"),
        reason=reason,
    )


def actor_of_header(value: str, request: DialectRequest) -> Actor:
    """Return the actor of ``Bearer KEY`` or ``Basic PAIR``; raises AuthenticationError."""
    scheme, _, secret = value.strip().partition(" ")
    if scheme.lower() == "bearer":
        return _of_key(secret.strip(), request)
    if scheme.lower() != "basic":
        raise AuthenticationError("unknown")
    username, password = _pair(secret.strip())
    with guarded_sign_in(request, username):
        return actor_of_password(
            username, password, dialect=DIALECT_NAME, request_id=request.request_id
        )


def identified(request: DialectRequest) -> Actor | None:
    """Return the actor of a credential in the request, whoever's session is open; None without."""
    given = _explicit(request)
    if given is not None:
        _open_where_asked(request, given)
    return given


def session_wanted(request: DialectRequest) -> Actor:
    """Return for whom a page is asked to open a session; raises AuthenticationError, DoorError."""
    given = _checked(text_of(request.params.get("_authx")), request)
    _require_same_person(request, given)
    _open_where_asked(request, given)
    return given


def _open_where_asked(request: DialectRequest, actor: Actor) -> None:
    """Open a session for the credential of the address, where that is asked for."""
    if flow_of(request) != "auto":
        return
    # Else a page of another site could sign its visitors in as somebody else.
    if is_foreign(request):
        raise suspected(request)
    open_session(request, actor, "auto")


def flow_of(request: DialectRequest) -> str:
    """Return the original's word for the way in which a credential came."""
    if request.headers.get("X-Civi-Auth"):
        return "xheader"
    if request.headers.get("Authorization"):
        return "header"
    if not request.params.get("_authx"):
        return "legacyrest"
    return "auto" if is_yes(request.params.get("_authxSes")) else "param"


def _explicit(request: DialectRequest) -> Actor | None:
    """Return the actor of a credential that came with the request, or None without any."""
    if request.headers.get("X-Civi-Auth"):
        return _checked(request.headers["X-Civi-Auth"], request)
    if request.headers.get("Authorization"):
        if not is_ajax(request):
            raise suspected(request)
        return _checked(request.headers["Authorization"], request)
    params = request.params
    if params.get("_authx"):
        return _checked(text_of(params["_authx"]), request)
    if params.get("api_key"):
        try:
            return _of_key(text_of(params["api_key"]), request)
        except (AuthenticationError, ForbiddenError):
            raise DoorError("FATAL: Invalid credential") from None
    return None


def _checked(value: str, request: DialectRequest) -> Actor:
    try:
        return actor_of_header(value, request)
    except ForbiddenError:
        # The pair or key is right, but its owner may not use the API.
        raise AuthenticationError("inactive") from None


def _of_key(key: str, request: DialectRequest) -> Actor:
    credential = find_credential(key, [API_KEY])
    if credential is None:
        raise AuthenticationError("unknown")
    return actor_of_credential(credential, dialect=DIALECT_NAME, request_id=request.request_id)


def _pair(encoded: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise AuthenticationError("unknown") from None
    username, _, password = text.partition(":")
    return username, password


def _require_same_person(request: DialectRequest, actor: Actor) -> None:
    """Raise AuthenticationError where the session in the same request is somebody else's."""
    if "sessionid" not in request.COOKIES:
        return
    user = get_user(request._request)
    if user.is_authenticated and user.pk != actor.user_id:
        raise AuthenticationError("unknown")


def _nothing(_request: HttpRequest) -> HttpResponse:
    """Stand for the view, which the check of a token never calls."""
    return HttpResponse()


def _has_token(request: DialectRequest) -> bool:
    """Say whether the request carries the token of a form of ours; no other method is checked."""
    if request.method != "POST":
        return False
    check = CSRFCheck(lambda _request: None)  # type: ignore[arg-type]  # what would answer is never asked
    check.process_request(request._request)
    return not check.process_view(request._request, _nothing, (), {})
