"""In which projects a contact is, and who may put it there."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.errors import Fault, ForbiddenError, InvalidError
from contacts.fields import reference
from contacts.models import Contact, ContactProject

# What a project must have where contacts are to be.
MODULE = "contacts"


def default_project(actor: Actor) -> int | None:
    """Return the project of a contact that names none, or None where the actor may add nowhere.

    The credential's project, else the oldest project in which the actor may add contacts.
    """
    if actor.default_project_id is not None:
        return actor.default_project_id
    if not actor.is_administrator:
        allowed = actor.projects_with("add_contacts")
        return min(allowed) if allowed else None
    places = reference.places().values()
    return next((each.id for each in places if each.is_active and MODULE in each.modules), None)


def projects_for_new(actor: Actor, asked: Sequence[int]) -> list[int]:
    """Return the projects of a new contact; raises ForbiddenError, InvalidError."""
    if not asked:
        project_id = default_project(actor)
        if project_id is None and not actor.has_anywhere("add_contacts"):
            raise ForbiddenError("add_contacts", "contact")
        if project_id is None:
            raise InvalidError([Fault("projects", "blank")])
        asked = [project_id]
    for project_id in asked:
        require_place(actor, project_id, "add_contacts")
    return list(asked)


def require_place(actor: Actor, project_id: int, right: str) -> None:
    """Raise ForbiddenError unless the actor holds the right in a project that has contacts."""
    actor.require(right, [project_id], "contact")
    place = reference.places().get(project_id)
    if place is None or not place.is_active or MODULE not in place.modules:
        raise ForbiddenError(right, "contact")


def change_projects(actor: Actor, contact: Contact, asked: Sequence[int]) -> None:
    """Give a contact exactly these of the projects that the actor sees; raises ForbiddenError.

    Projects that the actor does not see stay: it cannot have meant them.
    """
    present = set(contact.project_links.values_list("project_id", flat=True))
    seen = set(visible_projects(actor).filter(pk__in=present).values_list("pk", flat=True))
    gone = seen - set(asked)
    new = [pk for pk in asked if pk not in present]
    for project_id in (*new, *sorted(gone)):
        require_place(actor, project_id, "edit_contacts")
    contact.project_links.filter(project_id__in=gone).delete()
    place(contact, new)


def place(contact: Contact, project_ids: Sequence[int]) -> None:
    """Link a contact to projects that it is not in."""
    ContactProject.objects.bulk_create(
        [
            ContactProject(contact=contact, project_id=pk, sort_name=contact.sort_name)
            for pk in project_ids
        ]
    )
