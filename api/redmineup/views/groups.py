"""Answer what is asked about user groups, which administrators alone see."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.redmineup import envelope
from api.redmineup.mapping import people as mapping
from api.redmineup.mapping.shapes import Items, Wire
from api.redmineup.views.base import RedmineUpViewSet, body_of, included, record_id
from contacts.errors import Fault, ForbiddenError, InvalidError
from contacts.query import Query, get_record, search, where
from contacts.services.user_groups import (
    create_user_group,
    delete_user_group,
    update_user_group,
)

ALL = 1_000


class GroupSet(RedmineUpViewSet):
    """List, show, create, change and delete user groups."""

    def perform_authentication(self, request: Request) -> None:
        """Let nobody but administrators in, as the original does."""
        super().perform_authentication(request)
        if not self.request.actor.is_administrator:
            raise ForbiddenError("administrator")

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return all groups by name."""
        found = search(request.actor, Query("user_group", limit=ALL)).documents
        items = Items("group", [mapping.group_to_wire(each) for each in found])
        return envelope.whole("groups", items)

    def retrieve(self, request: DialectRequest, group_id: str) -> HttpResponseBase:
        """Return one group."""
        document = get_record(request.actor, "user_group", record_id(group_id))
        request.shown_version = version_of("user_group", document)
        shown = mapping.group_to_wire(document) | _includes(request, document)
        return envelope.single("group", shown)

    def create(self, request: DialectRequest) -> HttpResponseBase:
        """Create a group."""
        values = mapping.group_from_wire(body_of(request, "group"))
        document = create_user_group(request.actor, values)
        written = mapping.group_to_wire(document)
        return envelope.created(request, "group", written, f"/groups/{document['id']}")

    def update(self, request: DialectRequest, group_id: str) -> HttpResponseBase:
        """Change the name or the users."""
        values = mapping.group_from_wire(body_of(request, "group"))
        update_user_group(request.actor, record_id(group_id), values)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, group_id: str) -> HttpResponseBase:
        """Delete a group that owns nothing."""
        delete_user_group(request.actor, record_id(group_id))
        return envelope.empty(request)

    def add(self, request: DialectRequest, group_id: str) -> HttpResponseBase:
        """Put the users of ``user_id`` or ``user_ids`` into a group."""
        params = request.params
        sent = params.get("user_id") or params.get("user_ids")
        named = sent if isinstance(sent, list) else [sent]

        def change(document: Mapping[str, Any]) -> dict[str, object]:
            inside = document["users"]
            more = [each for each in named if str(each) not in map(str, inside)]
            # As the original answers for who is in it already, too.
            if not more or None in more:
                raise InvalidError([Fault("user", "invalid")])
            return {"users": [*inside, *more]}

        update_user_group(request.actor, record_id(group_id), change)
        return envelope.empty(request)

    def remove(self, request: DialectRequest, group_id: str, user: str) -> HttpResponseBase:
        """Take a user out of a group."""
        pk = get_record(request.actor, "user", record_id(user))["id"]

        def change(document: Mapping[str, Any]) -> dict[str, object]:
            return {"users": [each for each in document["users"] if each != pk]}

        update_user_group(request.actor, record_id(group_id), change)
        return envelope.empty(request)


def _includes(request: DialectRequest, document: Mapping[str, Any]) -> Wire:
    """Return what ``include`` adds; what has nothing to show adds no key."""
    wanted = included(request)
    added: dict[str, Items] = {}
    if "users" in wanted:
        added["users"] = mapping.users(document["users"])
    if "memberships" in wanted:
        condition = where(request.actor, "group", "eq", document["id"], kind="member")
        found = list(search(request.actor, Query("member", condition, limit=ALL)).documents)
        added["memberships"] = mapping.memberships(found)
    return {name: items for name, items in added.items() if items}
