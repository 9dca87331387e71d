"""The addresses of version 4: one call, or a batch of them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.civicrm.errors import CiviApiError
from api.civicrm.v4.calling import civi_api4, is_reading
from api.civicrm.views.ajax import MOST_CALLS
from api.civicrm.views.base import CiviViewSet
from api.wire.errors import WireError
from api.wire.json_text import read_json
from contacts.access import Actor
from contacts.errors import AuthenticationError

Json = Any

ONLY_BY_POST = "Destructive actions must be http POST, not GET."
_STATUS = {"unauthorized": 403, "not-found": 404}


class Api4Set(CiviViewSet):
    """Run calls of version 4; answers are JSON always."""

    dialect_format: "staticmethod[[DialectRequest, str | None], str]" = staticmethod(
        lambda request, suffix: "json"
    )

    def read(self, request: DialectRequest, entity: str, action: str) -> Response:
        """Read by GET."""
        return self.write(request, entity, action)

    def write(self, request: DialectRequest, entity: str, action: str) -> Response:
        """Read or change."""
        actor = _actor_of(request)
        try:
            params = _params(request)
            if request.method != "POST" and not is_reading(action, params):
                return failed(request, CiviApiError(ONLY_BY_POST, 0), 405)
            index = _json(request.params.get("index"))
            return Response(civi_api4(entity, action, params, actor, index=index).document())
        except CiviApiError as error:
            return failed(request, error, _STATUS.get(str(error.error_code), 400))

    def allow(self, request: DialectRequest, entity: str, action: str) -> HttpResponse:
        """Say nothing: pages of other sites get no permission here."""
        return HttpResponse()


class Batch4Set(Api4Set):
    """Run several calls under keys of their own; a failure stops no other."""

    def write(self, request: DialectRequest, entity: str = "", action: str = "") -> Response:
        """Return a map, or a list, of results."""
        actor = _actor_of(request)
        calls = _json(request.params.get("calls"))
        if isinstance(calls, list):
            pairs = list(enumerate(calls))
        elif isinstance(calls, Mapping):
            pairs = list(calls.items())
        else:
            pairs = []
        if not pairs or len(pairs) > MOST_CALLS:
            message = f'Parameter "calls" must be a map of 1 to {MOST_CALLS} calls.'
            return failed(request, CiviApiError(message, 0), 400)
        results = {key: self._one(request, call, actor) for key, call in pairs}
        return Response(list(results.values()) if isinstance(calls, list) else results)

    def _one(self, request: DialectRequest, call: Json, actor: Actor) -> Json:
        try:
            if not isinstance(call, list) or len(call) < 2:
                raise CiviApiError("A call is a list of entity, action, params and index.", 0)
            params = call[2] if len(call) > 2 and isinstance(call[2], Mapping) else {}
            index = call[3] if len(call) > 3 else None
            return civi_api4(str(call[0]), str(call[1]), params, actor, index=index).document()
        except CiviApiError as error:
            return failed(request, error, _STATUS.get(str(error.error_code), 400)).data


def failed(request: DialectRequest, error: CiviApiError, status: int) -> Response:
    """Return the answer of a call that failed."""
    code = error.error_code
    body = {
        "error_id": request.request_id,
        "error_code": code if isinstance(code, int) else 0,
        "error_message": error.message,
        "status": status,
    }
    return Response(body, status=status)


def _actor_of(request: DialectRequest) -> Actor:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise AuthenticationError("missing")
    return actor


def _params(request: DialectRequest) -> dict[str, Any]:
    """Return the parameters: of the form, of the query, or the body itself where it is JSON."""
    given = request.params
    if "params" in given:
        found = _json(given["params"])
        if found in (None, "", []):
            return {}
        if not isinstance(found, Mapping):
            raise CiviApiError('Parameter "params" must be a JSON object.', 0)
        return dict(found)
    if request.content_type.startswith("application/json") and isinstance(request.data, Mapping):
        return {name: value for name, value in request.data.items() if name not in _OUTER}
    return {}


_OUTER = frozenset({"index", "key", "api_key", *("_authx", "_authxSiteKey", "_authxSes")})


def _json(value: Json) -> Json:
    if not isinstance(value, str) or value == "":
        return value
    try:
        return read_json(value.encode(), drop_nul=True)
    except WireError:
        # An index may come as a plain name.
        return value
