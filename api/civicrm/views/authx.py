"""Open a session, say who is signed in, end the session: ``/civicrm/authx/…``."""

from typing import Any

from django.contrib.auth import get_user, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.civicrm import auth
from api.civicrm.contact_ids import own_contact_id
from api.civicrm.origins import is_foreign
from api.civicrm.sessions import credential_of, open_session, opened_by
from api.civicrm.views.base import CiviViewSet
from contacts.access import Actor, actor_of
from contacts.errors import AuthenticationError

_NOBODY = {"contact_id": None, "user_id": None, "flow": None, "cred": None}


class AuthxSet(CiviViewSet):
    """The base of the three: answers are JSON, and nobody is asked for a session."""

    dialect_format: "staticmethod[[DialectRequest, str | None], str | None]" = staticmethod(
        lambda request, suffix: "json"
    )
    keeps_answers = False


class LoginSet(AuthxSet):
    """Open a session for a credential."""

    dialect_auth = staticmethod(lambda request: None)

    def write(self, request: DialectRequest) -> Response:
        """Sign in with ``_authx``, or with a header."""
        given = request.params.get("_authx") or request.headers.get("X-Civi-Auth")
        if not given:
            raise AuthenticationError("unknown")
        # Else a page of another site could sign its visitors in as somebody else.
        if is_foreign(request):
            raise auth.suspected(request)
        actor = auth.actor_of_header(auth.text_of(given), request)
        open_session(request, actor, "login")
        return Response(described(actor, "login"))


class IdSet(AuthxSet):
    """Say who is signed in."""

    dialect_auth = staticmethod(lambda request: auth.identified(request))

    def read(self, request: DialectRequest) -> Response:
        """Return the caller, or nobody."""
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None:
            return Response(described(actor, auth.flow_of(request)))
        user = get_user(request._request)
        if not user.is_authenticated:
            return Response(_NOBODY)
        return Response({**described(actor_of(user), ""), **opened_by(request)})

    def write(self, request: DialectRequest) -> Response:
        """Return the same."""
        return self.read(request)


class LogoutSet(AuthxSet):
    """End the session."""

    dialect_auth = staticmethod(lambda request: None)

    def write(self, request: DialectRequest) -> Response:
        """Sign out."""
        logout(request._request)
        return Response([])

    def read(self, request: DialectRequest) -> Response:
        """Sign out: the original takes both methods."""
        return self.write(request)


def described(actor: Actor, flow: str) -> dict[str, Any]:
    """Return what is told of somebody who is signed in."""
    return {
        "contact_id": own_contact_id(actor),
        "user_id": actor.user_id,
        "flow": flow,
        "cred": credential_of(actor),
    }


class PageSet(AuthxSet):
    """Open a session on the way to any page of the site: ``?_authx=Bearer KEY&_authxSes=1``."""

    dialect_auth = staticmethod(auth.session_wanted)

    def read(self, request: DialectRequest) -> HttpResponse:
        """Go on to the page, leaving the credential behind."""
        asked = request._request.GET.copy()
        for name in ("_authx", "_authxSes", "_authxSiteKey"):
            asked.pop(name, None)
        query = f"?{asked.urlencode()}" if asked else ""
        return HttpResponseRedirect(escape_leading_slashes(f"{request._request.path}{query}"))


at_any_page = PageSet.as_view({"get": "read"})
