"""The fields of contacts: described for programs, and set up by administrators."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.wildapricot import envelope
from api.wildapricot.errors import FixedFieldError
from api.wildapricot.filters import is_asked
from api.wildapricot.mapping import dividers, field_bodies
from api.wildapricot.mapping.bodies import mapping_of
from api.wildapricot.mapping.descriptions import description
from api.wildapricot.mapping.fields import CUSTOM_FROM
from api.wildapricot.mapping.literals import integer_of
from api.wildapricot.mapping.table import table_for
from api.wildapricot.views.base import WildApricotView, WildApricotViewSet, id_of
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query import Query, get_record, search
from contacts.query.records import find_record
from contacts.services.custom_fields import (
    create_custom_field,
    create_custom_field_group,
    delete_custom_field,
    delete_custom_field_group,
    update_custom_field,
    update_custom_field_group,
)

Wire = dict[str, object]

KIND = "custom_field"


class ContactFieldSet(WildApricotViewSet):
    """Fields; those of the account's own can be added, changed and deleted."""

    reading_scope = "contacts_view"
    writing_scope = "contacts_edit"
    xml_item = "ContactFieldDescription"

    def list(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """List the fields in the order in which contacts show them."""
        with_dividers = is_asked(request.query, "showsectiondividers")
        return envelope.single(described(self, request, with_dividers=with_dividers))

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show one field."""
        number = id_of(record_id, "field")
        found = [
            each for each in described(self, request, with_dividers=True) if each["Id"] == number
        ]
        if not found:
            raise NotFoundError("field", number)
        _note_version(request, number)
        return envelope.single(found[0])

    def create(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Define a field; the answer is its number alone."""
        actor, body = request.actor, mapping_of(request.data)
        actor.require_administrator()
        if field_bodies.is_divider(body):
            group = create_custom_field_group(actor, {"title": field_bodies.title_of(body)})
            return envelope.single(dividers.DIVIDERS_FROM + int(str(group["id"])))
        defined = field_bodies.new_definition(body, _names(actor))
        values = {"object_kind": "contact", **defined.values}
        made = create_custom_field(actor, values, options=defined.options)
        return envelope.single(CUSTOM_FROM + int(str(made["id"])))

    def update(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Change what the body names of a field."""
        actor, body = request.actor, mapping_of(request.data)
        actor.require_administrator()
        number = id_of(record_id, "field")
        group_id = dividers.group_of(number)
        if group_id is not None:
            update_custom_field_group(actor, group_id, {"title": field_bodies.title_of(body)})
            return envelope.single(True)
        field_id = _custom_id(actor, number)
        present = get_record(actor, KIND, field_id)
        if "order" in body and integer_of(body["order"]) in self._orders_of(number):
            # A description that is sent back moves nothing: what it tells is the place among all.
            body = {key: value for key, value in body.items() if key != "order"}
        defined = field_bodies.changed_definition(body, present, _names(actor, but=number))
        update_custom_field(actor, field_id, defined.values, options=defined.options)
        return envelope.single(True)

    def _orders_of(self, number: int) -> set[object]:
        """Return the places that are told of a field: with dividers between them and without."""
        lists = (described(self, self.request, with_dividers=each) for each in (True, False))
        return {each["Order"] for fields in lists for each in fields if each["Id"] == number}

    def destroy(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Delete a field with all of its values."""
        actor = request.actor
        actor.require_administrator()
        number = id_of(record_id, "field")
        group_id = dividers.group_of(number)
        if group_id is not None:
            delete_custom_field_group(actor, group_id)
        else:
            delete_custom_field(actor, _custom_id(actor, number))
        return envelope.single(True)


def described(view: WildApricotView, request: DialectRequest, *, with_dividers: bool) -> list[Wire]:
    """Return the descriptions of all fields that the caller may read."""
    actor = request.actor
    place = {"version": view.version, "account_url": view.account_url}
    groups = _groups(actor) if with_dividers else []
    found = dividers.placed(table_for(actor).fields, groups)
    return [
        dividers.divider(each, order=order, **place)
        if isinstance(each, dict)
        else description(each, actor, order=order, **place)
        for order, each in enumerate(found, start=1)
    ]


def _groups(actor: Actor) -> list[dict[str, object]]:
    asked = Query("custom_field_group", limit=1_000, total=False)
    return [group for group in search(actor, asked).documents if group["is_active"]]


def _note_version(request: DialectRequest, number: int) -> None:
    document = find_record(request.actor, "custom_field", number - CUSTOM_FROM)
    if document is not None:
        request.shown_version = version_of("custom_field", document)


def _custom_id(actor: Actor, number: int) -> int:
    """Return the id of a custom field; raises FixedFieldError for one that every account has."""
    if number > CUSTOM_FROM:
        return number - CUSTOM_FROM
    if any(field.id == number for field in table_for(actor).fields):
        raise FixedFieldError
    raise NotFoundError("field", number)


def _names(actor: Actor, *, but: int = 0) -> frozenset[str]:
    fields = table_for(actor).fields
    return frozenset(field.name.casefold() for field in fields if field.id != but)
