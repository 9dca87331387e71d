"""Write references to the small tables: users, projects, tags."""

from collections.abc import Iterable

from api.redmineup.mapping.shapes import Items, Marked, reference
from contacts.access import Actor
from contacts.fields import reference as tables


def user(user_id: object) -> Marked | None:
    """Return a user, or None for an unknown one."""
    found = tables.users().by_id.get(user_id) if isinstance(user_id, int) else None
    return reference(found.id, found.name) if found else None


def project(project_id: object) -> Marked | None:
    """Return a project, or None for an unknown one."""
    found = tables.projects().by_id.get(project_id) if isinstance(project_id, int) else None
    return reference(found.id, found.name) if found else None


def projects(actor: Actor, project_ids: Iterable[object]) -> Items:
    """Return those of the projects that the actor may know of."""
    known = (project(pk) for pk in project_ids if actor.is_administrator or pk in actor.rights)
    return Items("project", [each for each in known if each is not None])


def tag_names(tag_ids: Iterable[object]) -> list[str]:
    """Return the names of tags."""
    known = tables.tags().by_id
    return [known[pk].name for pk in tag_ids if isinstance(pk, int) and pk in known]
