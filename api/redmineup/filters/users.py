"""Read the parameters of the list of users."""

from api.base.requests import DialectRequest
from api.redmineup import grammar
from api.redmineup.filters.base import ClauseFilter, ClauseFilterSet
from api.redmineup.filters.records import RecordList, record_list
from api.redmineup.mapping.user_filters import USER_COLUMNS, USER_FILTERS, active_users

UserFilterSet = type(
    "UserFilterSet",
    (ClauseFilterSet,),
    {
        "__doc__": "The filters of users, one for each rule of the mapping.",
        "__module__": __name__,
        "kind": "user",
        **{name: ClauseFilter(rule) for name, rule in USER_FILTERS.items()},
    },
)


def user_list(request: DialectRequest, *, window: tuple[int, int]) -> RecordList:
    """Return the query of a list request: active users unless it says something about that."""
    is_told = "status" in request.params or grammar.parse_long(request.params) is not None
    status = None if is_told else active_users(request.actor)
    return record_list(request, UserFilterSet, USER_COLUMNS, usual=status, window=window)
