"""Mount the toy the way the server mounts its dialects."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from api.base import discovery, documentation
from api.base.fallback import refusal

PACKAGE = "tests.toy_dialects"

urlpatterns = [*discovery.urlpatterns(PACKAGE), *documentation.urlpatterns(PACKAGE)]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Let the dialect that owns the address say that there is nothing."""
    return refusal(request, exception, PACKAGE) or HttpResponseNotFound("a page for people")
