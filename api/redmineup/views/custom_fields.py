"""Answer what is asked about the definitions of custom fields."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.redmineup import envelope
from api.redmineup.mapping import custom_field_definitions as mapping
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet, body_of, record_id
from contacts.access import Actor, readable_custom_fields
from contacts.errors import NotFoundError
from contacts.fields import Field
from contacts.query import get_record
from contacts.services.custom_fields import (
    create_custom_field,
    delete_custom_field,
    update_custom_field,
)

KINDS = ("contact", "deal")


class CustomFieldSet(RedmineUpViewSet):
    """List, show, define, change and delete custom fields."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return the definitions of all fields that the actor may read."""
        # The original shows them to administrators alone, so programs cannot know what to send.
        fields = _readable(request.actor)
        items = Items("custom_field", [mapping.to_wire(field) for field in fields])
        return envelope.whole("custom_fields", items)

    def retrieve(self, request: DialectRequest, field_id: str) -> HttpResponseBase:
        """Return one definition."""
        field = _field(request.actor, record_id(field_id))
        document = get_record(request.actor, "custom_field", record_id(field_id))
        request.shown_version = version_of("custom_field", document)
        return envelope.single("custom_field", mapping.to_wire(field))

    def create(self, request: DialectRequest) -> HttpResponseBase:
        """Define a field."""
        sent = body_of(request, "custom_field")
        document = create_custom_field(
            request.actor,
            mapping.from_wire(sent, creating=True),
            options=mapping.options_of(sent),
        )
        written = mapping.to_wire(_field(request.actor, int(str(document["id"]))))
        address = f"/custom_fields/{document['id']}"
        return envelope.created(request, "custom_field", written, address)

    def update(self, request: DialectRequest, field_id: str) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        sent = body_of(request, "custom_field")
        update_custom_field(
            request.actor,
            record_id(field_id),
            mapping.from_wire(sent, creating=False),
            options=mapping.options_of(sent),
        )
        return envelope.empty(request)

    def destroy(self, request: DialectRequest, field_id: str) -> HttpResponseBase:
        """Delete a field with its values."""
        delete_custom_field(request.actor, record_id(field_id))
        return envelope.empty(request)


def _readable(actor: Actor) -> list[Field]:
    return [field for kind in KINDS for field in readable_custom_fields(actor, kind)]


def _field(actor: Actor, field_id: int) -> Field:
    found = next((each for each in _readable(actor) if each.custom_id == field_id), None)
    if found is None:
        raise NotFoundError("custom_field", field_id)
    return found
