"""Do for every view of this dialect what its protocol asks of all of them."""

from http import HTTPStatus
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.base.errors import MalformedRequestError
from api.base.requests import DialectRequest
from api.base.throttling import actor_key, usual_pace
from api.base.views import DialectView, DialectViewSet
from api.concord import DIALECT, auth, envelope
from api.concord.errors import ERRORS
from api.concord.mapping.bodies import trimmed
from api.concord.resources import resource_named
from api.concord.resources.table import Resource
from api.wire.nested_params import php_params
from contacts.errors import NotFoundError

VERSION = "1.5.1"
ZAPIER = "Zapier"
# What that one client does not want to read.
UNWANTED = frozenset(
    {
        *("companies", "deals", "authorizations", "was_recently_created", "actions"),
        *("guest_email", "guest_display_name", "timeline_subject_key"),
    }
)


def reduced_for_zapier(data: Any) -> Any:  # noqa: ANN401 -- any document that is answered
    """Return records without what belongs to the user interface."""
    if isinstance(data, list):
        return [reduced_for_zapier(each) for each in data]
    if not isinstance(data, dict):
        return data
    if isinstance(data.get("data"), list):
        return {**data, "data": reduced_for_zapier(data["data"])}
    return {key: value for key, value in data.items() if key not in UNWANTED}


class ConcordView(DialectView):
    """The base of all views of this dialect."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(envelope.refused)
    form_grammar: "staticmethod[[Any], dict[str, Any]]" = staticmethod(php_params)
    overrides_method = True
    drops_nul = True
    http_method_names = (*DialectView.http_method_names, "options")

    def perform_authentication(self, request: Request) -> None:
        """Find the actor; a browser asks without a token what it may ask."""
        if request.method != "OPTIONS":
            super().perform_authentication(request)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]  # as REST framework declares it
        """Let pages of any origin ask: no browser sends the token by itself."""
        response = Response(status=HTTPStatus.NO_CONTENT)
        wanted = request.headers.get("Access-Control-Request-Headers")
        response["Access-Control-Allow-Methods"] = ", ".join(
            name.upper() for name in self.http_method_names
        )
        response["Access-Control-Allow-Headers"] = wanted or "Authorization, Content-Type, Accept"
        response["Access-Control-Max-Age"] = "0"
        return response

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Tell the client what is left of its limit, and in which version we speak."""
        if is_zapier(request) and isinstance(response, Response):
            response.data = reduced_for_zapier(response.data)
        finished = super().finalize_response(request, response, *args, **kwargs)
        allowance = self.allowance or usual_pace.allowance_of(_who_asks(request))
        finished["X-RateLimit-Limit"] = str(allowance.limit)
        finished["X-RateLimit-Remaining"] = str(allowance.remaining)
        if finished.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            finished["X-RateLimit-Reset"] = str(allowance.resets_at)
        finished["X-App-Version"] = VERSION
        finished.headers.setdefault("Access-Control-Allow-Origin", "*")
        return finished


def is_zapier(request: Request | DialectRequest) -> bool:
    """Tell whether the client is the one that wants less of each record."""
    return request.headers.get("User-Agent") == ZAPIER


def _who_asks(request: Request) -> str:
    actor = getattr(request, "actor", None)
    return actor_key(actor) if actor else f"address-{request.META.get('REMOTE_ADDR', '')}"


class ConcordViewSet(DialectViewSet, ConcordView):
    """The base of the view sets of this dialect."""


def sent_of(request: DialectRequest) -> dict[str, Any]:
    """Return query string and body as one, trimmed as Laravel does; the body wins.

    Raises MalformedRequestError for a body that is no object.
    """
    body = request.data
    if not isinstance(body, dict) and body not in (None, "", b"", []):
        raise MalformedRequestError("the body is no object")
    found: dict[str, Any] = trimmed(request.params)
    return found


def answered(name: str) -> Resource:
    """Return the resource in an address; raises NotFoundError."""
    return resource_named(name)


def number_of(text: str, model: str) -> int:
    """Return the id in an address; raises NotFoundError for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise NotFoundError(model)
    return int(text)
