"""The addresses of version 4: one call, or a batch of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.errors import ErrorTable, Refusal
from api.base.requests import DialectRequest
from api.civicrm.errors import ERRORS, CiviApiError, DoorError
from api.civicrm.v4.calling import civi_api4, is_reading
from api.civicrm.views.ajax import MOST_CALLS
from api.civicrm.views.base import CiviViewSet, refused
from api.civicrm.views.versions import note_version4
from api.wire.errors import WireError
from api.wire.json_text import read_json
from contacts import errors
from contacts.access import Actor
from contacts.errors import AuthenticationError

Json = Any

ONLY_BY_POST = "SECURITY: All requests that modify the database must be http POST, not GET."
BY_SCRIPT_ONLY = (
    "SECURITY ALERT: Ajax requests can only be issued by javascript clients, eg. CRM.api4()."
)
_STATUS = {"unauthorized": 403, "not-found": 404}


# Clients of version 4 look at the status, or for the key `error_code`.
ERRORS4: ErrorTable = {
    **ERRORS,
    Exception: Refusal(503, words=ERRORS[Exception].words),
    CiviApiError: Refusal(400, words=lambda error: _in_words_of_4(error)),
    DoorError: Refusal(401, words=lambda error: error.message),
    errors.DomainError: Refusal(400, words=ERRORS[errors.DomainError].words),
    errors.ForbiddenError: Refusal(403, words=ERRORS[errors.ForbiddenError].words),
    errors.ConflictError: Refusal(409, words=ERRORS[errors.ConflictError].words),
}


def _in_words_of_4(error: Exception) -> str:
    is_forged = isinstance(error, CiviApiError) and error.extra.get("reason") == "CSRF suspected"
    return BY_SCRIPT_ONLY if is_forged else str(error)


def refused4(request: DialectRequest, refusal: Refusal, error: Exception) -> HttpResponse:
    """Return the document of a refusal: what says `is_error` in version 3 has a code here."""
    answer = refused(request, refusal, error)
    if not isinstance(answer, Response):
        return answer
    message = refusal.text(error) if isinstance(error, CiviApiError) else ""
    body = {
        "error_code": refusal.status,
        "error_message": message or answer.data["error_message"],
        "status": refusal.status,
    }
    return Response(body, status=refusal.status)


class Api4Set(CiviViewSet):
    """Run calls of version 4; answers are JSON always."""

    dialect_errors = ERRORS4
    dialect_refusal = staticmethod(refused4)
    dialect_format: "staticmethod[[DialectRequest, str | None], str]" = staticmethod(
        lambda request, suffix: "json"
    )

    def read(self, request: DialectRequest, entity: str, action: str) -> Response:
        """Read by GET."""
        return self.write(request, entity, action)

    def write(self, request: DialectRequest, entity: str, action: str) -> Response:
        """Read or change."""
        request.operation_name = f"{entity}.{action}"
        actor = _actor_of(request)
        try:
            params = _params(request)
            if request.method != "POST" and not is_reading(action, params):
                return failed(request, CiviApiError(ONLY_BY_POST, 405), 405)
            note_version4(request, entity, action, params)
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
        body = list(results.values()) if isinstance(calls, list) else results
        return Response(body, status=_status_of_all(list(results.values())))

    def _one(self, request: DialectRequest, call: Json, actor: Actor) -> Json:
        try:
            if not isinstance(call, list) or len(call) < 2:
                raise CiviApiError("A call is a list of entity, action, params and index.", 0)
            params = call[2] if len(call) > 2 and isinstance(call[2], Mapping) else {}
            index = call[3] if len(call) > 3 else None
            return civi_api4(str(call[0]), str(call[1]), params, actor, index=index).document()
        except CiviApiError as error:
            return failed(request, error, _STATUS.get(str(error.error_code), 400)).data


def _status_of_all(results: Sequence[Json]) -> int:
    """Return 200 where one call went well, else what the first that failed would answer."""
    is_success = any("error_code" not in each for each in results)
    return 200 if is_success else int(results[0]["status"])


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
