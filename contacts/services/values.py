"""Check the values of a change against the catalogue and report all faults together."""

from collections.abc import Iterable, Mapping

from contacts.access import Actor, find_readable
from contacts.access.visibility import visible_contacts
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, catalogue, reference
from contacts.fields.types import ReferenceType, ValueFaultError
from contacts.models import Attachment, Contact

Values = Mapping[str, object]


def clean_values(
    actor: Actor, kind: str, values: Values, *, creating: bool, extra_faults: Iterable[Fault] = ()
) -> dict[str, object]:
    """Return the values as they are stored.

    Raises InvalidError with every fault: unknown and read-only fields, values that the type
    refuses, references to what does not exist or is hidden, required fields left blank.
    """
    faults = list(extra_faults)
    cleaned: dict[str, object] = {}
    for key, value in values.items():
        field = find_readable(actor, kind, key)
        if field is None:
            faults.append(Fault(key, "unknown"))
        elif not field.is_writable:
            faults.append(Fault(key, "read_only"))
        else:
            _clean_one(actor, field, value, cleaned, faults)
    faults += _blanks(kind, cleaned, creating=creating)
    if faults:
        raise InvalidError(faults)
    return cleaned


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


def _blanks(kind: str, cleaned: Values, *, creating: bool) -> list[Fault]:
    """Return a fault for each required field that is blank, or missing on creation."""
    return [
        Fault(field.key, "blank")
        for field in catalogue(kind)
        if field.is_required
        and (creating or field.key in cleaned)
        and cleaned.get(field.key) in (None, "", (), [])
        and not (creating and field.default and field.key not in cleaned)
    ]


def _exists(actor: Actor, field: Field, value: object) -> bool:
    """Tell whether everything that the value points to exists for the actor."""
    target = field.traits.get("target") or (
        field.type.target if isinstance(field.type, ReferenceType) else ""
    )
    if not target or value in (None, ()):
        return True
    ids = list(value) if isinstance(value, list | tuple) else [value]
    return _TARGETS[str(target)](actor, ids) if str(target) in _TARGETS else True


def _users_exist(actor: Actor, ids: list[object]) -> bool:
    known = reference.users().by_id
    return all(pk in known for pk in ids)


def _groups_exist(actor: Actor, ids: list[object]) -> bool:
    known = reference.user_groups().by_id
    return all(pk in known for pk in ids)


def _projects_exist(actor: Actor, ids: list[object]) -> bool:
    known = reference.projects().by_id
    return all(pk in known for pk in ids)


def _contacts_exist(actor: Actor, ids: list[object]) -> bool:
    return visible_contacts(actor).filter(pk__in=ids).count() == len(set(ids))


def _companies_exist(actor: Actor, ids: list[object]) -> bool:
    seen = visible_contacts(actor).filter(pk__in=ids, kind=Contact.Kind.ORGANIZATION)
    return seen.count() == len(set(ids))


def _attachments_exist(actor: Actor, ids: list[object]) -> bool:
    own = Attachment.objects.filter(pk__in=ids)
    if not actor.is_administrator:
        own = own.filter(author_id=actor.user_id)
    return own.count() == len(set(ids))


_TARGETS = {
    "user": _users_exist,
    "user_group": _groups_exist,
    "project": _projects_exist,
    "contact": _contacts_exist,
    "company": _companies_exist,
    "attachment": _attachments_exist,
}
