"""Read the parameters of the list of contacts."""

from dataclasses import dataclass, replace

from api.base.requests import DialectRequest
from api.redmineup.filters.base import Asked, ClauseFilter, ClauseFilterSet, sort_keys
from api.redmineup.mapping.contact_filters import CONTACT_COLUMNS, CONTACT_FILTERS
from api.redmineup.mapping.places import named_project, project_id_of, require_right
from contacts.access import Actor
from contacts.errors import ForbiddenError
from contacts.query import Condition, Query, where

ContactFilterSet = type(
    "ContactFilterSet",
    (ClauseFilterSet,),
    {
        "__doc__": "The filters of contacts, one for each rule of the mapping.",
        "__module__": __name__,
        **{name: ClauseFilter(rule) for name, rule in CONTACT_FILTERS.items()},
    },
)


@dataclass(frozen=True)
class ContactList:
    """What a list request asks for, and the filters in it that nobody knows."""

    query: Query
    ignored: tuple[str, ...] = ()


def contact_list(
    request: DialectRequest, project: str | None, *, offset: int, limit: int
) -> ContactList:
    """Return the query of a list request.

    Raises NotFoundError and ForbiddenError for the project, QueryError for malformed filters.
    """
    actor, params = request.actor, request.params
    asked = Asked(actor).with_condition(_in_project(request, project))
    filters = ContactFilterSet(params, asked)
    query = replace(
        filters.qs.query,
        search=str(params.get("search") or ""),
        sort=sort_keys(actor, params.get("sort"), CONTACT_COLUMNS),
        offset=offset,
        limit=limit,
    )
    return ContactList(query, filters.ignored)


def _in_project(request: DialectRequest, project: str | None) -> Condition | None:
    actor: Actor = request.actor
    named = project or named_project(request.params)
    if named is None:
        if not actor.has_anywhere("view_contacts"):
            raise ForbiddenError("view_contacts")
        return None
    project_id = project_id_of(named)
    require_right(actor, "view_contacts", project_id)
    return where(actor, "projects", "has_any", [project_id])
