"""What all views of this dialect share: actor, purposes of tokens, account, words."""

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from api.base.errors import UnknownAddressError
from api.base.parsers import JsonParser
from api.base.renderers import OrjsonRenderer
from api.base.requests import DialectRequest
from api.base.views import DialectView, DialectViewSet
from api.wildapricot import DIALECT, auth, envelope
from api.wildapricot.errors import ERRORS
from api.wildapricot.mapping.contacts import Place
from api.wildapricot.xml import AnswerXmlRenderer, format_of
from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError

# Called for single answers, so there is nothing that it would wrap.
_COMPRESSION = GZipMiddleware(lambda request: HttpResponse())
READING = frozenset({"GET", "HEAD"})
MOST_DIGITS = 18


def flat(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return parameters by their names in small letters; of one given twice the last counts."""
    return {name.strip().casefold(): value for name, value in fields}


class AnyJsonParser(JsonParser):
    """Read JSON whatever the Content-Type says: clients send forms' types with it, or none."""

    media_type = "*/*"
    signs: tuple[bytes, ...] = (b"",)


class WildApricotView(DialectView):
    """The base of all views of the dialect."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(envelope.refused)
    form_grammar = staticmethod(flat)
    parser_classes: tuple[type[BaseParser], ...] = (AnyJsonParser,)
    renderer_classes = (OrjsonRenderer, AnswerXmlRenderer)
    dialect_format = staticmethod(format_of)

    # What one record is called in XML.
    xml_item = ""

    # The version that answers speak where the address leaves it open.
    usual_version = "v2.2"

    # What a token must have been given for, to read and to change.
    reading_scope = ""
    writing_scope = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out whether the token is for this, and whether the account is ours."""
        super().initial(request, *args, **kwargs)
        if not hasattr(request, "actor"):
            return
        actor = request.actor
        scope = self.needed_scope(actor)
        if scope:
            auth.require_scope(actor, scope)
        if request.method not in READING:
            actor.require_write()
        if "account_id" in kwargs:
            require_account(str(kwargs["account_id"]))

    def needed_scope(self, actor: Actor) -> str:
        """Return what the token must have been given for, "" for any."""
        return self.reading_scope if self.request.method in READING else self.writing_scope

    def finished(self, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer for clients that ask for that."""
        ready = cast(HttpResponse, super().finished(response))
        return _COMPRESSION.process_response(self.request._request, ready)

    @property
    def version(self) -> str:
        """Return the version in the address of the request."""
        return str(self.kwargs.get("version", self.usual_version)).lower()

    @property
    def version_url(self) -> str:
        """Return the address of the version, on the host that the client used."""
        return f"{origin_of(self.request)}/{self.version}"

    @property
    def account_url(self) -> str:
        """Return the address of the account; no slash at the end, as clients append theirs."""
        return f"{self.version_url}/accounts/{settings.WILDAPRICOT_ACCOUNT_ID}"

    def call_url(self, name: str, contact_id: object) -> str:
        """Return the address of a remote call about a contact."""
        account = f"{self.version_url}/rpc/{settings.WILDAPRICOT_ACCOUNT_ID}"
        return f"{account}/{name}?contactId={contact_id}"

    @property
    def place(self) -> Place:
        """Return where the answer is read."""
        return Place(self.account_url)


class WildApricotViewSet(DialectViewSet, WildApricotView):
    """The base of the view sets of the dialect."""


def origin_of(request: DialectRequest) -> str:
    """Return scheme and host of the request, as a proxy tells them."""
    return f"{request.scheme}://{request.get_host()}"


def require_account(text: str) -> None:
    """Raise for another account: unknown where it is no number, else not for this caller."""
    number = number_of(text)
    if number is None:
        raise UnknownAddressError
    if number != settings.WILDAPRICOT_ACCOUNT_ID:
        raise ForbiddenError("account")


def number_of(text: str) -> int | None:
    """Return the number in an address, or None."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def id_of(text: str, kind: str = "contact") -> int:
    """Return the id in an address; raises NotFoundError for what is none."""
    number = number_of(text)
    if number is None:
        raise NotFoundError(kind, text)
    return number
