"""Do for every view of every dialect what must not be forgotten.

A dialect makes one base view of its own by setting the attributes of ``DialectView`` and derives
its views from it and from ``DialectViewSet``. In this order a request is measured, its format is
chosen, its actor found and its rate checked; then the method of the view runs, once per
``Idempotency-Key``; and whatever is raised becomes the dialect's own refusal.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any, cast

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from api.base.dialect import Dialect
from api.base.errors import (
    ErrorTable,
    Refusal,
    RequestError,
    WrongMethodError,
    known_error,
    refusal_for,
)
from api.base.negotiation import DialectNegotiation
from api.base.noting import Outcome, tell_of_request
from api.base.parsers import JsonParser, OrderedFormParser, OrderedMultipartParser
from api.base.rehearsals import asks_for_rehearsal, rehearsal
from api.base.renderers import OrjsonRenderer
from api.base.requests import DialectRequest
from api.base.retries import answer_retry, asks_for_one_effect
from api.base.throttling import AddressThrottle, Allowance, CredentialThrottle, KeyThrottle
from api.base.unchanged import remember, unchanged
from api.base.versions import conditional, demanded, mark_version
from api.wire.nested_params import rails_params
from contacts.access import Actor, answered_by_replica, note_write
from contacts.errors import (
    AuthenticationError,
    DomainError,
    ThrottledError,
    UnavailableError,
    outage_of,
)

logger = structlog.get_logger("api")

READING = frozenset({"GET", "HEAD"})
OVERRIDES = frozenset({"PUT", "PATCH", "DELETE"})
# Answers belong to who asked; a client may keep one but has to ask whether it still holds.
CACHING = "private, no-cache"


def no_opinion(_request: DialectRequest, _suffix: str | None) -> str | None:
    """Leave the format to the first renderer."""
    return None


class DialectView(APIView):
    """The base of all views of all dialects.

    A dialect sets, as ``staticmethod`` where it is a function:

    ``dialect``          its description
    ``dialect_auth``     the request's actor, or None when it carries no credential at all
    ``dialect_errors``   its table of refusals
    ``dialect_refusal``  the document of a refusal
    ``dialect_format``   the format of the answer, None for the first renderer
    ``form_grammar``     the grammar of bracketed names

    and may change ``parser_classes``, ``renderer_classes`` and the flags below. A view that anybody
    may use, such as one that hands out tokens, sets ``is_public``.
    """

    dialect: Dialect
    dialect_auth: "staticmethod[[DialectRequest], Actor | None]"
    dialect_errors: ErrorTable
    dialect_refusal: "staticmethod[[DialectRequest, Refusal, Exception], HttpResponse]"
    dialect_format: "staticmethod[[DialectRequest, str | None], str | None]" = staticmethod(
        no_opinion
    )
    form_grammar: "staticmethod[[Any], dict[str, Any]]" = staticmethod(rails_params)

    is_public = False
    # POST with the parameter `_method`, or X-HTTP-Method-Override, acts as that method.
    overrides_method = False
    # Off where an answer must not be stored for a retry, such as a session.
    keeps_answers = True
    # Whether answers hold secrets: they are stored encrypted.
    hides_answers = False
    # Whether all that is read here follows from records with a history and from small tables.
    follows_data = False
    # Take NUL characters out of text instead of refusing them.
    drops_nul = False

    authentication_classes = ()
    permission_classes = ()
    http_method_names: tuple[str, ...] = ("get", "head", "post", "put", "patch", "delete")
    address_throttle_class = AddressThrottle
    throttle_classes = (CredentialThrottle, KeyThrottle)
    parser_classes: tuple[type[BaseParser], ...] = (
        JsonParser,
        OrderedMultipartParser,
        OrderedFormParser,
    )
    renderer_classes: tuple[type[BaseRenderer], ...] = (OrjsonRenderer,)
    content_negotiation_class = DialectNegotiation
    metadata_class = None
    schema = None

    request: DialectRequest
    # Raised in place of the view's own work; see `refuse`.
    refused_with: Exception | None = None
    allowance: Allowance | None = None

    @classmethod
    def refuse(cls, request: HttpRequest, error: Exception) -> HttpResponse:
        """Return this dialect's answer to an error that happened outside of any view."""
        view = cls()
        view.setup(request)
        view.refused_with = error
        return cast(HttpResponse, view.dispatch(request))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request; nothing that is raised on the way gets past this method."""
        self.args, self.kwargs = args, kwargs
        self.headers = self.default_response_headers
        self.format_kwarg = self.get_format_suffix(**kwargs)
        self.request = asked = cast(DialectRequest, self.initialize_request(request))
        started, failure = perf_counter(), None
        try:
            self.initial(asked, *args, **kwargs)
            response = self._answered(asked)
        except Exception as error:  # noqa: BLE001 -- the last stop before the client
            # Whatever the status: some dialects refuse with 200.
            failure = error
            response = self.finished(self.handle_exception(error))
        if not hasattr(request, "actor_in_house"):
            # What the server asks itself is not of programs.
            outcome = Outcome(response.status_code, perf_counter() - started, failure)
            tell_of_request(self.dialect.name, asked, outcome)
        return response

    def _answered(self, request: DialectRequest) -> HttpResponseBase:
        """Answer what only reads from a replica, where there is one; remember who writes."""
        actor = getattr(request, "actor", None)
        if actor is None:
            return self.finished(self.answer(request))
        if request.method in READING:
            known = unchanged(request) if self.follows_data else None
            return known or answered_by_replica(actor, lambda: self.finished(self.answer(request)))
        try:
            with demanded(request):
                return self.finished(self.answer(request))
        finally:
            note_write(actor)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Return the request in the shape that our views need."""
        return DialectRequest(
            request,
            parsers=self.get_parsers(),
            authenticators=(),
            negotiator=self.get_content_negotiator(),
            parser_context=self.get_parser_context(request),
        )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Measure and read the request before anything is decided about it."""
        asked = cast(DialectRequest, request)
        if self.refused_with is not None:
            raise self.refused_with
        # Before the actor is looked for, so that wrong credentials are limited as well.
        self.address_throttle_class().allow_request(asked, self)
        _ = asked.raw, asked.query_fields
        if self.overrides_method:
            self._override_method(asked)
        super().initial(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Find the actor; without one only public views go on."""
        asked = cast(DialectRequest, request)
        # Set where the server asks itself (`api.base.in_house`), never by anything that is sent.
        actor = getattr(asked._request, "actor_in_house", None) or self.dialect_auth(asked)
        if actor is None and not self.is_public:
            raise AuthenticationError("missing")
        if actor is not None:
            asked.actor = actor

    def answer(self, request: DialectRequest) -> HttpResponseBase:
        """Run the view's method, once where the client asks for that."""
        method = (request.method or "").lower()
        handler: Callable[..., HttpResponseBase] | None = None
        if method in self.http_method_names:
            handler = getattr(self, method, None)
        if handler is None:
            raise WrongMethodError(method.upper())
        if asks_for_rehearsal(request):
            tried = handler
            return rehearsal(lambda: self._rendered(tried(request, *self.args, **self.kwargs)))
        has_actor = hasattr(request, "actor")
        if not (self.keeps_answers and has_actor and asks_for_one_effect(request)):
            return handler(request, *self.args, **self.kwargs)
        chosen = handler
        return answer_retry(
            request,
            lambda: cast(HttpResponse, self._rendered(chosen(request, *self.args, **self.kwargs))),
        )

    def finished(self, response: HttpResponseBase) -> HttpResponseBase:
        """Render the answer here, so that a fault in rendering is still answered as an error."""
        rendered = self._rendered(response)
        if self.request.shown_version is not None:
            mark_version(rendered, self.request.shown_version)
        rendered.headers.setdefault("Cache-Control", CACHING)
        if rendered.streaming:
            return rendered
        whole = cast(HttpResponse, rendered)
        answer = conditional(self.request, whole)
        if self.follows_data and hasattr(self.request, "actor"):
            remember(self.request, whole)
        return answer

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]  # may be a page
        """Return the dialect's refusal."""
        error = outage_of(exc) or known_error(exc)
        refusal = refusal_for(error, self.dialect_errors)
        if not isinstance(error, DomainError | RequestError) or isinstance(error, UnavailableError):
            # The path alone: a query string may hold a key.
            logger.error("failed", dialect=self.dialect.name, path=self.request.path, exc_info=exc)
        response = self.dialect_refusal(self.request, refusal, error)
        if isinstance(response, Response):
            response.exception = True
        for name, value in refusal.headers.items():
            response[name] = value
        if isinstance(error, ThrottledError | UnavailableError):
            response["Retry-After"] = str(error.wait)
        if isinstance(error, WrongMethodError):
            response["Allow"] = ", ".join(self.allowed_methods)
        return response

    def _rendered(self, response: HttpResponseBase) -> HttpResponseBase:
        finished = self.finalize_response(self.request, cast(Response, response))
        if isinstance(finished, Response) and not finished.is_rendered:
            finished.render()
        return finished

    def _override_method(self, request: DialectRequest) -> None:
        if request.method != "POST":
            return
        wanted = request.headers.get("X-HTTP-Method-Override") or request.params.get("_method")
        if isinstance(wanted, str) and wanted.upper() in OVERRIDES:
            request._request.method = wanted.upper()


class DialectViewSet(ViewSet, DialectView):
    """The base of the view sets of all dialects."""
