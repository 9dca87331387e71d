"""Wrap what Toy answers."""

from rest_framework.response import Response

from api.base.errors import Refusal
from api.base.requests import DialectRequest


def glad(content: object, status: int = 200) -> Response:
    """Return a success."""
    return Response({"glad": True, "content": content}, status=status)


def sad(_request: DialectRequest, refusal: Refusal, error: Exception) -> Response:
    """Return a refusal."""
    body = {"glad": False, "why": refusal.code, "words": refusal.text(error)}
    return Response(body, status=refusal.status)
