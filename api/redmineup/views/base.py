"""Do for every view of this dialect what its protocol asks of all of them."""

from typing import Any, ClassVar, cast

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.base.parsers import (
    HashXmlParser,
    JsonParser,
    OrderedFormParser,
    OrderedMultipartParser,
)
from api.base.renderers import OrjsonRenderer
from api.base.requests import DialectRequest
from api.base.views import DialectView, DialectViewSet
from api.redmineup import DIALECT, auth, envelope
from api.redmineup.envelope.formats import format_of
from api.redmineup.envelope.renderers import HtmlRenderer, RailsXmlRenderer
from api.redmineup.errors import ERRORS
from contacts.access import FORM_KEY, Actor
from contacts.errors import Fault, ForbiddenError, InvalidError, NotFoundError

# The largest id that both databases hold.
MAX_ID = 2**63 - 1


class RedmineUpView(DialectView):
    """The base of all views of this dialect."""

    dialect = DIALECT
    dialect_auth = staticmethod(auth.find_actor)
    dialect_errors = ERRORS
    dialect_refusal = staticmethod(envelope.refused)
    dialect_format = staticmethod(format_of)
    overrides_method = True
    parser_classes: tuple[type[BaseParser], ...] = (
        JsonParser,
        HashXmlParser,
        OrderedMultipartParser,
        OrderedFormParser,
    )
    renderer_classes: tuple[type[BaseRenderer], ...] = (
        OrjsonRenderer,
        RailsXmlRenderer,
        HtmlRenderer,
    )

    # Whether an address ends with the format of the answer; off where it ends with a file name.
    has_suffix: ClassVar[bool] = True
    # Whether a browser gets something of its own without a suffix.
    has_pages: ClassVar[bool] = False
    # Whether web forms may be posted here with their own keys.
    takes_forms: ClassVar[bool] = False

    def perform_authentication(self, request: Request) -> None:
        """Find the actor; a form may post itself and do nothing else."""
        super().perform_authentication(request)
        actor: Actor = cast(DialectRequest, request).actor
        if actor.credential_kind == FORM_KEY and not (
            self.takes_forms and request.method == "POST"
        ):
            raise ForbiddenError("add_contacts")

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        """Take the facts about a page away where they are not wanted."""
        asked = cast(DialectRequest, request)
        data = getattr(response, "data", None)
        if isinstance(data, dict) and "total_count" in data and _wants_bare(asked):
            name, items = next(iter(data.items()))
            response.data = {name: items}
        return super().finalize_response(request, response, *args, **kwargs)


def _wants_bare(request: DialectRequest) -> bool:
    # For programs that cannot read an array of XML with attributes, as in the original.
    return bool(request.query.get("nometa") or request.headers.get("X-Redmine-Nometa"))


class RedmineUpViewSet(DialectViewSet, RedmineUpView):
    """The base of the view sets of this dialect."""


def record_id(text: str) -> int:
    """Return the id in an address; raises NotFoundError for what is none."""
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= MAX_ID):
        raise NotFoundError("record", text[:40])
    return int(text)


def body_of(request: DialectRequest, root: str) -> dict[str, Any]:
    """Return what was sent under the root's name, or the whole body where there is no root.

    Raises InvalidError where the root is no object.
    """
    # Without a root it is the body alone: a filter in the query string is no attribute.
    sent = request.params.get(root, request.data)
    if sent is None or sent == "":
        return {}
    if not isinstance(sent, dict) or not isinstance(request.data, dict):
        raise InvalidError([Fault(root, "invalid")])
    return sent


def number(text: object, default: int, *, least: int, most: int = MAX_ID) -> int:
    """Return a number of the query string, or the default for what is none or too small."""
    word = str(text).strip()
    if not (word.isascii() and word.isdigit()):
        return default
    found = int(word[:19])
    return min(found, most) if found >= least else default


def window_of(request: DialectRequest) -> tuple[int, int]:
    """Return the offset and the limit of a page.

    ``page`` counts only where there is no ``offset``.
    """
    params = request.params
    limit = number(params.get("limit"), settings.REDMINEUP_PAGE_SIZE, least=1, most=100)
    if params.get("offset") not in (None, ""):
        return number(params["offset"], 0, least=0), limit
    page = number(params.get("page"), 1, least=1)
    return min((page - 1) * limit, MAX_ID), limit


def included(request: DialectRequest) -> frozenset[str]:
    """Return the names in ``include``."""
    names = str(request.query.get("include") or "").split(",")
    return frozenset(name.strip() for name in names)


def is_xml(request: DialectRequest) -> bool:
    """Say whether the answer is XML."""
    return bool(request.accepted_renderer.format == "xml")
