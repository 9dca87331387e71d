"""Do one thing to many records: delete them, or give all of them the same values."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.errors import RejectedError
from api.concord.mapping.bodies import ids_of
from api.concord.resources.table import Resource
from api.concord.views.base import ConcordViewSet, answered, sent_of
from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.services.records import together

MOST = 1_000
IDS = "The ids field is required."
# What is no value of the records.
RESERVED = frozenset({"ids", "_method"})

Run = Callable[[Actor, Resource, int, Mapping[str, Any]], None]


class ActionSet(ConcordViewSet):
    """Actions on several records of a resource."""

    def create(self, request: DialectRequest, resource: str, action: str) -> Response:
        """Run an action on all of the records, or on none."""
        asked, sent, run = answered(resource), sent_of(request), ACTIONS.get(action)
        if run is None:
            raise NotFoundError("resource")
        ids = ids_of(sent.get("ids") or [])[:MOST]
        if not ids:
            raise RejectedError({"ids": [IDS]})
        values = {name: value for name, value in sent.items() if name not in RESERVED}
        with together():
            for number in ids:
                run(request.actor, asked, number, values)
        return envelope.single({"message": "The action was run successfully.", "ids": ids})


def _delete(actor: Actor, resource: Resource, number: int, _values: Mapping[str, Any]) -> None:
    document = resource.get(actor, number)
    resource.require(actor, "delete", document)
    remove = resource.archive or resource.delete
    if remove is None:
        raise ForbiddenError("delete", resource.kind)
    remove(actor, number)


def _edit(actor: Actor, resource: Resource, number: int, values: Mapping[str, Any]) -> None:
    before = resource.get(actor, number)
    if resource.read is None or resource.update is None:
        raise ForbiddenError("update", resource.kind)
    resource.require(actor, "update", before)
    changed = resource.read(actor, values, before)
    if changed:
        resource.update(actor, number, changed)
    if resource.after is not None:
        resource.after(actor, number, values, None)


ACTIONS: Mapping[str, Run] = {
    "delete": _delete,
    "delete-action": _delete,
    "bulk-delete": _delete,
    "bulk-edit": _edit,
    "bulk-edit-action": _edit,
}
