"""Answer what is asked about the statuses and categories of deals."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.redmineup import envelope
from api.redmineup.mapping import deal_setup as mapping
from api.redmineup.mapping.places import project_id_of, require_right
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, body_of, record_id
from contacts.errors import ForbiddenError
from contacts.query import Query, get_record, search, where
from contacts.services.deal_setup import (
    create_deal_category,
    delete_deal_category,
    update_deal_category,
)

# These lists have no pages; this is more than anybody sets up.
ALL = 1_000


class DealStatusSet(RedmineUpViewSet):
    """List the statuses of deals."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return all statuses in their order, to whoever sees deals."""
        # The original shows them to administrators alone, who then have to tell everybody else.
        if not request.actor.has_anywhere("view_deals"):
            raise ForbiddenError("view_deals")
        found = list(search(request.actor, Query("deal_status", limit=ALL)).documents)
        return envelope.whole("deal_statuses", mapping.statuses(found), with_total=True)


class DealCategorySet(RedmineUpViewSet):
    """List, show, create, change and delete categories of deals."""

    def list(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Return the categories of a project by name."""
        project_id = project_id_of(project)
        require_right(request.actor, "view_deals", project_id)
        condition = where(request.actor, "project", "eq", project_id, kind="deal_category")
        found = search(request.actor, Query("deal_category", condition, limit=ALL)).documents
        items = Items("category", [mapping.category_to_wire(each) for each in found])
        return envelope.whole("deal_categories", items, with_total=True)

    def retrieve(self, request: DialectRequest, category_id: str) -> HttpResponseBase:
        """Return one category."""
        document = get_record(request.actor, "deal_category", record_id(category_id))
        request.shown_version = version_of("deal_category", document)
        return envelope.single("category", mapping.category_to_wire(document))

    def create(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Create a category in a project."""
        project_id = project_id_of(project)
        require_right(request.actor, "view_deals", project_id)
        values = mapping.category_from_wire(body_of(request, "category"))
        document = create_deal_category(request.actor, values | {"project": project_id})
        written = mapping.category_to_wire(document)
        address = f"/deal_categories/{document['id']}"
        return envelope.created(request, "category", written, address)

    def update(self, request: DialectRequest, category_id: str) -> HttpResponseBase:
        """Rename a category."""
        values = mapping.category_from_wire(body_of(request, "category"))
        update_deal_category(request.actor, record_id(category_id), values)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, category_id: str) -> HttpResponseBase:
        """Delete a category; its deals get the one of ``reassign_to_id``, or none."""
        target = request.params.get("reassign_to_id")
        move_to = record_id(str(target)) if target not in (None, "") else None
        delete_deal_category(request.actor, record_id(category_id), move_to=move_to)
        return envelope.empty(request)
