"""List, search, show, create, change and delete the records of any resource."""

from collections.abc import Mapping
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import mark_version, version_of
from api.concord import envelope, grammar
from api.concord.associations import linked_ids, named_in, require_linkable, usable_ids
from api.concord.filters import asked_of, found_of, reduced
from api.concord.mapping.bodies import ids_of
from api.concord.resources import notes as note_resource
from api.concord.resources.pipelines import stages_of
from api.concord.resources.table import Document, Resource, Shown, Wire
from api.concord.views.base import ConcordViewSet, answered, is_zapier, sent_of
from api.concord.views.belonging import with_belongings
from api.concord.views.media import MEDIA_KINDS, media_of
from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.query import Condition, search, where
from contacts.services.records import together


class ResourceSet(ConcordViewSet):
    """The engine of all resources."""

    def list(self, request: DialectRequest, resource: str) -> Response:
        """Return a page of records."""
        return page_of(request, answered(resource))

    def search(self, request: DialectRequest, resource: str) -> Response:
        """Return everything that is found, without pages."""
        return found_in(request, answered(resource))

    def retrieve(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Return one record."""
        asked = answered(resource)
        document = asked.get(request.actor, record_id)
        names = grammar.names_of(request.params.get("with"))
        response = envelope.single(whole(request.actor, asked, document, frozenset(names)))
        mark_version(response, version_of(asked.kind, document))
        return response

    def create(self, request: DialectRequest, resource: str) -> Response:
        """Create a record."""
        asked, actor, sent = answered(resource), request.actor, sent_of(request)
        if asked.read is None or asked.create is None:
            raise ForbiddenError("create", asked.kind)
        asked.require(actor, "create")
        with together():
            made = asked.create(actor, asked.read(actor, sent, None))
            record_id = int(made["id"])
            if asked.after is not None:
                asked.after(actor, record_id, sent, made)
        document = _seen_or_made(actor, asked, record_id, made)
        (record,) = asked.write(actor, [document], Shown(is_whole=True, is_new=True))
        return with_ignored(request, asked, sent, envelope.created(record))

    def update(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Change what is sent and leave the rest."""
        asked, actor = answered(resource), request.actor
        before = asked.get(actor, record_id)
        sent = sent_of(request)
        if asked.read is None or asked.update is None:
            raise ForbiddenError("update", asked.kind)
        number = int(before["id"])
        asked.require(actor, "update", before)
        with together():
            values = asked.read(actor, sent, before)
            if values:
                asked.update(actor, number, values)
            if asked.after is not None:
                asked.after(actor, number, sent, None)
        record = whole(actor, asked, asked.get(actor, number))
        return with_ignored(request, asked, sent, envelope.single(record))

    def destroy(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Put a record into the trash, or delete it where its kind has none."""
        asked = answered(resource)
        document = asked.get(request.actor, record_id)
        number = int(document["id"])
        # Where nothing in the body matters, one that cannot be read is refused as everywhere.
        sent = sent_of(request)
        asked.require(request.actor, "delete", document)
        if asked.remove is not None:
            asked.remove(request.actor, number, sent)
            return envelope.empty()
        remove = asked.archive or asked.delete
        if remove is None:
            raise ForbiddenError("delete", asked.kind)
        remove(request.actor, number)
        return envelope.empty()

    def linked(
        self, request: DialectRequest, resource: str, record_id: str, other: str
    ) -> Response:
        """Return a page of the records of another resource that are tied to a record."""
        owner, actor = answered(resource), request.actor
        number = int(owner.get(actor, record_id)["id"])
        wanted = answered(other)
        within = _tied(actor, owner.name, number, wanted)
        return page_of(request, wanted, within=within)


def _seen_or_made(actor: Actor, resource: Resource, record_id: int, made: Document) -> Document:
    """Return a new record as it is read, or as it was made where its maker does not see it."""
    try:
        return resource.get(actor, record_id)
    except NotFoundError:
        return made


def _tied(actor: Actor, owner: str, number: int, other: Resource) -> Condition:
    if (owner, other.name) == ("pipelines", "pipeline-stages"):
        return stages_of(actor, number)
    if other.name == "notes" and owner in note_resource.ABOUT:
        return note_resource.about(actor, owner, number)
    require_linkable(owner, other.name)
    ids = linked_ids(actor, owner, number, other.name)
    return where(actor, "id", "in", ids or [0], kind=other.kind)


def page_of(
    request: DialectRequest,
    resource: Resource,
    *,
    within: Condition | None = None,
    archived: bool = False,
) -> Response:
    """Return a page of a resource."""
    actor = request.actor
    asked = asked_of(actor, resource, request.params, within=within, archived=archived)
    found = search(actor, asked.query)
    # Whoever wants more or less than the usual has the records looked into.
    is_usual = not (asked.extra or asked.selected or is_zapier(request))
    records = resource.write(actor, found.documents, Shown(extra=asked.extra, as_text=is_usual))
    if not is_usual:
        records = with_belongings(actor, resource, records, asked.extra)
        records = reduced(actor, resource, records, asked.selected)
    return envelope.page(
        request,
        records,
        total=found.total,
        number=asked.number,
        per_page=asked.query.limit,
    )


def found_in(request: DialectRequest, resource: Resource, *, archived: bool = False) -> Response:
    """Return what a search finds in a resource as an array."""
    actor, params = request.actor, request.params
    if grammar.search_of(params) is None:
        return envelope.listed([])
    asked = asked_of(actor, resource, params, archived=archived)
    found = found_of(actor, asked, take=grammar.take_of(params))
    extra = asked.extra | {"companies", "contacts", "deals"}
    records = resource.write(actor, found.documents, Shown(extra=extra))
    records = with_belongings(actor, resource, records, asked.extra)
    return envelope.listed(reduced(actor, resource, records, asked.selected))


def whole(
    actor: Actor, resource: Resource, document: Document, extra: frozenset[str] = frozenset()
) -> Wire:
    """Return one record with everything that belongs to a single one."""
    (record,) = resource.write(actor, [document], Shown(is_whole=True, extra=extra))
    number = int(document["id"])
    if resource.name in MEDIA_KINDS:
        record["media"] = media_of(actor, resource, number)
    (complete,) = with_belongings(actor, resource, [record], extra)
    return complete


def with_ignored(
    request: DialectRequest, resource: Resource, sent: Mapping[str, Any], response: Response
) -> Response:
    """Tell the client which ids of other records could not be used."""
    ignored = []
    for name, value in named_in(resource.name, sent).items():
        asked = ids_of(value)
        usable = usable_ids(request.actor, name, asked)
        lost = [str(record_id) for record_id in asked if record_id not in usable]
        if lost:
            ignored.append(f"{name}={','.join(lost)}")
    if ignored:
        response["X-Ignored-Ids"] = "; ".join(ignored)
    return response
