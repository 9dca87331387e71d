"""The addresses for pages of this site, and for programs with a header of ``authx``."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.errors import Refusal
from api.base.requests import DialectRequest
from api.civicrm import envelope
from api.civicrm.auth import DESTRUCTIVE
from api.civicrm.errors import CALL_ERRORS, CiviApiError, DoorError
from api.civicrm.grammar.chains import chains_of
from api.civicrm.kernel import civi_api
from api.civicrm.views.base import CiviViewSet, json_always, refused
from api.civicrm.views.requests import asked_of, is_batch, require_post
from api.civicrm.views.versions import note_version
from api.wire.json_text import write_json
from contacts.access import Actor
from contacts.errors import AuthenticationError

Result = Any  # JSON

MOST_CALLS = 200


def refused_in_json(request: DialectRequest, refusal: Refusal, error: Exception) -> HttpResponse:
    """Return the document of a refusal: JSON whatever was asked for (sections 4.1 to 4.3).

    A change by GET is an answer of the API itself, in the format that was asked for.
    """
    answer = refused(request, refusal, error)
    is_answer = isinstance(error, CiviApiError) and error.extra.get("reason") == DESTRUCTIVE
    if is_answer or not isinstance(answer, Response):
        return answer
    body = write_json(answer.data)
    return HttpResponse(body, status=answer.status_code, content_type="application/json")


class AjaxSet(CiviViewSet):
    """Run one call, or a batch of them."""

    dialect_errors = CALL_ERRORS
    dialect_refusal = staticmethod(refused_in_json)
    always_sequential: ClassVar[bool] = False

    def read(self, request: DialectRequest) -> Response:
        """Read."""
        actor = _actor_of(request)
        asked = asked_of(request)
        if is_batch(asked.entity, asked.action):
            return Response(self._batch(request, actor, asked.json))
        note_version(request, asked.entity, asked.action, asked.params)
        params = {**asked.params, "sequential": 1} if self.always_sequential else asked.params
        return envelope.answer(civi_api(asked.entity, asked.action, params, actor))

    def write(self, request: DialectRequest) -> Response:
        """Read or change."""
        return self.read(request)

    def allow(self, request: DialectRequest) -> HttpResponse:
        """Say nothing: pages of other sites get no permission here."""
        return HttpResponse(content_type="text/plain")

    def _batch(self, request: DialectRequest, actor: Actor, calls: object) -> Result:
        """Return the results of several calls under their keys; a failure stops no other."""
        if isinstance(calls, Mapping):
            return {key: self._one(request, actor, call) for key, call in list(calls.items())}
        if not isinstance(calls, list) or len(calls) > MOST_CALLS:
            raise DoorError("A batch is a list or a map of at most 200 calls")
        return [self._one(request, actor, call) for call in calls]

    def _one(self, request: DialectRequest, actor: Actor, call: object) -> Result:
        if not isinstance(call, list) or len(call) < 2:
            return CiviApiError("A call is a list of entity, action and params").document()
        entity, action = str(call[0]), str(call[1])
        params = call[2] if len(call) > 2 and isinstance(call[2], Mapping) else {}
        try:
            require_post(request, action, *(each.action for each in chains_of(params, action)))
        except CiviApiError as error:
            return error.document()
        return civi_api(entity, action, params, actor)


class OldAjaxSet(AjaxSet):
    """The older address: answers are JSON, and their lists are lists, whatever is asked for."""

    dialect_format = staticmethod(json_always)
    always_sequential = True


def _actor_of(request: DialectRequest) -> Actor:
    """Return who asks; raises AuthenticationError for nobody."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise AuthenticationError("missing")
    return actor
