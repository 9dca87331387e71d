"""Ask a person whether a program may have a token in the person's name.

The first half of OAuth's authorization code: the program sends the person here, the person signs
in and agrees, and is sent back with a code for which the program gets the token (``grants.py``).
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from rest_framework.authentication import CSRFCheck

from api.base.parsers import OrderedFormParser
from api.base.requests import DialectRequest
from api.wildapricot import auth, grants
from api.wildapricot.errors import TokenRefusedError
from api.wildapricot.views.base import WildApricotViewSet
from contacts.errors import ForbiddenError

if TYPE_CHECKING:
    from contacts.models import Credential

SITE = re.compile(r"(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
RESPONSE_TYPES = frozenset({"authorization_code", "code"})


@dataclass(frozen=True)
class Wish:
    """What a program asks a person for."""

    application: "Credential"
    scopes: tuple[str, ...]
    redirect_uri: str
    state: str

    @classmethod
    def of(cls, request: DialectRequest) -> "Wish":
        """Return the wish in a query string; raises TokenRefusedError."""
        asked = request.query
        application = auth.find_application_by_id(str(asked.get("client_id", "")))
        redirect_uri = str(asked.get("redirect_uri", ""))
        if application is None or not _is_address(redirect_uri):
            raise TokenRefusedError("invalid_request", "The client id or the address is unknown.")
        # The vendor's sample for Rails sends no type.
        if str(asked.get("response_type") or "code") not in RESPONSE_TYPES:
            raise TokenRefusedError("unsupported_response_type", "The response type is unknown.")
        scopes = grants.scopes_of(str(asked.get("scope", "")), application)
        return cls(application, scopes, redirect_uri, str(asked.get("state", "")))

    def back(self, **fields: str) -> str:
        """Return the program's address with an answer for it."""
        parts = urlsplit(self.redirect_uri)
        state = {"state": self.state} if self.state else {}
        query = [*parse_qsl(parts.query, keep_blank_values=True), *{**fields, **state}.items()]
        return urlunsplit(parts._replace(query=urlencode(query)))


class AuthoriseSet(WildApricotViewSet):
    """The page on which a person agrees."""

    is_public = True
    keeps_answers = False
    parser_classes = (OrderedFormParser,)
    dialect_auth = staticmethod(lambda request: None)

    def show(self, request: DialectRequest) -> HttpResponseBase:
        """Show who asks for what; whoever is not signed in does that first."""
        wish = Wish.of(request)
        person = request._request.user
        if not person.is_authenticated:
            query = urlencode({"next": request._request.get_full_path()})
            return HttpResponseRedirect(f"/admin/login/?{query}")
        site = urlsplit(wish.redirect_uri)
        context = {
            "program": wish.application.name,
            "site": site.netloc,
            "may_write": "contacts_edit" in wish.scopes,
        }
        # The form leads on to the program, which the policy would forbid.
        allow = csp_update({"form-action": [f"{site.scheme}://{site.netloc}"]})
        shown = allow(lambda asked: render(asked, "pages/authorise.html", context))
        return shown(request._request)

    def decide(self, request: DialectRequest) -> HttpResponseBase:
        """Send the person back, with a code for the program if the person agrees."""
        _require_own_form(request)
        wish = Wish.of(request)
        person = request._request.user
        if not person.is_authenticated:
            raise ForbiddenError("sign_in")
        if request.params.get("decision") != "allow":
            return HttpResponseRedirect(wish.back(error="access_denied"))
        code = grants.issue_code(wish.application, person.pk, wish.scopes, wish.redirect_uri)
        return HttpResponseRedirect(wish.back(code=code))


def _is_address(text: str) -> bool:
    """Tell whether a text is a whole address to which a person may be sent."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    # The site stands in the policy of the page: a blank or a semicolon would end its directive.
    is_web = parts.scheme in ("http", "https") and SITE.fullmatch(parts.netloc) is not None
    return is_web and not parts.fragment and text.isprintable()


def _answered(_request: HttpRequest) -> HttpResponse:
    """Stand for what the check would wrap."""
    return HttpResponse()


def _require_own_form(request: DialectRequest) -> None:
    """Raise ForbiddenError unless the form was sent from our own page."""
    check = CSRFCheck(_answered)
    check.process_request(request._request)
    if check.process_view(request._request, _answered, (), {}) is not None:
        raise ForbiddenError("form")
