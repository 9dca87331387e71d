"""Answer what is asked about deals."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import envelope
from api.redmineup.filters.deals import deal_list
from api.redmineup.mapping import deals as mapping
from api.redmineup.mapping import notes
from api.redmineup.mapping.attachments import items as files
from api.redmineup.mapping.attachments import uploads_of
from api.redmineup.mapping.places import named_project, project_id_of, require_right
from api.redmineup.mapping.shapes import Items, Wire
from api.redmineup.views.base import RedmineUpViewSet, body_of, included, record_id, window_of
from contacts.access import readable_custom_fields
from contacts.query import Query, get_record, search, where
from contacts.query.attachments import find_attachments
from contacts.services.attachments import attach_uploads
from contacts.services.deals import archive_deal, create_deal, update_deal
from contacts.services.records import together

# More than anybody reads; a bound all the same.
MOST_NOTES = 1_000


class DealSet(RedmineUpViewSet):
    """List, show, create, change and delete deals."""

    def list(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Return a page of deals, open ones unless asked otherwise."""
        asked = deal_list(request, project, window=window_of(request))
        page = search(request.actor, asked.query)
        fields = readable_custom_fields(request.actor, "deal")
        items = Items("deal", [mapping.to_wire(each, fields) for each in page.documents])
        answer = envelope.page(
            "deals", items, total=page.total, offset=page.offset, limit=page.limit
        )
        return envelope.with_ignored(answer, asked.ignored)

    def retrieve(self, request: DialectRequest, deal_id: str) -> HttpResponseBase:
        """Return one deal."""
        document = get_record(request.actor, "deal", record_id(deal_id))
        shown = _written(request, document) | _includes(request, document)
        response = envelope.single("deal", shown)
        mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest, project: str | None = None) -> HttpResponseBase:
        """Create a deal."""
        sent = body_of(request, "deal")
        named = named_project(sent, request.params, {"project_id": project})
        project_id = project_id_of(named)
        require_right(request.actor, "add_deals", project_id)
        values = mapping.from_wire(request.actor, sent) | {"project": project_id}
        with together():
            document = create_deal(request.actor, values)
            _attach(request, sent, int(str(document["id"])))
        written = _written(request, document)
        return envelope.created(request, "deal", written, f"/deals/{document['id']}")

    def update(self, request: DialectRequest, deal_id: str) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        pk = record_id(deal_id)
        sent = body_of(request, "deal")
        values = mapping.from_wire(request.actor, sent)
        if sent.get("project_id") not in (None, ""):
            values["project"] = project_id_of(sent["project_id"])
        with together():
            update_deal(request.actor, pk, values)
            _attach(request, sent, pk)
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, deal_id: str) -> HttpResponseBase:
        """Put a deal into the trash, out of this dialect's sight."""
        pk = record_id(deal_id)
        archive_deal(request.actor, pk)
        return envelope.empty(request)


def _written(request: DialectRequest, document: Mapping[str, Any]) -> Wire:
    return mapping.to_wire(document, readable_custom_fields(request.actor, "deal"))


def _attach(request: DialectRequest, sent: Mapping[str, Any], deal_id: int) -> None:
    uploads = uploads_of(sent, request.params)
    if uploads:
        attach_uploads(request.actor, "deal", deal_id, uploads)


def _includes(request: DialectRequest, document: Mapping[str, Any]) -> Wire:
    """Return what ``include`` adds; names that are unknown or have nothing to show add no key."""
    wanted, pk = included(request), document["id"]
    added: dict[str, Items] = {}
    if "notes" in wanted:
        condition = where(request.actor, "deal", "eq", pk, kind="note")
        found = list(search(request.actor, Query("note", condition, limit=MOST_NOTES)).documents)
        added["notes"] = notes.items(found)
    if "attachments" in wanted:
        found = find_attachments(request.actor, "deal", [pk])[pk]
        added["attachments"] = files(found, request.build_absolute_uri)
    return {name: items for name, items in added.items() if items}
