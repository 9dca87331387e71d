"""Attach, detach and sync records of other resources."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.concord import envelope
from api.concord.associations import LINKS, linked_ids, put, sent_ids
from api.concord.errors import (
    AlreadyAssociatedError,
    BadAssociationError,
    NothingToAssociateError,
)
from api.concord.mapping.bodies import ids_of
from api.concord.resources.table import Document, Resource, Shown, Wire
from api.concord.views.base import ConcordViewSet, answered, sent_of
from api.concord.views.engine import whole
from contacts.access import meet_demand
from contacts.errors import NotFoundError
from contacts.query import Query, search, where
from contacts.services.records import hold, together

# Parameters that are no names of resources.
RESERVED = frozenset({"with", "select", "_method", "page", "per_page"})
MOST = 15

Choose = Callable[[list[int], list[int]], list[int]]


def attached(present: list[int], named: list[int]) -> list[int]:
    """Return what is tied once the named are attached."""
    return [*present, *(record_id for record_id in named if record_id not in present)]


def detached(present: list[int], named: list[int]) -> list[int]:
    """Return what is tied once the named are detached."""
    return [record_id for record_id in present if record_id not in named]


def synced(_present: list[int], named: list[int]) -> list[int]:
    """Return what is tied once exactly the named are."""
    return named


class AssociationSet(ConcordViewSet):
    """The associations of one record, whatever its resource."""

    def retrieve(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Return the first of the associated records, by resource."""
        owner, actor = _owner(resource), request.actor
        number = int(owner.get(actor, record_id)["id"])
        found: Wire = {}
        for name in LINKS[owner.name]:
            other = answered(name)
            ids = linked_ids(actor, owner.name, number, name)[:MOST]
            asked = where(actor, "id", "in", ids or [0], kind=other.kind)
            page = search(actor, Query(other.kind, asked, limit=MOST))
            records = dict(zip(page.ids, other.write(actor, page.documents, Shown()), strict=True))
            listed = [records[each] for each in ids if each in records]
            for place, record in enumerate(listed):
                record["is_primary_associated"] = place == 0
            found[name] = listed
        request.shown_version = version_of(owner.kind, owner.get(actor, record_id))
        return envelope.single(found)

    def attach(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Add what is missing."""
        owner, number = _changeable(request, resource, record_id)
        named = _named(request, owner)
        usable = {name: sent_ids(request.actor, name, ids) for name, ids in named.items()}
        # Counted as the original does; docs/dialects/concord.md, "Associations".
        useless = [name for name, ids in named.items() if ids and not usable[name]]
        if len(useless) == len(_keys(request)):
            raise NothingToAssociateError
        _refuse_repeated(request, owner, number, named)
        return _changed(request, owner, number, named, attached)

    def detach(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Remove what is given."""
        return self._change(request, resource, record_id, detached)

    def sync(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Make the ties exactly those given; resources that are not named stay."""
        return self._change(request, resource, record_id, synced)

    def _change(
        self, request: DialectRequest, resource: str, record_id: str, choose: Choose
    ) -> Response:
        owner, number = _changeable(request, resource, record_id)
        return _changed(request, owner, number, _named(request, owner), choose)


class LinkSet(ConcordViewSet):
    """The same under the addresses of a published client, whose POST and PUT are swapped."""

    def attach(
        self, request: DialectRequest, resource: str, record_id: str, other: str
    ) -> Response:
        """Add what is missing."""
        return self._change(request, resource, record_id, other, attached)

    def sync(self, request: DialectRequest, resource: str, record_id: str, other: str) -> Response:
        """Make the ties exactly those given."""
        return self._change(request, resource, record_id, other, synced)

    def detach(
        self, request: DialectRequest, resource: str, record_id: str, other: str
    ) -> Response:
        """Remove what is given."""
        return self._change(request, resource, record_id, other, detached)

    def _change(
        self, request: DialectRequest, resource: str, record_id: str, other: str, choose: Choose
    ) -> Response:
        owner, number = _changeable(request, resource, record_id)
        name = answered(other).name
        if name not in LINKS[owner.name]:
            raise BadAssociationError(name, owner.model.lower())
        ids = sent_of(request).get("ids")
        named = {name: ids_of(ids)} if ids is not None else {}
        return _changed(request, owner, number, named, choose)


def _meet_demand(kind: str, document: Document) -> None:
    """Compare the version of the record in the address: the tie may be kept with the other one."""
    changed_at = document.get("updated_at")
    moment = datetime.fromisoformat(str(changed_at)) if changed_at else None
    meet_demand(kind, int(document["id"]), moment)


def _owner(name: str) -> Resource:
    found = answered(name)
    if found.name not in LINKS:
        raise NotFoundError("resource")
    return found


def _changeable(request: DialectRequest, resource: str, record_id: str) -> tuple[Resource, int]:
    """Return the resource and id of a record that the caller may change."""
    owner = _owner(resource)
    document = owner.get(request.actor, record_id)
    owner.require(request.actor, "update", document)
    return owner, int(document["id"])


def _keys(request: DialectRequest) -> list[str]:
    return [name for name in sent_of(request) if name not in RESERVED]


def _named(request: DialectRequest, owner: Resource) -> dict[str, list[Any]]:
    """Return the ids by resource; what is no list is skipped, an unknown resource refused."""
    sent = sent_of(request)
    for name in _keys(request):
        if name not in LINKS[owner.name]:
            raise BadAssociationError(name[:100], owner.model.lower())
    return {name: sent[name] for name in _keys(request) if isinstance(sent[name], list)}


def _refuse_repeated(
    request: DialectRequest, owner: Resource, number: int, named: dict[str, list[Any]]
) -> None:
    if len(_keys(request)) != 1 or len(named) != 1:
        return
    ((name, ids),) = named.items()
    if len(ids) != 1:
        return
    present = linked_ids(request.actor, owner.name, number, name)
    if set(ids_of(ids)) & set(present):
        raise AlreadyAssociatedError


def _changed(
    request: DialectRequest,
    owner: Resource,
    number: int,
    named: dict[str, list[Any]],
    choose: Choose,
) -> Response:
    actor = request.actor
    actor.require_write()
    with together():
        hold(actor, owner.kind, number)
        _meet_demand(owner.kind, owner.get(actor, number))
        for name, ids in named.items():
            present = linked_ids(actor, owner.name, number, name)
            usable = sent_ids(actor, name, ids)
            put(actor, owner.name, number, name, choose(present, usable))
    return envelope.single(whole(actor, owner, owner.get(actor, number)))
