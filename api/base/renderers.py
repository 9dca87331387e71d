"""Write answers."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer
from rest_framework_xml.renderers import XMLRenderer

from api.wire.json_text import write_json
from api.wire.xml_text import DECLARATION, element, element_name, text_element

# DRF's words for what it hands to a renderer.
Context = Mapping[str, Any]


class OrjsonRenderer(BaseRenderer):
    """Write compact JSON; no data is an empty body."""

    media_type = "application/json"
    format = "json"
    charset: str | None = "utf-8"

    def render(
        self,
        data: Any,  # noqa: ANN401 -- any JSON value
        accepted_media_type: str | None = None,
        renderer_context: Context | None = None,
    ) -> bytes:
        """Return the bytes of the answer."""
        return b"" if data is None else write_json(data)


class PlainXmlRenderer(XMLRenderer):
    """Write XML; a dialect overrides ``document`` where its XML has manners of its own."""

    media_type = "application/xml"
    format = "xml"
    charset = "utf-8"
    declaration = DECLARATION

    def render(
        self,
        data: Any,  # noqa: ANN401 -- any value of the dialect
        accepted_media_type: str | None = None,
        renderer_context: Context | None = None,
    ) -> bytes:
        """Return the bytes of the answer."""
        if data is None:
            return b""
        return (self.declaration + self.document(data)).encode()

    def document(self, data: Any) -> str:  # noqa: ANN401 -- any value of the dialect
        """Return the root element."""
        return self.written(self.root_tag_name, data)

    def written(self, name: str, value: Any) -> str:  # noqa: ANN401 -- any value of the dialect
        """Return an element for a value: keys become children, items repeat the item's tag."""
        if isinstance(value, Mapping):
            inner = [self.written(element_name(str(key)), item) for key, item in value.items()]
            return element(name, "".join(inner))
        if isinstance(value, list | tuple):
            return element(name, "".join(self.written(self.item_tag_name, item) for item in value))
        if isinstance(value, bool):
            return text_element(name, "true" if value else "false")
        return text_element(name, None if value is None else str(value))
