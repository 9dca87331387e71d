"""Write the definitions of custom fields down, and read them in elsewhere.

A field is known by the kind of its records and its short name; groups, projects and levels by their
names, since numbers differ from one installation to the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from contacts.access import Actor
from contacts.access.visibility import visible_custom_fields
from contacts.errors import Fault, InvalidError
from contacts.index import roll_back
from contacts.models import CustomField, CustomFieldGroup, MembershipLevel, Project
from contacts.services.custom_fields import (
    create_custom_field,
    create_custom_field_group,
    update_custom_field,
)

FORMAT = "custom fields"
MOST = 1_000
PLAIN = (
    *("object_kind", "label", "slug", "type", "control", "help_text", "terms_url", "is_required"),
    *("is_multiple", "default", "pattern", "min_length", "max_length", "is_unique", "appearance"),
    *("is_searchable", "is_filterable", "is_active", "is_for_members", "access", "kinds"),
    *("position", "is_in_form", "is_in_list", "is_required_in_forms"),
)
OPTION = ("label", "value", "color", "is_active")

Json = dict[str, Any]  # whatever a file holds


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one definition: "new", "changed", "same" or "refused" for its faults."""

    label: str
    kind: str
    outcome: str
    faults: Sequence[Fault] = ()


def written_definitions(actor: Actor) -> Json:
    """Return all definitions as they are written into a file."""
    actor.require_administrator()
    fields = CustomField.objects.select_related("group").prefetch_related(
        "options", "projects", "levels"
    )
    ordered = fields.order_by("object_kind", "position", "pk")
    return {"format": FORMAT, "version": 1, "fields": [_written(field) for field in ordered]}


def read_definitions(actor: Actor, said: object) -> list[Read]:
    """Take over the definitions of a file; nothing where one of them is refused.

    Fields that are not in the file stay. Raises ForbiddenError, InvalidError for no such file.
    """
    actor.require_administrator()
    fields = said.get("fields") if isinstance(said, Mapping) else None
    if not isinstance(said, Mapping) or said.get("format") != FORMAT:
        raise InvalidError([Fault("file", "invalid")])
    if not isinstance(fields, list) or len(fields) > MOST:
        raise InvalidError([Fault("file", "too_large", {"limit": MOST})])
    with transaction.atomic():
        found = [_read(actor, each) for each in fields]
        if any(each.outcome == "refused" for each in found):
            roll_back()
    return found


def _written(field: CustomField) -> Json:
    return {
        **{name: getattr(field, name) for name in PLAIN},
        "group": field.group.title if field.group else "",
        "projects": [project.identifier for project in field.projects.all()],
        "levels": [level.name for level in field.levels.all()],
        "options": [
            {name: getattr(option, name) for name in OPTION} for option in field.options.all()
        ],
    }


def _read(actor: Actor, said: object) -> Read:
    if not isinstance(said, Mapping):
        return Read("", "", "refused", [Fault("file", "invalid")])
    label, kind = str(said.get("label") or ""), str(said.get("object_kind") or "contact")
    same = visible_custom_fields(actor).filter(object_kind=kind, slug=str(said.get("slug") or ""))
    stored = same.first()
    if stored is not None and _fits(_written(stored), said):
        return Read(label, kind, "same")
    try:
        with transaction.atomic():
            _store(actor, said, stored)
    except InvalidError as error:
        return Read(label, kind, "refused", error.faults)
    return Read(label, kind, "new" if stored is None else "changed")


def _fits(stored: Json, said: Mapping[str, Any]) -> bool:
    return all(said.get(name, value) == value for name, value in stored.items())


def _store(actor: Actor, said: Mapping[str, Any], stored: CustomField | None) -> None:
    values = {name: said[name] for name in PLAIN if name in said}
    values |= {name: found for name, found in _links(actor, said).items() if name in said}
    options = said.get("options")
    if not isinstance(options, list):
        options = None
    if stored is None:
        create_custom_field(actor, values, options=options)
    else:
        values.pop("object_kind", None)
        update_custom_field(actor, stored.pk, values, options=options)


def _links(actor: Actor, said: Mapping[str, Any]) -> dict[str, object]:
    """Return group, projects and levels by the numbers that they have here."""
    return {
        "group": _group(actor, str(said.get("group") or "")),
        "projects": _numbers("projects", "identifier", said),
        "levels": _numbers("levels", "name", said),
    }


def _group(actor: Actor, title: str) -> int | None:
    if not title:
        return None
    known = CustomFieldGroup.objects.filter(title=title).order_by("pk").first()
    if known is not None:
        return known.pk
    return int(str(create_custom_field_group(actor, {"title": title, "is_active": True})["id"]))


def _numbers(name: str, column: str, said: Mapping[str, Any]) -> list[int]:
    named = said.get(name)
    wanted = [str(each) for each in named] if isinstance(named, list) else []
    model = {"projects": Project, "levels": MembershipLevel}[name]
    rows = model._default_manager.filter(**{f"{column}__in": wanted})
    known = dict(rows.values_list(column, "pk"))
    missing = [each for each in wanted if each not in known]
    if missing:
        raise InvalidError([Fault(name, "unknown", {"value": each}) for each in missing])
    return sorted(known.values())
