"""Write the contacts of a list, each once while nothing changes that is shown of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from api.base.kept_writing import KeptWriting
from api.redmineup.envelope.renderers import RailsXmlRenderer
from api.redmineup.mapping.contacts import Writing, to_wire
from api.redmineup.mapping.shapes import Items, Ready
from api.wire.json_text import write_json

NAME = "contact"

_kept: KeptWriting[object] = KeptWriting()


def contacts(documents: Sequence[dict[str, Any]], writing: Writing) -> Items:
    """Return the contacts of a page, written for JSON or for XML."""
    xml = RailsXmlRenderer()

    def write(document: Mapping[str, Any]) -> object:
        shown = to_wire(document, writing)
        if writing.is_xml:
            return Ready(xml.written(NAME, shown))
        return orjson.Fragment(write_json(shown))

    fields = tuple([field.key for field in writing.custom_fields])
    manner = (writing.is_xml, writing.is_nested, fields)
    return Items(NAME, _kept.written(writing.actor, manner, documents, write))
