"""The script with which pages of this site call the API: ``/civicrm/crm.js``."""

from functools import cache
from pathlib import Path

from django.http import HttpResponse

from api.base.requests import DialectRequest
from api.civicrm.views.base import CiviViewSet

SCRIPT = Path(__file__).resolve().parent.parent / "assets" / "crm.js"


class ScriptSet(CiviViewSet):
    """Serve the script to everybody: it holds no secrets."""

    dialect_auth = staticmethod(lambda request: None)

    def read(self, request: DialectRequest) -> HttpResponse:
        """Return the script."""
        answer = HttpResponse(_text(), content_type="application/javascript; charset=utf-8")
        answer["Cache-Control"] = "public, max-age=3600"
        return answer


@cache
def _text() -> bytes:
    return SCRIPT.read_bytes()
