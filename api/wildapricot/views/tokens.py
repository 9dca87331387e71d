"""The token service: give tokens, end them."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from rest_framework.response import Response

from api.base.parsers import JsonParser, OrderedFormParser, OrderedMultipartParser
from api.base.requests import DialectRequest
from api.wildapricot import auth, envelope, grants
from api.wildapricot.views.base import WildApricotViewSet
from contacts.access import end_token, find_token
from contacts.errors import AuthenticationError


class FieldsParser(OrderedFormParser):
    """Read a form, or JSON where the body looks like it: clients write either under any type."""

    media_type = "*/*"

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Return the fields."""
        if request.raw.lstrip().startswith(JsonParser.signs):
            fields: dict[str, Any] = JsonParser().value(request, parameters)
            return fields
        return super().value(request, parameters)


class TokenSet(WildApricotViewSet):
    """Tokens; the Basic header shows who asks."""

    is_public = True
    keeps_answers = False
    # Tokens are cut out of the text of the JSON, whatever else the macro likes to read.
    dialect_format = staticmethod(lambda request, _suffix: None)
    parser_classes = (OrderedMultipartParser, FieldsParser)
    dialect_auth = staticmethod(lambda request: None)

    def create(self, request: DialectRequest) -> Response:
        """Give a token; fields may also sit in the query string."""
        answer = envelope.single(grants.answer(request, fields_of(request)))
        answer["Cache-Control"] = "no-store"
        return answer

    def expire(self, request: DialectRequest) -> Response:
        """End a token of the application that asks; one that works no more is as good as ended."""
        application = grants.find_application(request)
        secret = fields_of(request).get("token", "").strip()
        with suppress(AuthenticationError):
            end_token(find_token(secret, auth.TOKEN, application))
        return envelope.single(True)


def fields_of(request: DialectRequest) -> Mapping[str, str]:
    """Return the fields of query string and body, the body's winning."""
    data: Any = request.data  # a mapping, or any other JSON
    body = data if isinstance(data, Mapping) else {}
    sent = {str(name).strip().casefold(): value for name, value in body.items()}
    return {
        name: _text(value) for name, value in {**request.query, **sent}.items() if value is not None
    }


def _text(value: object) -> str:
    """Return a field as a form would send it: JSON may write scopes as an array."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
