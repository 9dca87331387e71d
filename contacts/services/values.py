"""Check the values of a change against the catalogue and report all faults together."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from contacts.access import Actor, knows_users, may_read
from contacts.access.seeing import sees_project
from contacts.access.visibility import (
    visible_attachments,
    visible_contacts,
    visible_deals,
    visible_notes,
    visible_tickets,
)
from contacts.access.visible_setup import visible_bundles
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, catalogue, reference
from contacts.fields.types import ValueFaultError
from contacts.models import (
    Contact,
    CustomFieldGroup,
    DealCategory,
    DealStatus,
    Folder,
    Group,
    MembershipLevel,
    Pipeline,
    Product,
    RelationshipType,
    Stage,
    Tag,
    TicketCategory,
)

Values = Mapping[str, object]


def clean_values(
    actor: Actor, kind: str, values: Values, *, creating: bool, extra_faults: Iterable[Fault] = ()
) -> dict[str, object]:
    """Return the values as they are stored.

    Raises InvalidError with every fault: unknown and read-only fields, values that the type
    refuses, references to what does not exist or is hidden, required fields left blank.
    """
    cleaned, faults = check_values(actor, kind, values, creating=creating)
    require_no_faults([*extra_faults, *faults])
    return cleaned


def require_no_faults(faults: Sequence[Fault]) -> None:
    """Raise InvalidError where there are faults."""
    if faults:
        raise InvalidError(faults)


def check_values(
    actor: Actor, kind: str, values: Values, *, creating: bool, record_kind: str = ""
) -> tuple[dict[str, object], list[Fault]]:
    """Return the values that can be stored, and what is wrong with the others.

    For services with rules of their own, so that those are reported together with the rest.
    `record_kind` says which kind of contact it is: fields of another kind are not required of it.
    """
    faults: list[Fault] = []
    cleaned: dict[str, object] = {}
    fields = catalogue(kind)
    for key, value in values.items():
        field = fields.find(key)
        # Missing and unreadable look the same.
        if field is None or not may_read(actor, field):
            faults.append(Fault(key, "unknown"))
        elif not field.is_writable:
            faults.append(Fault(key, "read_only"))
        else:
            _clean_one(actor, field, value, cleaned, faults)
    wrong = {fault.key for fault in faults}
    blanks = (
        Fault(field.key, "blank")
        for field in fields.required
        if may_read(actor, field)
        and _is_left_blank(field, cleaned, creating=creating)
        and _is_asked_of(field, record_kind, _places_of(actor, cleaned))
        and (not creating or not field.is_for_members or _makes_member(cleaned))
    )
    return cleaned, faults + [fault for fault in blanks if fault.key not in wrong]


def id_of(value: object) -> int | None:
    """Return a cleaned reference as the id that it is, or None."""
    return value if isinstance(value, int) else None


def ids_of(value: object) -> list[int]:
    """Return a cleaned list of references, or a single one, as ids."""
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if isinstance(item, int)]


def _clean_one(
    actor: Actor, field: Field, value: object, cleaned: dict[str, object], faults: list[Fault]
) -> None:
    try:
        ready = _several(field, value) if _is_list(field) else field.type.clean(value, field)
    except ValueFaultError as fault:
        faults.append(Fault(field.key, fault.code, fault.params))
        return
    if not _exists(actor, field, ready):
        faults.append(Fault(field.key, "unknown", {"value": value}))
        return
    cleaned[field.key] = ready


def _is_list(field: Field) -> bool:
    return field.is_custom and field.is_multiple


def _several(field: Field, value: object) -> list[object]:
    items = value if isinstance(value, list | tuple) else [value]
    ready = (field.type.clean(item, field) for item in items)
    return list(dict.fromkeys(item for item in ready if item not in (None, "")))


def _is_left_blank(field: Field, cleaned: Values, *, creating: bool) -> bool:
    """Tell whether a required field is blank, or missing on creation without a default."""
    if cleaned.get(field.key) not in (None, "", (), []):
        return False
    return field.key in cleaned or (creating and not field.default)


def _is_asked_of(field: Field, record_kind: str, places: Collection[int]) -> bool:
    """Tell whether a field is there for this kind of contact, in one of these projects."""
    if record_kind and field.applies_to and record_kind not in field.applies_to:
        return False
    return not field.project_ids or not field.project_ids.isdisjoint(places)


def _makes_member(cleaned: Values) -> bool:
    """Tell whether a new contact is a member: some fields are only asked of those."""
    return cleaned.get("membership_level") is not None or cleaned.get("bundle") is not None


def _places_of(actor: Actor, cleaned: Values) -> list[int]:
    """Return the projects that a change names, else the one where the actor's records go."""
    named = ids_of(cleaned.get("projects")) or ids_of(cleaned.get("project"))
    return named or ids_of(actor.default_project_id)


def _exists(actor: Actor, field: Field, value: object) -> bool:
    """Tell whether everything that the value points to exists for the actor."""
    target = field.target
    if not target or value in (None, ()):
        return True
    ids: list[Any] = list(value) if isinstance(value, list | tuple) else [value]  # cleaned ids
    return _TARGETS[target](actor, ids) if target in _TARGETS else True


def _groups_exist(actor: Actor, ids: list[int]) -> bool:
    known = reference.user_groups().by_id
    return all(pk in known for pk in ids)


def _projects_exist(actor: Actor, ids: list[int]) -> bool:
    # One that the actor does not see looks like one that is not there.
    known = reference.places()
    return all(pk in known and sees_project(actor, known[pk]) for pk in ids)


def _contacts_exist(actor: Actor, ids: list[int]) -> bool:
    return visible_contacts(actor).filter(pk__in=ids).count() == len(set(ids))


def _companies_exist(actor: Actor, ids: list[int]) -> bool:
    seen = visible_contacts(actor).filter(pk__in=ids, kind=Contact.Kind.ORGANIZATION)
    return seen.count() == len(set(ids))


def _attachments_exist(actor: Actor, ids: list[int]) -> bool:
    return visible_attachments(actor).filter(pk__in=ids).count() == len(set(ids))


def _roles_exist(actor: Actor, ids: list[int]) -> bool:
    known = reference.roles().by_id
    return all(pk in known for pk in ids)


def _deals_exist(actor: Actor, ids: list[int]) -> bool:
    return visible_deals(actor).filter(pk__in=ids).count() == len(set(ids))


def _tickets_exist(actor: Actor, ids: list[int]) -> bool:
    return visible_tickets(actor).filter(pk__in=ids).count() == len(set(ids))


def _bundles_exist(actor: Actor, ids: list[int]) -> bool:
    return visible_bundles(actor).filter(pk__in=ids).count() == len(set(ids))


def _notes_exist(actor: Actor, ids: list[int]) -> bool:
    return visible_notes(actor).filter(pk__in=ids).count() == len(set(ids))


def _rows_exist(model: type[Model]) -> Callable[[Actor, list[int]], bool]:
    def exist(actor: Actor, ids: list[int]) -> bool:
        return model._default_manager.filter(pk__in=ids).count() == len(set(ids))

    return exist


_TARGETS: dict[str, Callable[[Actor, list[int]], bool]] = {
    "deal_status": _rows_exist(DealStatus),
    "stage": _rows_exist(Stage),
    "pipeline": _rows_exist(Pipeline),
    "deal_category": _rows_exist(DealCategory),
    "group": _rows_exist(Group),
    "product": _rows_exist(Product),
    "tag": _rows_exist(Tag),
    "ticket_category": _rows_exist(TicketCategory),
    "relationship_type": _rows_exist(RelationshipType),
    "membership_level": _rows_exist(MembershipLevel),
    "custom_field_group": _rows_exist(CustomFieldGroup),
    "bundle": _bundles_exist,
    "role": _roles_exist,
    "folder": _rows_exist(Folder),
    "note": _notes_exist,
    "deal": _deals_exist,
    "ticket": _tickets_exist,
    "user": knows_users,
    "user_group": _groups_exist,
    "project": _projects_exist,
    "contact": _contacts_exist,
    "company": _companies_exist,
    "attachment": _attachments_exist,
}
