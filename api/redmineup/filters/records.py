"""Read the parameters that all lists understand alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.base.requests import DialectRequest
from api.redmineup.filters.base import PLAIN, Asked, ClauseFilterSet, sort_keys
from api.redmineup.filters.saved import saved_query
from api.redmineup.mapping.places import named_project, project_id_of, require_right
from contacts.errors import ForbiddenError
from contacts.query import Condition, Query, all_of, where


@dataclass(frozen=True)
class RecordList:
    """What a list request asks for, and the filters in it that nobody knows."""

    query: Query
    ignored: tuple[str, ...] = ()


def record_list(
    request: DialectRequest,
    filter_set: type[ClauseFilterSet],
    columns: Mapping[str, str],
    *,
    place: Condition | None = None,
    usual: Condition | None = None,
    window: tuple[int, int],
) -> RecordList:
    """Return the query of a list request; raises QueryError for malformed filters.

    ``place`` holds whatever the request filters by, ``usual`` unless it names a saved filter;
    ``window`` is offset and limit.
    """
    params, kind = request.params, filter_set.kind
    sort = sort_keys(request.actor, params.get("sort"), columns, kind=kind)
    saved = saved_query(request, kind)
    if saved is not None:
        query = Query(
            kind,
            all_of(place, saved.condition),
            search=str(params.get("search") or saved.search),
            sort=sort or saved.sort,
            offset=window[0],
            limit=window[1],
        )
        return RecordList(query)
    query = Query(kind, all_of(place, usual))
    ignored: tuple[str, ...] = ()
    # A list without filters is the most frequent request: no form is made for it.
    if not params.keys() <= PLAIN:
        filters = filter_set(params, Asked(request.actor, query))
        query, ignored = filters.qs.query, filters.ignored
    query = replace(
        query,
        search=str(params.get("search") or ""),
        sort=sort,
        offset=window[0],
        limit=window[1],
    )
    return RecordList(query, ignored)


def in_project(
    request: DialectRequest, project: str | None, *, right: str, kind: str, key: str = "project"
) -> Condition | None:
    """Return the condition of the project that the address or a parameter names, if any.

    Raises NotFoundError for a hidden project, ForbiddenError without the right there or, where
    no project is named, anywhere.
    """
    actor = request.actor
    named = project or named_project(request.params)
    if named is None:
        if not actor.has_anywhere(right):
            raise ForbiddenError(right)
        return None
    project_id = project_id_of(named)
    require_right(actor, right, project_id)
    return where(actor, key, "has_any", [project_id], kind=kind)
