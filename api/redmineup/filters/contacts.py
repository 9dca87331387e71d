"""Read the parameters of the list of contacts."""

from api.base.requests import DialectRequest
from api.redmineup.filters.base import ClauseFilter, ClauseFilterSet
from api.redmineup.filters.records import RecordList, in_project, record_list
from api.redmineup.mapping.contact_filters import CONTACT_COLUMNS, CONTACT_FILTERS

ContactFilterSet = type(
    "ContactFilterSet",
    (ClauseFilterSet,),
    {
        "__doc__": "The filters of contacts, one for each rule of the mapping.",
        "__module__": __name__,
        **{name: ClauseFilter(rule) for name, rule in CONTACT_FILTERS.items()},
    },
)


def contact_list(
    request: DialectRequest, project: str | None, *, window: tuple[int, int]
) -> RecordList:
    """Return the query of a list request.

    Raises NotFoundError and ForbiddenError for the project, QueryError for malformed filters.
    """
    place = in_project(request, project, right="view_contacts", kind="contact", key="projects")
    return record_list(request, ContactFilterSet, CONTACT_COLUMNS, place=place, window=window)
