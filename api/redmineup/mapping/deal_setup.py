"""Write the statuses and categories of deals, and read categories."""

import re
from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping.shapes import Items, Wire
from contacts.errors import Fault, InvalidError

# The original's limit; ours is wider.
CATEGORY_LENGTH = 30
COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def status_to_wire(document: Mapping[str, Any], position: int) -> Wire:
    """Return a status; positions are counted from one."""
    return {
        "id": document["id"],
        "name": document["name"],
        "position": position,
        "is_default": document["is_default"],
        "status_type": document["outcome"],
        "color": color_number(document["color"]),
    }


def statuses(documents: list[dict[str, Any]]) -> Items:
    """Return all statuses in their order."""
    written = (status_to_wire(each, place) for place, each in enumerate(documents, start=1))
    return Items("deal_status", written)


def color_number(color: str) -> int | None:
    """Return a colour as the number of its 24 bits."""
    return int(color[1:], 16) if COLOR.fullmatch(color) else None


def category_to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a category."""
    return {"id": document["id"], "name": document["name"]}


def category_from_wire(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a category; raises InvalidError for a name that is too long here."""
    if "name" not in sent:
        return {}
    name = sent["name"]
    if isinstance(name, str) and len(name.strip()) > CATEGORY_LENGTH:
        raise InvalidError([Fault("name", "too_long", {"limit": CATEGORY_LENGTH})])
    return {"name": name}
