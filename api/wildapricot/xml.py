"""Write answers as XML, for the vendor's workbooks and database macros.

Elements are called as the keys of the JSON, without a namespace; docs/dialects/wildapricot.md,
"XML".
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from api.base.renderers import Context, PlainXmlRenderer
from api.base.requests import DialectRequest
from api.wire.xml_text import element, element_name, text, text_element

ROOT = {"xmlns:i": "http://www.w3.org/2001/XMLSchema-instance"}
NOTHING = {"i:nil": "true"}

# What the items of a list are called, by the key of the list.
ITEMS = {
    "Contacts": "Contact",
    "ContactIdentifiers": "int",
    "ContactIds": "int",
    "FieldValues": "ContactField",
    "AllowedValues": "ListItem",
    "Resources": "Resource",
    "AllowedOperations": "string",
    "Members": "LinkedResource",
    "MemberCanChangeToLevels": "LinkedResource",
    "AllowedActions": "LinkedResource",
    "ExistsInLevels": "LinkedResource",
    "details": "detail",
}
# Macros read the first characters of an element, so these come first and the label last.
FIRST = ("Id", "Name", "FieldName", "SystemCode")
LAST = ("Label",)
# Of an option only these are written: macros take whatever stands behind the label for part of it.
OF_OPTION = frozenset({"Id", "Label"})

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class AnswerXmlRenderer(PlainXmlRenderer):
    """Write what the view answers; the view says what its records are called (`xml_item`)."""

    def render(
        self,
        data: Any,  # noqa: ANN401 -- any value of the dialect
        accepted_media_type: str | None = None,
        renderer_context: Context | None = None,
    ) -> bytes:
        """Return the bytes of the answer."""
        if data is None:
            return b""
        view = (renderer_context or {}).get("view")
        item = str(getattr(view, "xml_item", "") or "Item")
        return (self.declaration + _document(data, item)).encode()


def _document(data: object, item: str) -> str:
    if isinstance(data, list):
        inner = "".join(_written(item, each) for each in data)
        return element(f"ArrayOf{item}", inner, ROOT)
    if isinstance(data, Mapping):
        return element(_root_of(data, item), _inside(data), ROOT)
    return element(_type_of(data), _text(data), ROOT)


def _root_of(data: Mapping[str, object], item: str) -> str:
    if "code" in data and "message" in data:
        return "Error"
    return item if "Id" in data else "ApiResponse"


def _inside(data: Mapping[str, object]) -> str:
    return "".join(_written(key, data[key]) for key in _ordered(data))


def _ordered(data: Mapping[str, object]) -> Iterable[str]:
    first = [key for key in FIRST if key in data]
    last = [key for key in LAST if key in data]
    return [*first, *(key for key in data if key not in (*FIRST, *LAST)), *last]


def _written(key: str, value: object) -> str:
    if key == "Value":
        return _value(value)
    name = element_name(key)
    if isinstance(value, Mapping):
        is_option = key == "ListItem"
        return element(name, _option(value) if is_option else _inside(value))
    if isinstance(value, list):
        return element(name, "".join(_written(ITEMS.get(key, "Item"), each) for each in value))
    if value is None:
        return element(name, "", NOTHING)
    return text_element(name, _text_of(value))


def _value(value: object) -> str:
    """Return the value of a field: a text, an option, or one child per option."""
    if value is None:
        return element("Value", "", NOTHING)
    if isinstance(value, list):
        inner = "".join(element("ListItem", _option(each)) for each in value)
        return element("Value", inner, {"i:type": "a:ArrayOfanyType"})
    if isinstance(value, Mapping):
        return element("Value", _option(value))
    return element("Value", _text(value), {"i:type": f"a:{_type_of(value)}"})


def _option(value: object) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    shown = {key: each for key, each in value.items() if key in OF_OPTION or "Label" not in value}
    return _inside(shown)


def _type_of(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "decimal"
    return "dateTime" if isinstance(value, str) and _MOMENT.match(value) else "string"


def _text(value: object) -> str:
    """Return the escaped text of a scalar."""
    return text(_text_of(value))


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def format_of(request: DialectRequest, _suffix: str | None) -> str | None:
    """Return "xml" where the client likes XML better than everything else that we write.

    Whatever else it asks for, it gets JSON; docs/dialects/wildapricot.md, "Addresses".
    """
    ranks = _ranks(request.headers.get("Accept", ""))
    best = max((ranks.get(kind, 0.0) for kind in ("application/xml", "text/xml")), default=0.0)
    others = ("application/json", "text/json", "text/html", "*/*", "application/*", "text/*")
    return "xml" if best > max(ranks.get(kind, 0.0) for kind in others) else None


def _ranks(accept: str) -> dict[str, float]:
    """Return how much the client likes each media type; the best mention counts."""
    ranks: dict[str, float] = {}
    for part in accept.split(","):
        kind, _, rest = part.partition(";")
        found = re.search(r"(?:^|;)\s*q\s*=\s*([0-9.]+)", rest)
        try:
            rank = float(found[1]) if found else 1.0
        except ValueError:
            rank = 0.0
        key = kind.strip().lower()
        ranks[key] = max(rank, ranks.get(key, 0.0))
    return ranks
