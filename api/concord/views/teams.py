"""Teams: groups of users, kept by administrators."""

from collections.abc import Mapping
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.concord import envelope
from api.concord.mapping import choices
from api.concord.mapping.bodies import ARRAY, Body, ids_of
from api.concord.resources.table import Wire
from api.concord.views.base import ConcordViewSet, number_of, sent_of
from contacts.access import Actor
from contacts.query import Query, get_record, search
from contacts.services.user_groups import (
    create_user_group,
    delete_user_group,
    update_user_group,
)

MOST = 1_000
KIND = "user_group"


class TeamSet(ConcordViewSet):
    """The teams."""

    def list(self, request: DialectRequest) -> Response:
        """Return the teams that the caller sees."""
        found = search(request.actor, Query(KIND, limit=MOST)).documents
        return envelope.listed([_team(each) for each in found])

    def retrieve(self, request: DialectRequest, record_id: str) -> Response:
        """Return one team."""
        found = get_record(request.actor, KIND, number_of(record_id, "Team"))
        request.shown_version = version_of(KIND, found)
        return envelope.single(_team(found))

    def create(self, request: DialectRequest) -> Response:
        """Make a team."""
        request.actor.require_administrator()
        values = _values(request.actor, sent_of(request))
        return envelope.created(_team(create_user_group(request.actor, values)))

    def update(self, request: DialectRequest, record_id: str) -> Response:
        """Change a team."""
        request.actor.require_administrator()
        number = number_of(record_id, "Team")
        values = _values(request.actor, sent_of(request))
        return envelope.single(_team(update_user_group(request.actor, number, values)))

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Delete a team."""
        request.actor.require_administrator()
        delete_user_group(request.actor, number_of(record_id, "Team"))
        return envelope.empty()


def _team(document: Mapping[str, Any]) -> Wire:
    members = [choices.user(pk) for pk in document["users"]]
    return {
        "id": document["id"],
        "name": document["name"],
        "description": document["description"] or None,
        "user_id": document["manager_id"],
        "manager": choices.user(document["manager_id"]),
        "members": [member for member in members if member is not None],
        # When teams were made is not kept.
        "created_at": None,
        "updated_at": None,
    }


def _values(actor: Actor, sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of a team; its name is asked for on update, too."""
    body = Body(sent, creating=True)
    body.require("name")
    values: dict[str, object] = {"name": body.text("name")}
    if "description" in sent:
        values["description"] = body.text("description") or ""
    if "user_id" in sent:
        values["manager"] = choices.owner_in(actor, body)
    if sent.get("members") is not None:
        values["users"] = _members(body)
    body.finish()
    return values


def _members(body: Body) -> list[int]:
    members = body.sent["members"]
    if isinstance(members, Mapping):
        members = list(members.values())
    if not isinstance(members, list):
        body.reject("members", ARRAY)
        return []
    for place, each in enumerate(members):
        if not ids_of([each]):
            body.reject(f"members.{place}", "The {label} field must be a number.")
    return ids_of(members)
