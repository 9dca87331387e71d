"""Write what a search over everything has found."""

from collections.abc import Callable, Mapping
from typing import Any

from api.redmineup.mapping.attachments import Link
from api.redmineup.mapping.shapes import Wire, moment

Document = Mapping[str, Any]

# What is searched, by the parameter that asks for it, in the order of the results.
KINDS = {
    "contacts": "contact",
    "deals": "deal",
    "notes": "note",
    "issues": "ticket",
    "projects": "project",
}


def to_wire(kind: str, document: Document, link: Link) -> Wire:
    """Return one result."""
    title, text = WORDS[kind](document)
    return {
        "id": document["id"],
        "title": title,
        "type": "issue" if kind == "ticket" else kind,
        "url": link(f"{_PLACES[kind]}/{document['id']}"),
        "description": text or "",
        "datetime": moment(document["created_at"]),
    }


WORDS: dict[str, Callable[[Document], tuple[str, str | None]]] = {
    "contact": lambda contact: (contact["display_name"], contact.get("background")),
    "deal": lambda deal: (deal["name"], deal["background"]),
    "note": lambda note: (note["subject"] or note["about"]["name"], note["content"]),
    "ticket": lambda ticket: (ticket["subject"], ticket["description"]),
    "project": lambda project: (project["name"], project["description"]),
}
_PLACES = {
    "contact": "/contacts",
    "deal": "/deals",
    "note": "/notes",
    "ticket": "/issues",
    "project": "/projects",
}
