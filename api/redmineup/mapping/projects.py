"""Write projects and their members as this dialect shows them, and read them."""

from collections.abc import Mapping
from typing import Any

from api.redmineup.mapping import names, options
from api.redmineup.mapping.places import project_id_of
from api.redmineup.mapping.shapes import Items, Wire, moment, present, reference
from contacts.access import Actor
from contacts.errors import Fault, InvalidError, NotFoundError
from contacts.fields import reference as tables
from contacts.query import get_record

ATTRIBUTES = {
    "name": "name",
    "identifier": "identifier",
    "description": "description",
    "homepage": "homepage",
    "is_public": "is_public",
    "inherit_members": "inherit_members",
}
# Our modules by the original's names; their ids are their places here.
MODULES = {"contacts": "contacts", "deals": "deals", "issue_tracking": "tickets"}


def to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a project."""
    head = {key: document[key] for key in ("id", "name", "identifier")}
    return {
        **head,
        "description": document["description"] or None,
        "homepage": document["homepage"] or None,
        **present({"parent": names.project(document["parent_id"])}),
        "status": document["status"],
        "is_public": document["is_public"],
        "inherit_members": document["inherit_members"],
        "created_on": moment(document["created_at"]),
        "updated_on": moment(document["updated_at"]),
    }


def trackers() -> Items:
    """Return what ``include=trackers`` adds: every project has all of them."""
    return Items("tracker", options.references(options.TRACKER))


def enabled_modules(document: Mapping[str, Any]) -> Items:
    """Return what ``include=enabled_modules`` adds."""
    enabled = [
        reference(number, name)
        for number, (name, module) in enumerate(MODULES.items(), start=1)
        if module in document["modules"]
    ]
    return Items("enabled_module", enabled)


def categories(documents: list[dict[str, Any]]) -> Items:
    """Return what ``include=issue_categories`` adds."""
    return Items("issue_category", [reference(each["id"], str(each["name"])) for each in documents])


def from_wire(actor: Actor, sent: Mapping[str, Any], *, creating: bool) -> dict[str, object]:
    """Return the values of a project; unknown attributes and modules are ignored.

    So is the identifier of a project that exists: it stays what it is.

    Raises InvalidError for a parent that does not exist.
    """
    values: dict[str, object] = {
        key: sent[name] for name, key in ATTRIBUTES.items() if name in sent
    }
    if not creating:
        values.pop("identifier", None)
    if "parent_id" in sent:
        values["parent"] = _parent(actor, sent["parent_id"])
    if "enabled_module_names" in sent:
        asked = sent["enabled_module_names"] or []
        asked = asked if isinstance(asked, list) else [asked]
        wanted = {str(each) for each in asked}
        values["modules"] = [module for name, module in MODULES.items() if name in wanted]
    return values


def member_to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a member of a project."""
    group = tables.user_groups().by_id.get(document["group_id"])
    roles = [reference(pk, tables.roles().name_of(pk)) for pk in document["roles"]]
    return present(
        {
            "id": document["id"],
            "project": names.project(document["project_id"]),
            "user": names.user(document["user_id"]),
            "group": reference(group.id, group.name) if group else None,
            "roles": Items("role", roles),
        }
    )


def member_from_wire(sent: Mapping[str, Any], *, creating: bool) -> dict[str, object]:
    """Return the values of a member: a user or, which is ours, a user group by ``group_id``."""
    values: dict[str, object] = {}
    if "role_ids" in sent:
        asked = sent["role_ids"]
        values["roles"] = [] if asked in (None, "") else asked
    if not creating:
        return values
    for name, key in (("group_id", "group"), ("user_id", "user")):
        if sent.get(name) not in (None, ""):
            return {**values, key: sent[name]}
    raise InvalidError([Fault("user", "blank")])


def role_to_wire(document: Mapping[str, Any]) -> Wire:
    """Return a role in a list."""
    return {"id": document["id"], "name": document["name"]}


def role_alone(document: Mapping[str, Any]) -> Wire:
    """Return a role with its rights."""
    return role_to_wire(document) | {"permissions": Items("permission", document["rights"])}


def _parent(actor: Actor, named: object) -> int | None:
    if named in (None, ""):
        return None
    try:
        # Before anything else is looked at, so a hidden one must look like a missing one here.
        project_id = project_id_of(named)
        get_record(actor, "project", project_id)
    except NotFoundError:
        raise InvalidError([Fault("parent", "unknown")]) from None
    return project_id
