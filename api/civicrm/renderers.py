"""Write answers as JSON, plain text, or this protocol's XML."""

from collections.abc import Mapping
from typing import Any

from api.base.renderers import Context, OrjsonRenderer, PlainXmlRenderer
from api.wire.json_text import write_json
from api.wire.xml_text import element, element_name, text_element

NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"


class CiviJsonRenderer(OrjsonRenderer):
    """Write JSON, indented where ``prettyprint`` asks for it."""

    charset = None

    def render(
        self,
        data: Any,  # noqa: ANN401 -- any JSON value
        accepted_media_type: str | None = None,
        renderer_context: Context | None = None,
    ) -> bytes:
        """Return the bytes of the answer."""
        request = (renderer_context or {}).get("request")
        is_pretty = getattr(request, "is_pretty", False)
        return write_json(data, indent=is_pretty)


class CiviXmlRenderer(PlainXmlRenderer):
    """Write XML: one ``Result`` for each record, without the wrapper around them.

    The original writes the numbers of lists as names of elements, which is not well-formed; here
    they are ``item`` (docs/dialects/civicrm.md, "XML").
    """

    media_type = "text/xml"
    format = "xml"
    charset = "UTF-8"
    declaration = '<?xml version="1.0"?>\n'

    def document(self, data: Any) -> str:  # noqa: ANN401 -- any answer
        """Return the root element."""
        if not isinstance(data, Mapping):
            data = {"is_error": 0, "values": data} if isinstance(data, list) else {"result": data}
        attributes = {"xmlns:xsi": NAMESPACE}
        if "count" in data and "is_error" in data:
            attributes["count"] = str(data["count"])
        start = " ".join(f'{name}="{value}"' for name, value in attributes.items())
        results = "".join(self.results(data))
        return f"<ResultSet {start}>{_line(results)}</ResultSet>"

    def results(self, data: Mapping[str, Any]) -> list[str]:
        """Return the elements of the records, or one of an answer that has none."""
        values = data.get("values")
        if "values" not in data or not isinstance(values, dict | list):
            return [self.result(data)]
        pairs = values.items() if isinstance(values, dict) else enumerate(values)
        return [
            self.result(value)
            if isinstance(value, Mapping)
            else self.result({"id": str(key), "value": value})
            for key, value in pairs
        ]

    def result(self, record: Mapping[str, Any]) -> str:
        """Return one record."""
        return f"<Result>{self._children(record)}</Result>\n"

    def _children(self, record: Mapping[str, Any]) -> str:
        return "".join(self._child(_name(str(key)), value) for key, value in record.items())

    def _child(self, name: str, value: Any) -> str:  # noqa: ANN401 -- JSON
        if isinstance(value, Mapping):
            return element(name, self._children(value))
        if isinstance(value, list):
            return element(name, "".join(self._child("item", item) for item in value))
        if isinstance(value, bool):
            return text_element(name, str(int(value)))
        return text_element(name, None if value is None else str(value))


def _line(results: str) -> str:
    """Return elements that begin on a line of their own, where there are any."""
    return f"\n{results}" if results else ""


def _name(key: str) -> str:
    """Return the name of an element for a key; a number is an item of a list."""
    return "item" if key.isdecimal() else element_name(key.replace(".", "_"))


class PlainRenderer(OrjsonRenderer):
    """Write a text of one line, as the original refuses credentials."""

    media_type = "text/plain"
    format = "txt"
    charset = "utf-8"

    def render(
        self,
        data: Any,  # noqa: ANN401 -- text, or a document of a refusal
        accepted_media_type: str | None = None,
        renderer_context: Context | None = None,
    ) -> bytes:
        """Return the bytes of the answer."""
        if isinstance(data, Mapping):
            data = data.get("error_message", "")
        return str(data).encode()
