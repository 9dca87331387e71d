"""A dialect without a domain: views that show what the shared base does around them."""

from datetime import UTC, datetime

from django.http import FileResponse, HttpResponseBase
from django.urls import path, re_path
from rest_framework.response import Response

from api.base.dialect import Dialect
from api.base.errors import (
    ErrorTable,
    MalformedRequestError,
    NotAcceptableError,
    Refusal,
    RequestError,
    TooLargeError,
    UnknownAddressError,
    UnreadableTypeError,
    WrongMethodError,
)
from api.base.parsers import (
    HashXmlParser,
    JsonParser,
    OrderedFormParser,
    OrderedMultipartParser,
    RawParser,
)
from api.base.renderers import OrjsonRenderer, PlainXmlRenderer
from api.base.requests import DialectRequest
from api.base.versions import mark_version, precondition_of
from api.base.views import DialectView, DialectViewSet
from api.wire.multipart import FilePart
from contacts import errors as domain
from contacts.access import Actor, actor_of_password, actor_of_secret
from contacts.access.guessing import guarded_sign_in
from contacts.models import Tag

CHANGED = datetime(2026, 3, 1, 12, tzinfo=UTC)

ERRORS: ErrorTable = {
    Exception: Refusal(500, "broken", "Something broke."),
    domain.DomainError: Refusal(400, "refused"),
    domain.AuthenticationError: Refusal(
        401, "who", lambda error: error.reason, {"WWW-Authenticate": "Probe"}
    ),
    domain.ForbiddenError: Refusal(403, "forbidden"),
    domain.NotFoundError: Refusal(404, "missing"),
    domain.ConflictError: Refusal(409, "conflict", lambda error: error.reason),
    domain.StaleError: Refusal(412, "stale"),
    domain.ThrottledError: Refusal(429, "slow"),
    domain.UnavailableError: Refusal(503, "away"),
    domain.InvalidError: Refusal(422, "invalid"),
    RequestError: Refusal(400, "request"),
    MalformedRequestError: Refusal(400, "malformed", lambda error: error.reason),
    UnknownAddressError: Refusal(404, "address"),
    WrongMethodError: Refusal(405, "method"),
    NotAcceptableError: Refusal(406, "format"),
    TooLargeError: Refusal(413, "large", lambda error: error.what),
    UnreadableTypeError: Refusal(415, "type"),
}


def find_actor(request: DialectRequest) -> Actor | None:
    """Read a token, or a user name and a password."""
    token = request.headers.get("X-Token")
    name = request.headers.get("X-User")
    if name is not None:
        with guarded_sign_in(request, name):
            return actor_of_password(name, request.headers["X-Password"], dialect="probe")
    if token is None:
        return None
    return actor_of_secret(token, ["probe"], dialect="probe", request_id=request.request_id)


def refusal(_request: DialectRequest, refusal: Refusal, error: Exception) -> Response:
    """Word an error."""
    return Response({"code": refusal.code, "words": refusal.text(error)}, status=refusal.status)


def wanted_format(request: DialectRequest, suffix: str | None) -> str | None:
    """Let the suffix win, then a parameter."""
    return suffix or request.query_params.get("as")


class ProbeView(DialectView):
    """The base of the probe's views."""

    dialect = Dialect(
        name="probe",
        title="Probe",
        version="1",
        package="tests.api.base",
        docs="",
        addresses=r"/probe/",
        base_view="ProbeView",
        sample_request=lambda base_url, _: f"curl {base_url}",
    )
    dialect_auth = staticmethod(find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(refusal)
    dialect_format = staticmethod(wanted_format)
    parser_classes = (JsonParser, HashXmlParser, OrderedMultipartParser, OrderedFormParser)
    renderer_classes = (OrjsonRenderer, PlainXmlRenderer)


def shown(value: object) -> object:
    """Return files as what can be said about them."""
    if isinstance(value, FilePart):
        return [value.filename, value.content_type, len(value.content)]
    if isinstance(value, dict):
        return {key: shown(inner) for key, inner in value.items()}
    return [shown(inner) for inner in value] if isinstance(value, list) else value


class EchoView(ProbeView):
    """Show the request as a view sees it."""

    overrides_method = True

    def get(self, request: DialectRequest, **_: str) -> Response:
        """Show it."""
        return Response(
            {
                "method": request.method,
                "params": shown(request.params),
                "query": request.query_fields,
                "user": request.actor.username,
                "request": request.actor.request_id,
            }
        )

    post = put = patch = delete = get


class RawView(ProbeView):
    """Take any body."""

    parser_classes = (RawParser,)

    def post(self, request: DialectRequest) -> Response:
        """Say how long the body is."""
        return Response({"length": len(request.data)})


class PublicView(ProbeView):
    """Answer anybody."""

    is_public = True
    drops_nul = True

    def get(self, request: DialectRequest) -> Response:
        """Say hello."""
        return Response({"hello": request.query})


class RaisingView(ProbeView):
    """Fail in every way."""

    is_public = True

    def get(self, request: DialectRequest, name: str) -> Response:
        """Raise the error of this name."""
        raise FAILURES[name]


class UnwritableView(ProbeView):
    """Answer with what cannot be written."""

    is_public = True

    def get(self, request: DialectRequest) -> Response:
        """Return a value that is no JSON."""
        return Response({"value": object()})


class FileView(ProbeView):
    """Stream a file."""

    is_public = True

    def get(self, request: DialectRequest) -> HttpResponseBase:
        """Return this very file."""
        return FileResponse(open(__file__, "rb"))


class TagSet(DialectViewSet, ProbeView):
    """Create tags: an effect that can be counted."""

    def create(self, request: DialectRequest) -> Response:
        """Create one, or fail after having created it."""
        name = request.params["name"]
        Tag.objects.create(name=name, name_key=name)
        if request.params.get("fail"):
            raise domain.InvalidError([domain.Fault("name", "invalid")])
        return Response({"name": name}, status=201, headers={"Location": f"/probe/tags/{name}"})


class DocumentView(ProbeView):
    """A document in version 7."""

    def get(self, request: DialectRequest) -> Response:
        """Show it."""
        response = Response({"text": request.query.get("text", "")})
        mark_version(response, 7, CHANGED)
        return response

    def put(self, request: DialectRequest) -> Response:
        """Change it, if the client knows the version."""
        precondition_of(request).require(7, kind="document", record_id=1, modified=CHANGED)
        return Response(None, status=204)


FAILURES: dict[str, Exception] = {
    "unforeseen": RuntimeError("secret of the house"),
    "missing": domain.NotFoundError("contact", 1),
    "invalid": domain.InvalidError([domain.Fault("name", "blank")]),
    "throttled": domain.ThrottledError(17),
    "stale": domain.StaleError("contact", 1),
    "complex": domain.TooComplexError("depth", 32),
}

urlpatterns = [
    re_path(r"^probe/echo(?:\.(?P<format>\w+))?/?$", EchoView.as_view()),
    path("probe/raw", RawView.as_view()),
    path("probe/public", PublicView.as_view()),
    path("probe/raise/<name>", RaisingView.as_view()),
    path("probe/unwritable", UnwritableView.as_view()),
    path("probe/file", FileView.as_view()),
    path("probe/tags", TagSet.as_view({"post": "create"})),
    path("probe/document", DocumentView.as_view()),
]
