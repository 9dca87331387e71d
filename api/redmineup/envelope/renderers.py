"""Write answers as Rails' builders do."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from api.base.renderers import PlainXmlRenderer
from api.redmineup.mapping.shapes import Items, Marked, Ready
from api.wire.xml_text import array, attribute, element, element_name, text_element

# DRF's words for what it hands to a renderer.
Context = Mapping[str, Any]


class RailsXmlRenderer(PlainXmlRenderer):
    """Write the first key of an answer as the root; keys beside a list are its attributes."""

    def document(self, data: Any) -> str:  # noqa: ANN401 -- any answer of this dialect
        """Return the root element."""
        (name, value), *beside = data.items()
        if isinstance(value, Items):
            attributes = {key: _plain(item) for key, item in beside}
            return array(name, [self.written(value.tag, item) for item in value], attributes)
        return self.written(name, value)

    def written(self, name: str, value: Any) -> str:  # noqa: ANN401 -- any value of an answer
        """Return an element for a value."""
        # Most of what a page holds is text or nothing.
        if isinstance(value, str):
            return value if type(value) is Ready else text_element(name, value)
        if isinstance(value, Items):
            tag = value.tag
            return array(name, [self.written(tag, item) for item in value])
        if isinstance(value, Marked):
            return self._marked(name, value)
        if isinstance(value, dict):
            inner = [self.written(element_name(str(key)), item) for key, item in value.items()]
            return element(name, "".join(inner))
        if isinstance(value, list | tuple):
            return array(name, [self.written(name, item) for item in value])
        return text_element(name, _plain(value)) if value is not None else f"<{name}/>"

    def _marked(self, name: str, value: Marked) -> str:
        start, attributes = name, value.attributes or tuple(value)
        for key in attributes:
            if key in value:
                start += f' {key}="{attribute(_plain(value[key]))}"'
        inner = [
            self.written(element_name(key), item)
            for key, item in value.items()
            if key not in attributes
        ]
        content = "".join(inner)
        return f"<{start}>{content}</{name}>" if content else f"<{start}/>"


def _plain(value: object) -> str:
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


class TextRenderer(BaseRenderer):
    """Pass on what is text already."""

    charset = "utf-8"

    def render(
        self,
        data: Any,  # noqa: ANN401 -- text or the sentences of a refusal
        accepted_media_type: str | None = None,
        renderer_context: Context | None = None,
    ) -> bytes:
        """Return the bytes of the answer."""
        if isinstance(data, Mapping):
            data = "\n".join(str(each) for each in data.get("errors", ()))
        return str(data or "").encode()


class HtmlRenderer(TextRenderer):
    """Write pages; what is no page stays empty."""

    media_type = "text/html"
    format = "html"


class CsvRenderer(TextRenderer):
    """Write tables."""

    media_type = "text/csv"
    format = "csv"


class VcardRenderer(TextRenderer):
    """Write business cards."""

    media_type = "text/x-vcard"
    format = "vcf"
