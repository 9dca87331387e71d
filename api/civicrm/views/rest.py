"""The address for other servers: ``extern/rest.php`` under every prefix that history has seen."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.civicrm import auth, envelope
from api.civicrm.errors import CALL_ERRORS
from api.civicrm.kernel import civi_api
from api.civicrm.views.base import CiviViewSet
from api.civicrm.views.requests import asked_of
from api.civicrm.views.versions import note_version


class RestSet(CiviViewSet):
    """Run one call for whoever has both keys."""

    dialect_auth = staticmethod(auth.rest_actor)
    dialect_errors = CALL_ERRORS

    def read(self, request: DialectRequest, prefix: str = "") -> Response:
        """Read."""
        if auth.path_of(request.params) == auth.PING:
            return Response({"is_error": 0, "message": "PONG: "})
        asked = asked_of(request)
        note_version(request, asked.entity, asked.action, asked.params)
        result = civi_api(asked.entity, asked.action, asked.params, request.actor)
        return envelope.answer(result)

    def write(self, request: DialectRequest, prefix: str = "") -> Response:
        """Read or change."""
        return self.read(request)


# Mounted at the root of the server, for sites that write the address as a parameter.
at_root = RestSet.as_view({"get": "read", "post": "write"})
