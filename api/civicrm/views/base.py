"""The base of all views of this dialect."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from api.base.errors import Refusal
from api.base.parsers import JsonParser, OrderedFormParser, OrderedMultipartParser
from api.base.requests import DialectRequest
from api.base.views import DialectView, DialectViewSet
from api.civicrm import DIALECT, auth, envelope
from api.civicrm.chaining import bounded_chains
from api.civicrm.errors import ERRORS
from api.civicrm.renderers import CiviJsonRenderer, CiviXmlRenderer
from api.wire.nested_params import php_params
from contacts.errors import AuthenticationError

# Nothing below these addresses answers XML, not even that an address is unknown.
_JSON_ALONE = ("/civicrm/ajax/api4", "/civicrm/authx/")


def refused(request: DialectRequest, refusal: Refusal, error: Exception) -> HttpResponse:
    """Return the document of a refusal, or the line of text for a credential that fails."""
    if isinstance(error, AuthenticationError) and error.reason != "missing":
        return HttpResponse(
            refusal.text(error), status=refusal.status, content_type="text/plain; charset=utf-8"
        )
    return envelope.refused(request, refusal, error)


def format_of(request: DialectRequest, _suffix: str | None) -> str:
    """Return the format of the answer: XML unless JSON is asked for, as the original has it."""
    asked = request.params.get("json")
    json_format = json_always(request, _suffix)
    if request.path.startswith(_JSON_ALONE):
        return json_format
    return envelope.XML_FORMAT if asked in (None, "", "0", 0, False) else json_format


def json_always(request: DialectRequest, _suffix: str | None) -> str:
    """Return JSON, indented where that is asked for."""
    request.is_pretty = request.params.get("prettyprint") in ("1", "true", 1, True)  # type: ignore[attr-defined]  # read by the renderer
    return envelope.JSON_FORMAT


class CiviView(DialectView):
    """A view of this dialect; each checks by itself who may ask."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.ajax_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(refused)
    dialect_format: "staticmethod[[DialectRequest, str | None], str | None]" = staticmethod(
        format_of
    )
    form_grammar: "staticmethod[[Any], dict[str, Any]]" = staticmethod(php_params)
    parser_classes = (JsonParser, OrderedMultipartParser, OrderedFormParser)
    renderer_classes = (CiviJsonRenderer, CiviXmlRenderer)
    drops_nul = True
    is_public = True
    http_method_names = ("get", "head", "post", "options")

    def answer(self, request: DialectRequest) -> HttpResponseBase:
        """Answer within a bound for all calls of the request together."""
        with bounded_chains():
            return super().answer(request)


class CiviViewSet(DialectViewSet, CiviView):
    """The base of the view sets of this dialect."""
