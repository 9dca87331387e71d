"""Read the parameters of the list of issues."""

from api.base.requests import DialectRequest
from api.redmineup import grammar
from api.redmineup.filters.base import ClauseFilter, ClauseFilterSet
from api.redmineup.filters.records import RecordList, in_project, record_list
from api.redmineup.mapping.issue_filters import ISSUE_COLUMNS, ISSUE_FILTERS, open_issues

IssueFilterSet = type(
    "IssueFilterSet",
    (ClauseFilterSet,),
    {
        "__doc__": "The filters of issues, one for each rule of the mapping.",
        "__module__": __name__,
        "kind": "ticket",
        **{name: ClauseFilter(rule) for name, rule in ISSUE_FILTERS.items()},
    },
)


def issue_list(
    request: DialectRequest, project: str | None, *, window: tuple[int, int]
) -> RecordList:
    """Return the query of a list request: open ones unless it says something about the status.

    Raises NotFoundError and ForbiddenError for the project, QueryError for malformed filters.
    """
    place = in_project(request, project, right="view_tickets", kind="ticket")
    is_told = "status_id" in request.params or grammar.parse_long(request.params) is not None
    status = None if is_told else open_issues(request.actor)
    return record_list(
        request, IssueFilterSet, ISSUE_COLUMNS, place=place, usual=status, window=window
    )
