"""Relationship: the ties between contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django.utils import timezone

from api.civicrm.calls import Asked, Record
from api.civicrm.contact.custom import custom_fields, with_custom, with_references
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError, bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import is_yes
from api.civicrm.mapping.declaring import day, integer, moment, points_to, record_id, text, yes_no
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import Integer
from api.civicrm.mapping.offering import labels
from api.civicrm.permissions import NOTHING, Permissions
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields.ties import find_relationship_type, labels_of_relationship_types
from contacts.query import And, Condition, Not, Or, where
from contacts.services.relationships import tie_contacts, untie_contacts, update_relationship

Values = Mapping[str, Any]  # values of the wire, read

KIND = "relationship"


def _types(params: Mapping[str, Any]) -> Mapping[str, str]:
    return {str(pk): label for pk, label in labels_of_relationship_types().items()}


class TypeOfTie(Integer):
    """The type of a tie by its number, or by a name or label in either direction."""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the id."""
        if isinstance(value, str) and not value.strip().lstrip("-").isdecimal():
            found = find_relationship_type(value)
            if found is None:
                raise bad_option(field.name, value)
            return found
        return super().read(value, field, actor)


class PermissionOfTie(Integer):
    """What one end may do with the other: 0 nothing, 1 see and change, 2 see."""

    html: ClassVar[str] = "Radio"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the number."""
        number = super().read(value, field, actor)
        if number not in (0, 1, 2):
            raise bad_option(field.name, value)
        return number


def _either_end(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for ties of a contact, whichever end it is."""
    ends = (
        integer(name, name, key, target="Contact")
        for name, key in (("contact_id_a", "contact_a"), ("contact_id_b", "contact_b"))
    )
    return Or(
        tuple(
            end.format.condition(
                actor, "relationship", end, Filter(asked.name, asked.operator, asked.operand)
            )
            for end in ends
        )
    )


def _is_current(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for ties that are active and within their dates today."""
    today = timezone.localdate()
    ask = partial(where, actor, kind="relationship")
    current = And(
        (
            ask("is_active", "eq", True),
            Or((ask("starts_on", "is_empty", True), ask("starts_on", "le", today))),
            Or((ask("ends_on", "is_empty", True), ask("ends_on", "ge", today))),
        )
    )
    return current if is_yes(asked.operand) else Not(current)


def _holds(document: Document) -> bool:
    """Say of a tie what `_is_current` asks for."""
    today = timezone.localdate().isoformat()
    starts, ends = (str(document.get(key) or today) for key in ("starts_on", "ends_on"))
    return bool(document.get("is_active")) and starts <= today <= ends


def _create(actor: Actor, values: Values) -> Document:
    try:
        return tie_contacts(actor, values)
    except InvalidError as error:
        raise _refusal(error.faults[0]) or error from error


def _update(actor: Actor, tie_id: int, values: Values) -> Document:
    try:
        return update_relationship(actor, tie_id, values)
    except InvalidError as error:
        raise _refusal(error.faults[0]) or error from error


def _refusal(fault: Fault) -> CiviApiError | None:
    if fault.code == "taken":
        duplicate = str(fault.params.get("record", ""))
        return CiviApiError("Duplicate Relationship", "duplicate", duplicate_id=duplicate)
    if fault.code == "not_allowed" or (fault.code == "invalid" and fault.key == "contact_b"):
        return CiviApiError("Invalid Relationship", 0)
    return None


FIELDS: Sequence[WireField] = (
    record_id("Relationship ID"),
    points_to("Contact", "contact_id_a", "Contact A", "contact_a", is_required=True),
    points_to("Contact", "contact_id_b", "Contact B", "contact_b", is_required=True),
    WireField(
        name="relationship_type_id",
        title="Relationship Type ID",
        format=TypeOfTie(),
        key="type",
        path="type_id",
        target="RelationshipType",
        offers=_types,
        is_required=True,
    ),
    day("start_date", "Relationship Start Date", "starts_on"),
    day("end_date", "Relationship End Date", "ends_on"),
    yes_no("is_active", "Relationship Is Active", "is_active", default=1),
    text("description", "Relationship Description", "description", max_length=255),
    *(
        WireField(
            name=name,
            title=title,
            format=PermissionOfTie(),
            key=key,
            path=key,
            offers=labels({"0": "None", "1": "View and update", "2": "View only"}),
        )
        for name, title, key in (
            ("is_permission_a_b", "Contact A has Permission Over B", "permission_a_b"),
            ("is_permission_b_a", "Contact B has Permission Over A", "permission_b_a"),
        )
    ),
    moment("created_date", "Created Date", "created_at", is_writable=False),
    points_to("Contact", "contact_id", "Contact ID", is_filter_only=True, ask=_either_end),
    yes_no(
        "is_current",
        "Is Current",
        path="is_current",
        is_default=False,
        is_writable=False,
        is_described=False,
        ask=_is_current,
    ),
)


def relationship_fields(actor: Actor) -> Sequence[WireField]:
    """Return the fields of Relationship for an actor, custom ones last."""
    return (*FIELDS, *(replace(each, is_default=True) for each in custom_fields(actor, KIND)))


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [{**with_custom(each), "is_current": _holds(each)} for each in documents]
    records = written(RELATIONSHIP, actor, shown, asked)
    if asked.is_complete:
        return records
    return with_references(actor, relationship_fields(actor), records)


RELATIONSHIP = Entity(
    name="Relationship",
    source=RecordSource(KIND, _write),
    fields=relationship_fields,
    built_in=FIELDS,
    permissions=Permissions(get=NOTHING, other=("access CiviCRM", "edit all contacts")),
    create=_create,
    update=_update,
    delete=untie_contacts,
    label="description",
)

ENTITIES = (RELATIONSHIP,)
