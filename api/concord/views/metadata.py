"""Tell clients which fields a resource takes, so that they can make forms of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.labels import custom_name, label_of
from api.concord.mapping import choices
from api.concord.resources.custom_fields import OWNERS
from api.concord.resources.fields import FIELDS, FieldInfo
from api.concord.resources.table import Resource, Shown, Wire
from api.concord.views.base import ConcordViewSet, answered
from contacts.access import Actor, people_of, readable_custom_fields
from contacts.errors import NotFoundError
from contacts.fields import Field, reference

COMPONENTS = {
    "text": "text-field",
    "long_text": "textarea-field",
    "integer": "number-field",
    "decimal": "numeric-field",
    "boolean": "boolean-field",
    "date": "date-field",
    "datetime": "date-time-field",
    "option": "select-field",
    "link": "url-field",
}


class FieldSet(ConcordViewSet):
    """The fields of a resource."""

    def create_fields(self, request: DialectRequest, resource: str) -> Response:
        """Return the fields of a new record."""
        asked = _described(resource)
        return envelope.listed(list(_fields(request.actor, asked, {})))

    def update_fields(
        self, request: DialectRequest, resource: str, record_id: str = ""
    ) -> Response:
        """Return the fields of a change, with the values of a record where one is named."""
        asked, values = _described(resource), {}
        if record_id:
            document = asked.get(request.actor, record_id)
            (values,) = asked.write(request.actor, [document], Shown(is_whole=True))
        return envelope.listed(list(_fields(request.actor, asked, values)))


def _described(name: str) -> Resource:
    found = answered(name)
    if found.name not in FIELDS:
        raise NotFoundError("resource")
    return found


def _fields(actor: Actor, resource: Resource, values: Mapping[str, Any]) -> Iterator[Wire]:
    for info in FIELDS[resource.name]:
        yield _built_in(actor, resource, info, values)
    kind, contact_kinds = OWNERS.get(resource.name, ("", ()))
    for field in readable_custom_fields(actor, kind) if kind else ():
        if not (contact_kinds and field.applies_to) or field.applies_to & set(contact_kinds):
            yield _custom(field, values)


def _built_in(actor: Actor, resource: Resource, info: FieldInfo, values: Mapping[str, Any]) -> Wire:
    described: Wire = {
        "attribute": info.name,
        "label": info.label or label_of(info.name),
        "component": info.component,
        "isRequired": info.is_required,
        "isUnique": info.is_unique,
        "readonly": False,
        "helpText": None,
        "value": values.get(info.name),
        "customField": None,
    }
    if info.list_name:
        options = _options(actor, info.list_name)
        described |= {"options": options, "valueKey": "id", "labelKey": "name"}
    return described


def _options(actor: Actor, list_name: str) -> list[Wire]:
    if list_name == "country":
        return choices.countries()
    if list_name == "user":
        return [{"id": user.id, "name": user.name} for user in people_of(actor)]
    if list_name == "tag":
        return choices.tags(list(reference.tags().by_id))
    rows = reference.options().of(list_name)
    return [{"id": row.pk, "name": row.label} for row in rows if row.is_active]


def _custom(field: Field, values: Mapping[str, Any]) -> Wire:
    name = custom_name(field.slug)
    described: Wire = {
        "attribute": name,
        "label": str(field.label),
        "component": "multi-select-field"
        if field.is_multiple
        else COMPONENTS.get(field.type.name, "text-field"),
        "isRequired": field.is_required,
        "isUnique": field.is_unique,
        "readonly": False,
        "helpText": field.help_text or None,
        "value": values.get(name),
        "customField": {"id": field.custom_id, "field_id": name, "label": str(field.label)},
    }
    if field.choices:
        options = [
            {"id": each.value, "name": str(each.label), "swatch_color": each.color or None}
            for each in field.choices
            if each.is_active
        ]
        described |= {"options": options, "valueKey": "id", "labelKey": "name"}
    return described
