"""Write tickets as issues, and read issues into tickets."""

from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping import names, options
from api.redmineup.mapping.shapes import Wire, moment, present, reference
from contacts.access import Actor

# Attributes that are one field of ours, as they come.
ATTRIBUTES = {
    "subject": "subject",
    "description": "description",
    "start_date": "starts_on",
    "due_date": "due_on",
    "done_ratio": "done_ratio",
    "is_private": "is_private",
    "assigned_to_id": "owner",
    "category_id": "category",
    "contact_id": "contact",
}
LISTS = {
    "tracker_id": ("tracker", options.TRACKER),
    "status_id": ("status", options.STATUS),
    "priority_id": ("priority", options.PRIORITY),
}


def to_wire(document: Mapping[str, Any]) -> Wire:
    """Return an issue; absent references have no key."""
    return {
        "id": document["id"],
        **_references(document),
        "subject": document["subject"],
        "description": document["description"] or None,
        "start_date": document["starts_on"],
        "due_date": document["due_on"],
        "done_ratio": document["done_ratio"],
        "is_private": document["is_private"],
        "created_on": moment(document["created_at"]),
        "updated_on": moment(document["updated_at"]),
        "closed_on": moment(document["closed_at"]),
    }


def from_wire(actor: Actor, sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a ticket; unknown attributes are ignored."""
    values: dict[str, object] = {
        key: sent[name] for name, key in ATTRIBUTES.items() if name in sent
    }
    for name, (key, list_name) in LISTS.items():
        if name in sent:
            values[key] = options.option_id(list_name, sent[name])
    if values.get("owner") == "me":
        values["owner"] = actor.user_id
    return values


def _references(document: Mapping[str, Any]) -> Wire:
    category, contact = document["category"], document["contact"]
    return present(
        {
            "project": names.project(document["project_id"]),
            "tracker": options.written(document["tracker_id"]),
            "status": options.written_status(document["status_id"]),
            "priority": options.written(document["priority_id"]),
            "author": names.user(document["author_id"]),
            "assigned_to": names.user(document["owner_id"]),
            "category": reference(category["id"], category["name"]) if category else None,
            "contact": reference(contact["id"], contact["name"]) if contact else None,
        }
    )
