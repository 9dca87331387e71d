"""Answer what is asked about roles."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.mapping import projects as mapping
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, record_id
from contacts.query import Query, get_record, search

# The list has no pages; this is more than anybody sets up.
ALL = 1_000


class RoleSet(RedmineUpViewSet):
    """List and show roles."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return all roles in their order."""
        found = search(request.actor, Query("role", limit=ALL)).documents
        return envelope.whole(
            "roles", Items("role", [mapping.role_to_wire(each) for each in found])
        )

    def retrieve(self, request: DialectRequest, role_id: str) -> HttpResponseBase:
        """Return one role with its rights."""
        document = get_record(request.actor, "role", record_id(role_id))
        return envelope.single("role", mapping.role_alone(document))
