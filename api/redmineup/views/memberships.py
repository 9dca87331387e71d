"""Answer what is asked about the members of projects."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.redmineup import envelope
from api.redmineup.mapping import projects as mapping
from api.redmineup.mapping.places import project_id_of
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, body_of, record_id, window_of
from contacts.access import Actor
from contacts.errors import ForbiddenError
from contacts.query import Query, get_record, search, where
from contacts.services.members import create_member, delete_member, update_member


class MembershipSet(RedmineUpViewSet):
    """List, show, add, change and remove members."""

    def list(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Return a page of the members of a project, to its members."""
        actor, (offset, limit) = request.actor, window_of(request)
        project_id = _project(actor, project)
        if not actor.is_administrator and project_id not in actor.rights:
            raise ForbiddenError("membership")
        condition = where(actor, "project", "eq", project_id, kind="member")
        page = search(actor, Query("member", condition, offset=offset, limit=limit))
        items = Items("membership", [mapping.member_to_wire(each) for each in page.documents])
        return envelope.page("memberships", items, total=page.total, offset=offset, limit=limit)

    def retrieve(self, request: DialectRequest, member_id: str) -> HttpResponseBase:
        """Return one member."""
        document = get_record(request.actor, "member", record_id(member_id))
        request.shown_version = version_of("member", document)
        return envelope.single("membership", mapping.member_to_wire(document))

    def create(self, request: DialectRequest, project: str) -> HttpResponseBase:
        """Make a user a member of a project."""
        project_id = _project(request.actor, project)
        request.actor.require_administrator()
        values = mapping.member_from_wire(body_of(request, "membership"), creating=True)
        document = create_member(request.actor, values | {"project": project_id})
        written = mapping.member_to_wire(document)
        address = f"/memberships/{document['id']}"
        return envelope.created(request, "membership", written, address)

    def update(self, request: DialectRequest, member_id: str) -> HttpResponseBase:
        """Give a member other roles."""
        values = mapping.member_from_wire(body_of(request, "membership"), creating=False)
        update_member(request.actor, record_id(member_id), values)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, member_id: str) -> HttpResponseBase:
        """End a membership."""
        delete_member(request.actor, record_id(member_id))
        return envelope.empty(request)


def _project(actor: Actor, named: str) -> int:
    """Return the id of a project that the actor sees; raises NotFoundError."""
    project_id = project_id_of(named)
    get_record(actor, "project", project_id)
    return project_id
