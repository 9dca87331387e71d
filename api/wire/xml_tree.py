"""Read XML into the hash that Rails makes of it.

    <contact><first-name>Ann</first-name><phones type="array"><phone>1</phone></phones></contact>
    {"contact": {"first_name": "Ann", "phones": ["1"]}}

A dash equals an underscore, attributes are keys like child elements, repeated children are a
list, an empty element is None. The attribute ``type`` casts: ``integer``, ``float``, ``boolean``,
``string``, ``array``. Dates stay text, because they arrive as text in JSON too. What does not fit
its type stays text, so that the check of the field can name it. An element that has text of its
own is that text, whatever else it holds.
"""

import math
import re
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from api.wire.charsets import UTF_8, codec_named, text_of
from api.wire.errors import LimitError, MalformedError, WireError

XmlValue: TypeAlias = "str | int | float | bool | list[XmlValue] | dict[str, XmlValue] | None"

MAX_DEPTH = 100
MAX_ELEMENTS = 50_000

# Rails once built objects from these: CVE-2013-0156.
_REFUSED_TYPES = frozenset({"yaml", "symbol"})
_TRUE = frozenset({"1", "true"})
_SAYS_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding|\xff\xfe|\xfe\xff")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


def read_xml(
    raw: bytes,
    *,
    charset: str = UTF_8,
    max_depth: int = MAX_DEPTH,
    max_elements: int = MAX_ELEMENTS,
) -> dict[str, XmlValue]:
    """Return ``{root name: value}``; document types and entities are refused.

    ``charset`` is what the request says of the bytes; it counts where the document itself says
    nothing and is not UTF-8.
    """
    text: bytes | str = raw
    if charset != UTF_8 and not _SAYS_ENCODING.match(raw) and not _is_utf_8(raw):
        text = text_of(raw, codec_named(charset))
    builder = _Builder(max_depth, max_elements)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(text)
        root: dict[str, XmlValue] = parser.close()
    except WireError:
        raise
    except ParseError as error:
        line, column = error.position
        raise MalformedError(f"not well-formed XML in line {line}", column) from None
    except DefusedXmlException:
        raise MalformedError("XML with a document type or an entity") from None
    except (LookupError, ValueError):
        raise MalformedError("XML in an unknown encoding") from None
    return root


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True


@dataclass
class _Element:
    attributes: dict[str, str]
    children: list[tuple[str, XmlValue]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Builder:
    """Receive the parser's events and stop it at the first breach of a bound."""

    def __init__(self, max_depth: int, max_elements: int) -> None:
        self.max_depth = max_depth
        self.max_elements = max_elements
        self.elements = 0
        self.open: list[_Element] = [_Element({})]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > self.max_elements:
            raise LimitError("XML elements", self.max_elements)
        if len(self.open) > self.max_depth:
            raise LimitError("levels of XML", self.max_depth)
        self.open.append(_Element({_key(name): text for name, text in attributes.items()}))

    def data(self, text: str) -> None:
        self.open[-1].text.append(text)

    def end(self, tag: str) -> None:
        element = self.open.pop()
        self.open[-1].children.append((_key(tag), _value(element)))

    def close(self) -> dict[str, XmlValue]:
        return dict(self.open[0].children)


def _key(name: str) -> str:
    # ElementTree writes a name with a namespace as "{address}name".
    return name.rpartition("}")[2].replace("-", "_")


def _value(element: _Element) -> XmlValue:
    kind = element.attributes.get("type", "").lower()
    if kind in _REFUSED_TYPES:
        raise MalformedError(f"XML of type {kind}")
    text = "".join(element.text)
    if element.attributes.get("nil") == "true":
        return None
    if kind == "array":
        return [value for _, value in element.children]
    if text.strip():
        return _cast(text, kind)
    if element.children or element.attributes.keys() - {"type", "nil"}:
        return _mapping(element)
    return "" if kind == "string" else None


def _mapping(element: _Element) -> XmlValue:
    found: dict[str, XmlValue] = {
        name: text for name, text in element.attributes.items() if name != "nil"
    }
    repeated: dict[str, list[XmlValue]] = {}
    for name, value in element.children:
        if name in repeated:
            repeated[name].append(value)
        elif name in found:
            found[name] = repeated[name] = [found[name], value]
        else:
            found[name] = value
    return found


def _cast(text: str, kind: str) -> XmlValue:
    word = text.strip()
    if kind == "boolean":
        return word.lower() in _TRUE
    if kind == "integer":
        return int(word) if _INTEGER.fullmatch(word) else text
    if kind == "float":
        return _float(word, text)
    return text


def _float(word: str, text: str) -> float | str:
    try:
        number = float(word)
    except ValueError:
        return text
    return number if math.isfinite(number) else text
