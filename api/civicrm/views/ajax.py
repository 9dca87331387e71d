"""The addresses for pages of this site, and for programs with a header of ``authx``."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.civicrm import envelope
from api.civicrm.errors import CiviApiError
from api.civicrm.kernel import civi_api
from api.civicrm.views.base import CiviViewSet
from api.civicrm.views.requests import asked_of, is_batch, require_post
from contacts.access import Actor
from contacts.errors import AuthenticationError

Result = Any  # JSON

MOST_CALLS = 200


class AjaxSet(CiviViewSet):
    """Run one call, or a batch of them."""

    always_sequential: ClassVar[bool] = False

    def read(self, request: DialectRequest) -> Response:
        """Read."""
        actor = _actor_of(request)
        asked = asked_of(request)
        if is_batch(asked.entity, asked.action):
            return Response(self._batch(request, actor, asked.json))
        params = {"sequential": 1, **asked.params} if self.always_sequential else asked.params
        return envelope.answer(civi_api(asked.entity, asked.action, params, actor))

    def write(self, request: DialectRequest) -> Response:
        """Read or change."""
        return self.read(request)

    def allow(self, request: DialectRequest) -> HttpResponse:
        """Say nothing: pages of other sites get no permission here."""
        return HttpResponse()

    def _batch(self, request: DialectRequest, actor: Actor, calls: object) -> Result:
        """Return the results of several calls under their keys; a failure stops no other."""
        if isinstance(calls, Mapping):
            return {key: self._one(request, actor, call) for key, call in list(calls.items())}
        if not isinstance(calls, list) or len(calls) > MOST_CALLS:
            raise CiviApiError("A batch is a list or a map of at most 200 calls", 0)
        return [self._one(request, actor, call) for call in calls]

    def _one(self, request: DialectRequest, actor: Actor, call: object) -> Result:
        if not isinstance(call, list) or len(call) < 2:
            return CiviApiError("A call is a list of entity, action and params").document()
        entity, action = str(call[0]), str(call[1])
        params = call[2] if len(call) > 2 and isinstance(call[2], Mapping) else {}
        try:
            require_post(request, action)
        except CiviApiError as error:
            return error.document()
        return civi_api(entity, action, params, actor)


class OldAjaxSet(AjaxSet):
    """The older address, whose lists are always lists."""

    always_sequential = True


def _actor_of(request: DialectRequest) -> Actor:
    """Return who asks; raises AuthenticationError for nobody."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise AuthenticationError("missing")
    return actor
