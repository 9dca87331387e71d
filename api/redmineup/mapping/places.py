"""Find the project that a request names."""

from collections.abc import Mapping

from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.fields import reference
from contacts.query import find_record


def project_id_of(named: object) -> int:
    """Return the id of a project named by id or identifier; raises NotFoundError."""
    projects = reference.projects()
    if isinstance(named, int) and not isinstance(named, bool):
        named = str(named)
    text = named.strip() if isinstance(named, str) else ""
    if text.isascii() and text.isdigit():
        found = projects.by_id.get(int(text[:19]))
        project_id = found.id if found else None
    else:
        project_id = projects.id_of(text)
    if project_id is None:
        raise NotFoundError("project", text[:100])
    return project_id


def require_known(named: str | None) -> None:
    """Raise NotFoundError for an address below a project that does not exist."""
    if named is not None:
        project_id_of(named)


def require_right(actor: Actor, right: str, project_id: int) -> None:
    """Raise ForbiddenError without the right there, NotFoundError for a hidden project."""
    if actor.has(right, [project_id]):
        return
    if find_record(actor, "project", project_id) is None:
        raise NotFoundError("project", project_id)
    raise ForbiddenError(right)


def named_project(sources: Mapping[str, object], *others: Mapping[str, object]) -> object | None:
    """Return the first ``project_id`` that the mappings name, None when none does."""
    for source in (sources, *others):
        if source.get("project_id") not in (None, ""):
            return source["project_id"]
    return None
