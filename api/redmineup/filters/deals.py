"""Read the parameters of the list of deals."""

from api.base.requests import DialectRequest
from api.redmineup import grammar
from api.redmineup.filters.base import ClauseFilter, ClauseFilterSet
from api.redmineup.filters.records import RecordList, in_project, record_list
from api.redmineup.mapping.deal_filters import DEAL_COLUMNS, DEAL_FILTERS, open_deals

DealFilterSet = type(
    "DealFilterSet",
    (ClauseFilterSet,),
    {
        "__doc__": "The filters of deals, one for each rule of the mapping.",
        "__module__": __name__,
        "kind": "deal",
        **{name: ClauseFilter(rule) for name, rule in DEAL_FILTERS.items()},
    },
)


def deal_list(
    request: DialectRequest, project: str | None, *, window: tuple[int, int]
) -> RecordList:
    """Return the query of a list request: open deals unless it says something about the status.

    Raises NotFoundError and ForbiddenError for the project, QueryError for malformed filters.
    """
    place = in_project(request, project, right="view_deals", kind="deal")
    # The long form says everything itself, in the original too.
    is_told = "status_id" in request.params or grammar.parse_long(request.params) is not None
    status = None if is_told else open_deals(request.actor)
    return record_list(
        request, DealFilterSet, DEAL_COLUMNS, place=place, usual=status, window=window
    )
