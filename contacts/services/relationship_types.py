"""Set up the types of ties between contacts."""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visible_setup import visible_relationship_types
from contacts.errors import ConflictError, Fault
from contacts.fields import reference
from contacts.index import EMPLOYEE_OF
from contacts.models import RelationshipType
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "relationship_type"
NAMES = ("name_a_b", "name_b_a")


def create_relationship_type(actor: Actor, values: Values) -> Document:
    """Make a type of tie; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        row = RelationshipType()
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults + taken_faults(row, "name_a_b", cleaned))
        document = store_new(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def update_relationship_type(actor: Actor, type_id: int, values: Values) -> Document:
    """Change a type; the names by which people belong to companies stay, their labels need not.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, type_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        if row.name_a_b == EMPLOYEE_OF:
            faults += [
                Fault(key, "read_only")
                for key in (*NAMES, "kind_a", "kind_b", "is_active")
                if cleaned.get(key, getattr(row, key)) != getattr(row, key)
            ]
        require_no_faults(faults + taken_faults(row, "name_a_b", cleaned))
        document = store_change(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def delete_relationship_type(actor: Actor, type_id: int) -> None:
    """Delete a type that no tie has.

    Raises ConflictError: "in_use", or "built_in" for the one by which people belong to companies;
    NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, type_id)
        if row.name_a_b == EMPLOYEE_OF:
            raise ConflictError("built_in")
        if row.relationships.exists():
            raise ConflictError("in_use")
        delete_setup(actor, row, KIND)
        reference.bump("catalogue")


def _locked(actor: Actor, type_id: int) -> RelationshipType:
    actor.require_administrator()
    return locked(visible_relationship_types(actor), KIND, type_id)
