"""Tie contacts to each other, and untie them.

People and their companies are tied by the fields of the person; a tie of that type made or ended
here takes the same way.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visible_setup import visible_relationships
from contacts.errors import Fault
from contacts.index import EMPLOYEE_OF
from contacts.models import Contact, Relationship, RelationshipType, TieValue
from contacts.services.contacts import update_contact
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.records import Document, assign, locked, projects_of, trail_of, written
from contacts.services.values import check_values, require_no_faults
from contacts.services.wastebasket import keep

Values = Mapping[str, object]

KIND = "relationship"


def tie_contacts(actor: Actor, values: Values) -> Document:
    """Tie `contact_a` to `contact_b` by a type; needs the right to change one of them.

    Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    with transaction.atomic():
        row = Relationship()
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults + _faults(row, cleaned))
        assign(row, KIND, {"is_active": True, **cleaned})
        _require_right(actor, row, "create")
        if row.type.name_a_b == EMPLOYEE_OF and row.is_active and not _is_tied_again(row):
            _employ(actor, row)
            row = Relationship.objects.get(
                type=row.type, contact_a=row.contact_a, contact_b=row.contact_b, is_active=True
            )
            assign(row, KIND, cleaned)
            row.save()
        else:
            row.save(force_insert=True)
        replace_custom_values(KIND, row.pk, with_defaults(KIND, cleaned))
        _record(actor, row, "created", after=trail_of(row, KIND))
        return written(actor, row, KIND)


def update_relationship(actor: Actor, relationship_id: int, values: Values) -> Document:
    """Change dates, description and state of a tie; what it ties and how stays.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = locked(visible_relationships(actor), KIND, relationship_id)
        _require_right(actor, row, "update")
        before = trail_of(row, KIND)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        for key in ("type", "contact_a", "contact_b"):
            has = getattr(row, f"{key}_id")
            if cleaned.get(key, has) != has:
                faults.append(Fault(key, "read_only"))
        require_no_faults(faults + _faults(row, cleaned))
        was_active = row.is_active
        assign(row, KIND, cleaned)
        row.save()
        replace_custom_values(KIND, row.pk, cleaned)
        is_employment = row.type.name_a_b == EMPLOYEE_OF and row.is_active != was_active
        if is_employment and not _is_tied_again(row):
            (_employ if row.is_active else _dismiss)(actor, row)
        _record(actor, row, "updated", before=before, after=trail_of(row, KIND))
        return written(actor, row, KIND)


def untie_contacts(actor: Actor, relationship_id: int) -> None:
    """End a tie by removing it; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = locked(visible_relationships(actor), KIND, relationship_id)
        _require_right(actor, row, "delete")
        _record(actor, row, "deleted", before=trail_of(row, KIND))
        if row.type.name_a_b == EMPLOYEE_OF and row.is_active and not _is_tied_again(row):
            _dismiss(actor, row)
        else:
            values = TieValue.objects.filter(relationship=row)
            keep(actor, KIND, [row, *values], contact_id=row.contact_a_id)
            row.delete()


def _employ(actor: Actor, row: Relationship) -> None:
    update_contact(
        actor,
        row.contact_a_id,
        lambda document: {
            "companies": list(dict.fromkeys([*_companies(document), row.contact_b_id]))
        },
    )


def _dismiss(actor: Actor, row: Relationship) -> None:
    def change(document: Document) -> Values:
        return {"companies": [pk for pk in _companies(document) if pk != row.contact_b_id]}

    update_contact(actor, row.contact_a_id, change)


def _companies(document: Document) -> list[int]:
    ids: list[int] = document.get("companies") or []  # type: ignore[assignment]  # ids, as the index wrote them
    return ids


def _require_right(actor: Actor, row: Relationship, action: str) -> None:
    projects = projects_of(row.contact_a) + projects_of(row.contact_b)
    actor.require(NEEDED[KIND, action], projects, KIND)


def _record(
    actor: Actor,
    row: Relationship,
    action: str,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Write an entry in the timelines of both contacts."""
    for contact_id in (row.contact_a_id, row.contact_b_id):
        history.record(
            actor, KIND, row.pk, action, before=before, after=after, contact_id=contact_id
        )


def _faults(row: Relationship, cleaned: Values) -> list[Fault]:
    first, second, type_id = (
        cleaned.get(key, getattr(row, f"{key}_id")) for key in ("contact_a", "contact_b", "type")
    )
    faults = []
    start, end = (cleaned.get(key, getattr(row, key)) for key in ("starts_on", "ends_on"))
    if start and end and end < start:  # type: ignore[operator]  # cleaned days
        faults.append(Fault("ends_on", "too_small", {"limit": start}))
    if first is not None and first == second:
        faults.append(Fault("contact_b", "invalid", {"value": second}))
    elif first and second and type_id:
        kind = RelationshipType.objects.get(pk=type_id)  # type: ignore[misc]  # a cleaned id
        faults += _wrong_kinds(kind, first, second)  # type: ignore[arg-type]  # cleaned ids
        if cleaned.get("is_active", row.is_active):
            days = _days_of(row, cleaned)
            same = _same_tie(row, kind, (first, second), days)  # type: ignore[arg-type]  # cleaned ids
            if same is not None:
                faults.append(Fault("contact_b", "taken", {"value": second, "record": same}))
    return faults


def _wrong_kinds(kind: RelationshipType, first: int, second: int) -> list[Fault]:
    kinds = dict(Contact.objects.filter(pk__in=[first, second]).values_list("pk", "kind"))
    wanted = (("contact_a", first, kind.kind_a), ("contact_b", second, kind.kind_b))
    return [
        Fault(key, "not_allowed", {"choices": [needed]})
        for key, pk, needed in wanted
        if needed and kinds[pk] != needed
    ]


def _days_of(row: Relationship, cleaned: Values) -> Values:
    """Return the days by which a tie is told from others of its kind.

    A new tie that does not say when is the same as any that is there.
    """
    keys = ("starts_on", "ends_on")
    if row._state.adding:
        return {key: cleaned[key] for key in keys if key in cleaned}
    return {key: cleaned.get(key, getattr(row, key)) for key in keys}


def _same_tie(
    row: Relationship, kind: RelationshipType, ends: tuple[int, int], days: Values
) -> int | None:
    """Return another tie that says the same; "Spouse of" says it in both directions."""
    others = Relationship.objects.filter(type=kind, is_active=True, **days).exclude(pk=row.pk)
    first, second = ends
    pairs = Q(contact_a_id=first, contact_b_id=second)
    if kind.name_a_b == kind.name_b_a:
        pairs |= Q(contact_a_id=second, contact_b_id=first)
    return others.filter(pairs).values_list("pk", flat=True).first()


def _is_tied_again(row: Relationship) -> bool:
    """Tell whether the same two contacts are tied by that type at another time as well."""
    ends = {"type": row.type, "contact_a": row.contact_a, "contact_b": row.contact_b}
    return Relationship.objects.filter(**ends, is_active=True).exclude(pk=row.pk).exists()
