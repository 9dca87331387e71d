"""Define, change and delete custom fields.

Definitions belong to administrators. The id of a field and of each option is given once and never
used again, so that clients may keep it.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.text import slugify

from contacts import history
from contacts.access import Actor
from contacts.access.visibility import visible_custom_field_groups, visible_custom_fields
from contacts.errors import Fault, InvalidError
from contacts.fields import reference
from contacts.fields.catalogue import CUSTOM_ROWS, custom_field
from contacts.fields.patterns import PatternError, compiled
from contacts.fields.text import fold
from contacts.fields.types import ValueFaultError
from contacts.models import Contact, CustomField, CustomFieldGroup
from contacts.services.custom_conversion import Conversion, convert, try_conversion
from contacts.services.custom_erasure import erase_values, refresh_contacts_with
from contacts.services.custom_options import OptionValues, replace_options
from contacts.services.custom_restoring import keep_field
from contacts.services.records import Document, assign, locked, trail_of, written
from contacts.services.setup import delete_setup, link, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]
Options = Sequence[OptionValues]

# What changes how contacts are found, so that their derived data must be written anew.
FINDING = ("type", "is_searchable", "is_active")


def create_custom_field(
    actor: Actor, values: Values, *, options: Options | None = None
) -> Document:
    """Define a field and return its document; a slug that is not given follows from the label.

    Raises ForbiddenError, InvalidError with all faults, those of the options included.
    """
    actor.require_administrator()
    with transaction.atomic():
        record = CustomField()
        cleaned, faults = check_values(actor, "custom_field", values, creating=True)
        kind = str(cleaned.get("object_kind") or "contact")
        if not cleaned.get("slug"):
            cleaned["slug"] = _free_slug(kind, str(cleaned.get("label") or ""))
        require_no_faults(faults + _faults(record, cleaned))
        assign(record, "custom_field", {**_position(kind), **cleaned})
        record.save(force_insert=True)
        _store_lists(record, cleaned, options)
        reference.bump("catalogue")
        history.record(
            actor, "custom_field", record.pk, "created", after=trail_of(record, "custom_field")
        )
        return written(actor, record, "custom_field")


def update_custom_field(
    actor: Actor, field_id: int, values: Values, *, options: Options | None = None
) -> Document:
    """Change a definition; the kind of record that it is of stays.

    A change of type converts all values and is refused where one does not convert. Options that
    the list leaves out are deleted, or switched off while a record has them. Raises NotFoundError,
    ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        record = _locked(actor, field_id)
        before = trail_of(record, "custom_field")
        finding = [getattr(record, name) for name in FINDING]
        cleaned, faults = check_values(actor, "custom_field", values, creating=False)
        if "slug" in cleaned and not cleaned["slug"]:
            faults.append(Fault("slug", "blank"))
        require_no_faults(faults + _faults(record, cleaned))
        had_type = record.type
        assign(record, "custom_field", cleaned)
        record.save()
        _store_lists(record, cleaned, options)
        if record.type != had_type:
            _convert(record)
        reference.bump("catalogue")
        after = trail_of(record, "custom_field")
        if finding != [getattr(record, name) for name in FINDING] or (
            record.is_searchable and before.get("options") != after.get("options")
        ):
            refresh_contacts_with(record)
        history.record(actor, "custom_field", record.pk, "updated", before=before, after=after)
        return written(actor, record, "custom_field")


def try_type(actor: Actor, field_id: int, type_name: str) -> Conversion:
    """Say what a change of type would do to the values, without doing it.

    Raises NotFoundError, ForbiddenError, InvalidError for an unknown type.
    """
    actor.require_administrator()
    record = _locked_for_reading(actor, field_id)
    cleaned, faults = check_values(actor, "custom_field", {"type": type_name}, creating=False)
    require_no_faults(faults)
    record.type = str(cleaned["type"])
    return try_conversion(record, custom_field(record))


def delete_custom_field(actor: Actor, field_id: int) -> None:
    """Delete a field with all of its values, which can be brought back for a while.

    The history of every record keeps the value that it had. Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        record = _locked(actor, field_id)
        keep_field(actor, record)
        erase_values(actor, record)
        delete_setup(actor, record, "custom_field")
        reference.bump("catalogue")


def create_custom_field_group(actor: Actor, values: Values) -> Document:
    """Create a group of fields; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        row = CustomFieldGroup()
        cleaned, faults = check_values(actor, "custom_field_group", values, creating=True)
        cleaned["name"] = cleaned.get("name") or _slug_of(str(cleaned.get("title") or ""))
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        document = store_new(actor, row, "custom_field_group", cleaned)
        reference.bump("catalogue")
        return document


def update_custom_field_group(actor: Actor, group_id: int, values: Values) -> Document:
    """Change a group of fields; raises NotFoundError, ForbiddenError, InvalidError."""
    with transaction.atomic():
        row = _locked_group(actor, group_id)
        cleaned, faults = check_values(actor, "custom_field_group", values, creating=False)
        if "name" in cleaned and not cleaned["name"]:
            faults.append(Fault("name", "blank"))
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        document = store_change(actor, row, "custom_field_group", cleaned)
        reference.bump("catalogue")
        return document


def delete_custom_field_group(actor: Actor, group_id: int) -> None:
    """Delete a group; its fields stay, in no group. Raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        delete_setup(actor, _locked_group(actor, group_id), "custom_field_group")
        reference.bump("catalogue")


def _locked(actor: Actor, field_id: int) -> CustomField:
    actor.require_administrator()
    return locked(visible_custom_fields(actor), "custom_field", field_id)


def _locked_for_reading(actor: Actor, field_id: int) -> CustomField:
    with transaction.atomic():
        return _locked(actor, field_id)


def _locked_group(actor: Actor, group_id: int) -> CustomFieldGroup:
    actor.require_administrator()
    return locked(visible_custom_field_groups(actor), "custom_field_group", group_id)


def _position(kind: str) -> dict[str, object]:
    """Return the place after the last field."""
    last = CustomField.objects.filter(object_kind=kind).order_by("-position").first()
    return {"position": last.position + 1 if last else 0}


def _slug_of(label: str) -> str:
    slug = slugify(fold(label)).replace("-", "_").lstrip("_0123456789")[:90]
    return slug or "field"


def _free_slug(kind: str, label: str) -> str:
    slug = _slug_of(label)
    names = CustomField.objects.filter(object_kind=kind).values_list("slug", flat=True)
    taken = {name.lower() for name in names}
    if slug not in taken:
        return slug
    return next(f"{slug}_{n}" for n in range(2, len(taken) + 3) if f"{slug}_{n}" not in taken)


def _faults(record: CustomField, cleaned: Values) -> list[Fault]:
    kind = cleaned.get("object_kind", record.object_kind)
    faults = taken_faults(record, "slug", cleaned, scope={"object_kind": kind})
    if record.pk and kind != record.object_kind:
        faults.append(Fault("object_kind", "read_only"))
    try:
        compiled(str(cleaned.get("pattern") or ""))
    except PatternError:
        faults.append(Fault("pattern", "invalid", {"value": cleaned["pattern"]}))
    least, most = (cleaned.get(key, getattr(record, key)) for key in ("min_length", "max_length"))
    if least and most and least > most:  # type: ignore[operator]  # cleaned numbers
        faults.append(Fault("min_length", "too_large", {"limit": most}))
    kinds = cleaned.get("kinds") or ()
    unknown = set(kinds) - set(Contact.Kind.values)  # type: ignore[call-overload]  # cleaned names
    faults += [Fault("kinds", "not_in_list", {"value": name}) for name in sorted(unknown)]
    if record.is_multiple and cleaned.get("is_multiple") is False and _has_several(record):
        faults.append(Fault("is_multiple", "not_allowed"))
    return faults


def _has_several(record: CustomField) -> bool:
    values = CUSTOM_ROWS[record.object_kind].model._default_manager
    return values.filter(field_id=record.pk, position__gt=0).exists()


def _store_lists(record: CustomField, cleaned: Values, options: Options | None) -> None:
    """Store projects and options, then check the default, which may be one of the options."""
    link(record, "custom_field", cleaned)
    faults = replace_options(record, options) if options is not None else []
    fresh = CustomField.objects.get(pk=record.pk)
    if fresh.default:
        try:
            field = custom_field(fresh)
            field.type.clean(fresh.default, field)
        except ValueFaultError as fault:
            faults.append(Fault("default", fault.code, fault.params))
    require_no_faults(faults)


def _convert(record: CustomField) -> None:
    field = custom_field(CustomField.objects.get(pk=record.pk))
    conversion = try_conversion(record, field)
    if conversion.failed:
        raise InvalidError(conversion.faults())
    convert(record, field)
