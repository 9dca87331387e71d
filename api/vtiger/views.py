"""Answer calls: one address, and the operation decides what is done."""

from typing import Any, cast

from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.base.parsers import JsonParser, OrderedFormParser, OrderedMultipartParser
from api.base.requests import DialectRequest
from api.base.views import DialectView, DialectViewSet
from api.vtiger import DIALECT, auth, envelope
from api.vtiger.calls import arguments_of, operation_of
from api.vtiger.errors import ERRORS, denied
from api.vtiger.escapes import as_utf8
from api.vtiger.registry import Context, Operation
from api.wire.nested_params import php_params
from contacts.access import Actor

NOBODY = Actor(user_id=None)


class VtigerView(DialectView):
    """The base of all views of this dialect."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(envelope.refused)
    form_grammar: "staticmethod[[Any], dict[str, Any]]" = staticmethod(php_params)
    # Operations before sign-in have no actor; the others are refused without a session.
    is_public = True
    drops_nul = True
    parser_classes: tuple[type[BaseParser], ...] = (
        JsonParser,
        OrderedMultipartParser,
        OrderedFormParser,
    )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Mend the query string before anything of it is read."""
        meta = request._request.META
        meta["QUERY_STRING"] = as_utf8(meta.get("QUERY_STRING", ""))
        super().initial(request, *args, **kwargs)


class WebServiceSet(DialectViewSet, VtigerView):
    """The web service."""

    def answer_call(self, request: Request, folder: str = "") -> Response:
        """Run the operation that the request names."""
        asked = cast(DialectRequest, request)
        operation = operation_of(asked)
        context = Context(asked, getattr(asked, "actor", NOBODY), auth.session_of)
        _require_permission(operation, context)
        result = operation.function(context, **arguments_of(asked, operation))
        return envelope.success(result)


def _require_permission(operation: Operation, context: Context) -> None:
    permission = operation.permission
    if permission is None:
        return
    if callable(permission):
        allowed = permission(context)
    else:
        user = context.user
        allowed = user is not None and user.has_perm(permission)
    if not allowed:
        raise denied()
