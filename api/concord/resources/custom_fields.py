"""Definitions of custom fields, kept by administrators."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.labels import SECOND, custom_name
from api.concord.mapping import rules
from api.concord.mapping.bodies import Body
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import Actor, readable_custom_fields
from contacts.errors import ForbiddenError
from contacts.query import Condition
from contacts.services.custom_fields import (
    create_custom_field,
    delete_custom_field,
    update_custom_field,
)

# Type on the wire: type of the domain, whether a record may have several values, how it looks.
TYPES: Mapping[str, tuple[str, bool, str]] = {
    "Text": ("text", False, ""),
    "Textarea": ("long_text", False, ""),
    "Number": ("integer", False, ""),
    "Numeric": ("decimal", False, ""),
    "Boolean": ("boolean", False, ""),
    "Date": ("date", False, ""),
    "DateTime": ("datetime", False, ""),
    "Url": ("link", False, ""),
    "Select": ("option", False, ""),
    "MultiSelect": ("option", True, ""),
    "Radio": ("option", False, "radio"),
    "Checkbox": ("option", True, "checkboxes"),
    "Email": ("text", False, "email"),
    "Timezone": ("text", False, "time_zone"),
    "ColorSwatch": ("text", False, "color"),
}
# What the domain knows as a control; other looks are only ours.
CONTROLS = frozenset({"radio", "checkboxes"})
UNIQUE = frozenset({"Text", "Number", "Email"})
# Resource: the kind of record, and the kinds of contact.
OWNERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "contacts": ("contact", ("person",)),
    "companies": ("contact", ("organization",)),
    "deals": ("deal", ()),
    "products": ("product", ()),
}
PREFIX = "cf_"
_NAME = re.compile(r"cf_[a-z_]{3,61}")
RULES = rules.table(
    rules.number("id", "id", "custom_field"),
    rules.text("label", "label", "custom_field"),
    rules.text("field_id", "slug", "custom_field"),
    rules.count("created_at", "id", "custom_field"),
)


def write(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return definitions."""
    return [_definition(actor, document, shown) for document in documents]


def _definition(actor: Actor, document: Document, shown: Shown) -> Wire:
    name = type_of(document)
    written: Wire = {
        "id": document["id"],
        "field_type": name,
        "resource_name": _owner_of(document),
        "field_id": custom_name(str(document["slug"])),
        "label": document["label"],
        "display_name": document["label"],
        "is_unique": document["is_unique"] if name in UNIQUE else None,
        "created_at": document["created_at"],
        "updated_at": document["updated_at"],
        "authorizations": authorizations(actor, {}),
        "was_recently_created": shown.is_new,
    }
    if document["type"] == "option":
        written["options"] = [
            {
                "id": option["id"],
                "name": option["label"],
                "swatch_color": option["color"] or None,
                "display_order": option["position"],
            }
            for option in document["options"]
            if option["is_active"]
        ]
    return written


def type_of(document: Document) -> str:
    """Return what the type of a definition is called here."""
    looks = document["control"] or document["appearance"]
    about = (document["type"], bool(document["is_multiple"]), looks)
    for name, each in TYPES.items():
        if each == about:
            return name
    return next((name for name, each in TYPES.items() if each[:2] == about[:2]), "Text")


def _owner_of(document: Document) -> str:
    if document["object_kind"] != "contact":
        return f"{document['object_kind']}s"
    return "companies" if list(document["kinds"] or ()) == ["organization"] else "contacts"


def read(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a definition; its type, name and resource never change."""
    body = Body(sent, creating=before is None, labels={"label": "Label"})
    body.require("label")
    values: Values = {}
    if "label" in sent:
        values["label"] = body.text("label")
    is_choice = before is not None and before["type"] == "option"
    if before is None:
        values |= _fixed(body)
        is_choice = values.get("type") == "option"
    if "field_type" not in body.messages and ("options" in sent or (is_choice and before is None)):
        values |= _options(body, is_choice=is_choice)
    body.finish()
    return values


def _fixed(body: Body) -> Values:
    body.require("resource_name", "field_type", "field_id")
    sent = body.sent
    found: Values = {}
    owner = OWNERS.get(str(sent.get("resource_name")))
    if owner is not None:
        found |= {"object_kind": owner[0], "kinds": list(owner[1])}
    elif sent.get("resource_name") is not None:
        body.reject("resource_name", "The selected {label} is invalid.")
    kind = TYPES.get(str(sent.get("field_type")))
    if kind is not None:
        looks = "control" if kind[2] in CONTROLS else "appearance"
        found |= {"type": kind[0], "is_multiple": kind[1], looks: kind[2]}
        if sent.get("field_type") in UNIQUE:
            found["is_unique"] = bool(body.truth("is_unique"))
    elif sent.get("field_type") is not None:
        body.reject("field_type", "The selected {label} is invalid.")
    name = sent.get("field_id")
    if name is not None and not _NAME.fullmatch(str(name)):
        body.reject("field_id", "The {label} field format is invalid.")
    found["slug"] = str(name).removeprefix(PREFIX)
    return found


def _options(body: Body, *, is_choice: bool) -> Values:
    value = body.sent.get("options")
    items = value if isinstance(value, list) else []
    names = [item.get("name") if isinstance(item, Mapping) else item for item in items]
    if not is_choice:
        if items:
            body.reject("options", "The {label} field is prohibited.")
        return {}
    if not names:
        body.reject("options", "The {label} field is required.")
    if any(not isinstance(name, str) or "," in name for name in names):
        body.reject("options", "The {label} field format is invalid.")
        return {}
    if len({str(name).casefold() for name in names}) < len(names):
        body.reject("options", "The {label} field has a duplicate value.")
        return {}
    return {
        "options": [
            {"label": name}
            | ({"id": item["id"]} if isinstance(item, Mapping) and item.get("id") else {})
            for name, item in zip(names, items, strict=True)
        ]
    }


def _apart(values: Values) -> tuple[Values, list[Any] | None]:
    options = values.get("options")
    rest = {key: value for key, value in values.items() if key != "options"}
    return rest, options if isinstance(options, list) else None


def create(actor: Actor, values: Values) -> Mapping[str, Any]:
    """Define a field with its options."""
    rest, options = _apart(values)
    if _is_of_others(actor, rest):
        rest["slug"] = f"{rest['slug']}{SECOND}"
    return create_custom_field(actor, rest, options=options)


def _is_of_others(actor: Actor, values: Values) -> bool:
    """Tell whether a name is free in its resource, and taken among the other contacts."""
    kind, kinds = str(values["object_kind"]), values["kinds"]
    same = [each for each in readable_custom_fields(actor, kind) if each.slug == values["slug"]]
    return bool(same) and all(
        each.applies_to and isinstance(kinds, list) and each.applies_to.isdisjoint(kinds)
        for each in same
    )


def update(actor: Actor, field_id: int, values: Values) -> object:
    """Change the label and the options of a definition."""
    rest, options = _apart(values)
    return update_custom_field(actor, field_id, rest, options=options)


def administrators_only(actor: Actor) -> Condition | None:
    """Raise ForbiddenError for whoever is no administrator; all definitions for the others."""
    if not actor.is_administrator:
        raise ForbiddenError("administrator", "custom_field")
    return None


CUSTOM_FIELDS = Resource(
    private=True,
    name="custom-fields",
    model="CustomField",
    kind="custom_field",
    rules=RULES,
    order="id|desc",
    write=write,
    administered=True,
    scope=administrators_only,
    read=read,
    create=create,
    update=update,
    delete=delete_custom_field,
)
