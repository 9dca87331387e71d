"""Create, change and delete projects; only administrators do."""

import re
from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.errors import ConflictError, Fault, InvalidError
from contacts.fields import reference
from contacts.models import Project
from contacts.models.projects import IDENTIFIER_PATTERN, all_modules
from contacts.services.project_contents import clear_contents, forget_limits, is_used, move_contents
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]


def create_project(actor: Actor, values: Values) -> Document:
    """Create a project; it has all modules unless it names them.

    Raises ForbiddenError, InvalidError.
    """
    actor.require_administrator()
    with transaction.atomic():
        row = Project()
        cleaned, faults = check_values(actor, "project", values, creating=True)
        require_no_faults(faults + _faults(row, cleaned))
        if values.get("modules") is None:
            cleaned.pop("modules", None)
        document = store_new(actor, row, "project", cleaned)
        reference.bump("people")
        return document


def update_project(actor: Actor, project_id: int, values: Values) -> Document:
    """Change a project, also its status; its identifier stays, because forms and links name it.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, project_id)
        cleaned, faults = check_values(actor, "project", values, creating=False)
        if cleaned.get("identifier", row.identifier) != row.identifier:
            faults.append(Fault("identifier", "read_only"))
        require_no_faults(faults + _faults(row, cleaned))
        document = store_change(actor, row, "project", cleaned)
        reference.bump("people")
        return document


def delete_project(
    actor: Actor, project_id: int, *, move_to: int | None = None, with_contents: bool = False
) -> None:
    """Delete a project; its contacts, deals, tickets, activities and forms go to `move_to`.

    `with_contents` says to let them go with it instead (see `clear_contents`). Raises
    ConflictError: "in_use" where it has any of them and nothing is said of them, "last_one" for the
    only project. Members, saved filters and credentials of the project go with it. Fields that only
    this project had are from then on read by administrators. Raises NotFoundError, ForbiddenError,
    InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, project_id)
        if not Project.objects.exclude(pk=row.pk).exists():
            raise ConflictError("last_one")
        if move_to is not None:
            if move_to == row.pk:
                raise InvalidError([Fault("move_to", "invalid", {"value": move_to})])
            move_contents(actor, row, _locked(actor, move_to))
        elif with_contents:
            clear_contents(actor, row)
        if is_used(row):
            raise ConflictError("in_use")
        forget_limits(actor, row)
        delete_setup(actor, row, "project")
        reference.bump("people")


def _locked(actor: Actor, project_id: int) -> Project:
    row = locked(visible_projects(actor), "project", project_id)
    actor.require_administrator()
    return row


def _faults(row: Project, cleaned: Values) -> list[Fault]:
    faults = taken_faults(row, "identifier", cleaned)
    identifier = str(cleaned.get("identifier") or "")
    if identifier and not re.fullmatch(IDENTIFIER_PATTERN, identifier):
        faults.append(Fault("identifier", "pattern", {"value": identifier}))
    modules = cleaned.get("modules") or ()
    unknown = [name for name in modules if name not in all_modules()]  # type: ignore[attr-defined]  # cleaned names
    faults += [Fault("modules", "not_in_list", {"value": name}) for name in unknown]
    if _is_below(cleaned.get("parent"), row):
        faults.append(Fault("parent", "invalid", {"value": cleaned["parent"]}))
    return faults


def _is_below(parent_id: object, row: Project) -> bool:
    """Tell whether a project would become its own ancestor."""
    parents = dict(Project.objects.values_list("pk", "parent_id"))
    seen: set[object] = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == row.pk:
            return True
        seen.add(parent_id)
        parent_id = parents.get(parent_id)  # type: ignore[call-overload]  # a cleaned id
    return False
