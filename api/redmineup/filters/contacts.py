"""Read the parameters of the list of contacts."""

from dataclasses import dataclass

from api.base.requests import DialectRequest
from api.redmineup.mapping.places import named_project, project_id_of, require_right
from contacts.errors import ForbiddenError
from contacts.query import Query, where


@dataclass(frozen=True)
class Asked:
    """What a list request asks for, and the filters in it that nobody knows."""

    query: Query
    ignored: tuple[str, ...] = ()


def contact_query(
    request: DialectRequest, project: str | None, *, offset: int, limit: int
) -> Asked:
    """Return the query of a list request."""
    actor = request.actor
    condition = None
    named = project or named_project(request.params)
    if named is not None:
        project_id = project_id_of(named)
        require_right(actor, "view_contacts", project_id)
        condition = where(actor, "projects", "has_any", [project_id])
    elif not actor.has_anywhere("view_contacts"):
        raise ForbiddenError("view_contacts")
    text = str(request.params.get("search") or "")
    return Asked(Query(condition=condition, search=text, offset=offset, limit=limit))
