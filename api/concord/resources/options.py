"""The small lists: sources, industries, outcomes of calls, types of activities, lost reasons."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.mapping import rules
from api.concord.mapping.bodies import Body
from api.concord.resources.activities import CALL_NAME, PHONE_CALL
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import Actor
from contacts.query import Condition, where
from contacts.services.options import create_option, delete_option, update_option

# Resource: option list, model.
LISTS: Mapping[str, tuple[str, str]] = {
    "sources": ("lead_source", "Source"),
    "industries": ("industry", "Industry"),
    "call-outcomes": ("call_outcome", "CallOutcome"),
    "activity-types": ("activity_type", "ActivityType"),
    "lost-reasons": ("lost_reason", "LostReason"),
}
RULES = rules.table(
    rules.text("name", "label", "option"),
    rules.number("id", "id", "option", is_default=False),
    rules.only_order("display_order", "position", "option", holds="number"),
    rules.count("created_at", "id", "option"),
    rules.count("updated_at", "id", "option"),
)


def write(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return options."""
    return [
        {
            "id": document["id"],
            "name": _name(document),
            "display_name": _name(document),
            "swatch_color": document["color"] or None,
            "icon": None,
            "flag": document["name"],
            "display_order": document["position"],
            "created_at": None,
            "updated_at": None,
            "authorizations": authorizations(actor, {}),
            "was_recently_created": shown.is_new,
        }
        for document in documents
    ]


def _name(document: Document) -> object:
    """Return what an option is called here."""
    return CALL_NAME if document["label"] == PHONE_CALL else document["label"]


def read(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of an option; its name is required on update, too."""
    body = Body(sent, creating=True)
    body.require("name")
    values: Values = {"label": body.text("name")}
    if "swatch_color" in sent:
        values["color"] = body.color("swatch_color") or ""
    body.finish()
    return values


def _resource(name: str, list_name: str, model: str) -> Resource:
    def scope(actor: Actor) -> Condition:
        return where(actor, "list_name", "eq", list_name, kind="option")

    def create(actor: Actor, values: Values) -> Mapping[str, Any]:
        return create_option(actor, {"list_name": list_name, **values})

    def holds(document: Document) -> bool:
        return bool(document["list_name"] == list_name)

    return Resource(
        name=name,
        model=model,
        kind="option",
        rules=RULES,
        order="name",
        write=write,
        scope=scope,
        holds=holds,
        read=read,
        create=create,
        update=update_option,
        delete=delete_option,
        administered=True,
    )


OPTION_RESOURCES = tuple(_resource(name, *about) for name, about in LISTS.items())
