"""Write what a contact is shown together with."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.redmineup.mapping import deals, issues
from api.redmineup.mapping.contacts import shown_name
from api.redmineup.mapping.shapes import Items, reference

Documents = Sequence[Mapping[str, Any]]

DEAL_KEYS = (
    "id",
    "price",
    "currency",
    "price_type",
    "name",
    "project",
    "status",
    "background",
    "created_on",
    "updated_on",
)
ISSUE_KEYS = ("id", "subject", "status", "due_date", "created_on", "updated_on")


def people(documents: Documents) -> Items:
    """Return the people of a company."""
    found = (reference(each["id"], _name(each)) for each in documents)
    return Items("contact", found)


def deal_items(documents: Documents) -> Items:
    """Return the deals of a contact."""
    return Items("deal", (_picked(deals.to_wire(each, []), DEAL_KEYS) for each in documents))


def ticket_items(documents: Documents, tag: str) -> Items:
    """Return the tickets of a contact, each as an element of the name that was asked for."""
    return Items(tag, (_picked(issues.to_wire(each), ISSUE_KEYS) for each in documents))


def _name(document: Mapping[str, Any]) -> str:
    return str(document.get("display_name") or shown_name(document))


def _picked(written: Mapping[str, object], keys: Sequence[str]) -> dict[str, object]:
    return {key: written[key] for key in keys if key in written}
