"""Do for every view of this dialect what its protocol asks of all of them."""

from http import HTTPStatus
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.base.errors import MalformedRequestError
from api.base.requests import DialectRequest
from api.base.views import DialectView, DialectViewSet
from api.concord import DIALECT, auth, envelope
from api.concord.errors import ERRORS
from api.concord.mapping.bodies import trimmed
from api.concord.resources import resource_named
from api.concord.resources.table import Resource
from api.wire.nested_params import php_params
from contacts.errors import NotFoundError


class ConcordView(DialectView):
    """The base of all views of this dialect."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(envelope.refused)
    form_grammar: "staticmethod[[Any], dict[str, Any]]" = staticmethod(php_params)
    overrides_method = True
    drops_nul = True

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Tell the client what is left of its limit."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        if self.allowance is not None:
            finished["X-RateLimit-Limit"] = str(self.allowance.limit)
            finished["X-RateLimit-Remaining"] = str(self.allowance.remaining)
            if finished.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                finished["X-RateLimit-Reset"] = str(self.allowance.resets_at)
        return finished


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
