"""Choose how a body is read and how the answer is written.

None of the originals negotiates as HTTP would like: most write one format whatever ``Accept``
says. So the dialect names the format and this module finds the renderer.
"""

from collections.abc import Iterable
from typing import cast

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.base.errors import NotAcceptableError
from api.base.parsers import BodyParser
from api.base.requests import DialectRequest

_SYNONYMS = {"text/json": "application/json", "text/xml": "application/xml"}


class DialectNegotiation(BaseContentNegotiation):
    """Ask the dialect for the format; without an opinion the first renderer writes."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer of the format that the dialect wants, and its media type."""
        asked = cast(DialectRequest, request)
        wanted = asked.view.dialect_format(asked, format_suffix)
        for renderer in renderers:
            if wanted in (None, renderer.format):
                return renderer, renderer.media_type
        raise NotAcceptableError

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """Return the parser of the body's type or, where that says nothing, of its first bytes."""
        named = essence(request.content_type)
        for parser in parsers:
            if parser.media_type == named:
                return parser
        start = cast(DialectRequest, request).raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        for parser in parsers:
            if isinstance(parser, BodyParser) and parser.signs and start.startswith(parser.signs):
                return parser
        return None


def essence(content_type: str) -> str:
    """Return the media type without parameters, synonyms and ``+json`` made plain."""
    named = content_type.partition(";")[0].strip().lower()
    if named.endswith("+json"):
        return "application/json"
    if named.endswith("+xml"):
        return "application/xml"
    return _SYNONYMS.get(named, named)
