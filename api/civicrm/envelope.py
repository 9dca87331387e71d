"""Shape what the kernel returns for the wire, and write it as JSON or XML."""

from collections.abc import Mapping
from typing import Any

from rest_framework.response import Response

from api.base.errors import Refusal
from api.base.requests import DialectRequest
from api.civicrm.errors import CiviApiError
from contacts.errors import AuthenticationError, DomainError

Result = Any  # JSON of any shape
# What a rendered answer is called among the renderers.
JSON_FORMAT, XML_FORMAT, PLAIN_FORMAT = "json", "xml", "txt"


def shaped(result: Result) -> Result:
    """Return a result as it stands at the top of an answer (specification, section 3.4)."""
    if isinstance(result, list):
        return result
    if not isinstance(result, Mapping):
        return {"is_error": 0, "result": result or 0}
    if "is_error" in result or any(isinstance(each, dict | list) for each in result.values()):
        return dict(result)
    return {**result, "is_error": 0}


def answer(result: Result) -> Response:
    """Return an answer of the API, failures too: the status is 200."""
    return Response(shaped(result))


def plain_failure(message: str, **more: object) -> Response:
    """Return a failure that came before any call could be made."""
    return Response({"error_message": message, "is_error": 1, **more})


def refused(request: DialectRequest, refusal: Refusal, error: Exception) -> Response:
    """Return a refusal: always ``is_error`` and ``error_message``, and never a page."""
    text = refusal.text(error)
    if isinstance(error, CiviApiError):
        return Response(error.document(), status=refusal.status)
    if not isinstance(error, DomainError):
        text = text.replace("{reference}", request.request_id or "in the log of the server")
    body: dict[str, Any] = {"is_error": 1, "error_message": text}
    if isinstance(error, AuthenticationError):
        body["error_code"] = "unauthenticated"
    return Response(body, status=refusal.status)
