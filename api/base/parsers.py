"""Read request bodies with the readers of ``api.wire``, keeping order and bounds.

What a parser returns becomes ``request.data``. Every parser works on the raw body that the view
has read already, because credentials and retry rules may need the bytes too.
"""

from collections.abc import Mapping
from typing import IO, Any, cast

from rest_framework.parsers import BaseParser
from rest_framework_xml.parsers import XMLParser

from api.base.requests import DialectRequest
from api.wire.charsets import UTF_8
from api.wire.json_text import read_json
from api.wire.multipart import boundary_of, header_parameters, read_parts
from api.wire.urlencoded import read_fields
from api.wire.xml_tree import read_xml

# DRF's words for what it hands to a parser.
Context = Mapping[str, Any]


class BodyParser(BaseParser):
    """The base of our parsers.

    ``signs`` are first bytes by which a body is known when its type is missing or unknown; an
    empty tuple means never, an empty sign means any body.
    """

    signs: tuple[bytes, ...] = ()

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Context | None = None,
    ) -> Any:  # noqa: ANN401 -- a body can be any value
        """Return the value of the body."""
        request = cast(DialectRequest, (parser_context or {})["request"])
        return self.value(request, header_parameters(media_type or ""))

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 -- as above
        """Return the value of the raw body; the parameters are those of its Content-Type."""
        raise NotImplementedError


class JsonParser(BodyParser):
    """Read JSON."""

    media_type = "application/json"
    signs: tuple[bytes, ...] = (b"{", b"[")

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 -- any JSON
        """Return the JSON value."""
        return read_json(
            request.raw,
            charset=parameters.get("charset", UTF_8),
            drop_nul=request.view.drops_nul,
        )


class HashXmlParser(BodyParser, XMLParser):
    """Read XML into ``{root name: value}``; see ``api.wire.xml_tree``."""

    media_type = "application/xml"
    signs = (b"<",)

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 -- any XML value
        """Return the hash of the elements."""
        return read_xml(request.raw, charset=parameters.get("charset", UTF_8))


class OrderedFormParser(BodyParser):
    """Read urlencoded forms in the dialect's grammar of brackets."""

    media_type = "application/x-www-form-urlencoded"
    signs = (b"",)

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Return the nested fields."""
        view = request.view
        fields = read_fields(
            request.raw, charset=parameters.get("charset", UTF_8), drop_nul=view.drops_nul
        )
        return view.form_grammar(fields)


class OrderedMultipartParser(BodyParser):
    """Read multipart forms, files among the fields, in the dialect's grammar of brackets."""

    media_type = "multipart/form-data"

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Return the nested fields and files."""
        view = request.view
        parts = read_parts(
            request.raw,
            boundary_of(request.content_type),
            charset=parameters.get("charset", UTF_8),
            drop_nul=view.drops_nul,
        )
        return view.form_grammar(parts)


class RawParser(BodyParser):
    """Leave the body as it is, for uploads."""

    media_type = "*/*"
    signs = (b"",)

    def value(self, request: DialectRequest, parameters: Mapping[str, str]) -> bytes:
        """Return the bytes."""
        return request.raw
