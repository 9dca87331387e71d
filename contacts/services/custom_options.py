"""Change the options of a custom field; their ids never change."""

import re
from collections.abc import Mapping, Sequence

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections

from contacts.errors import Fault
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.fields.text import fold, normalise
from contacts.fields.types.base import read_id
from contacts.models import CustomField, CustomFieldOption

# An option is its label, or a mapping with any of: id, label, value, color, is_active; and
# wanted_id, the id that a new one gets if it is free.
OptionValues = str | Mapping[str, object]

LENGTH = 255
# Programs keep ids in 32 bits.
LARGEST_WANTED = 2**31 - 1
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def replace_options(field: CustomField, items: Sequence[OptionValues]) -> list[Fault]:
    """Make the options of a field exactly these, in this order; returns what is wrong.

    An item with the id or the label of a stored option changes that option. An option that is not
    in the list is deleted; one that a record still has is only switched off, so nothing is lost.
    """
    stored = {option.pk: option for option in field.options.all()}
    by_label = {fold(option.label): option for option in stored.values()}
    rows: list[CustomFieldOption] = []
    faults: list[Fault] = []
    for position, item in enumerate(items):
        values = {"label": item} if isinstance(item, str) else dict(item)
        row = _row(field, values, stored, by_label)
        if row is None:
            faults.append(Fault("options", "unknown", {"value": values.get("id")}))
            continue
        if row.pk not in stored and row.pk in {each.pk for each in rows}:
            # Two new ones want the same id; the first has it.
            row.pk = None
        row.position = position
        faults += _assign(row, values)
        rows.append(row)
    used = used_options(field)
    listed = {row.pk for row in rows}
    kept = [option for pk, option in stored.items() if pk in used - listed]
    faults += _repeated([*kept, *rows])
    if not faults:
        _store(field, rows, used)
    return faults


def used_options(field: CustomField) -> set[int]:
    """Return the ids of those options of a field that any record has."""
    rows = CUSTOM_ROWS[field.object_kind].model._default_manager.filter(field_id=field.pk)
    return set(rows.exclude(option=None).values_list("option_id", flat=True).distinct())


def _row(
    field: CustomField,
    values: Mapping[str, object],
    stored: Mapping[int, CustomFieldOption],
    by_label: Mapping[str, CustomFieldOption],
) -> CustomFieldOption | None:
    given = values.get("id")
    if given not in (None, ""):
        return stored.get(int(str(given))) if str(given).isdecimal() else None
    known = by_label.get(fold(str(values.get("label") or "")))
    return known or CustomFieldOption(field=field, pk=_free_id(values.get("wanted_id")))


def _free_id(wanted: object) -> int | None:
    """Return the id that a new option is to have, or None where the database shall give one."""
    number = read_id(wanted)
    if number is None or number > LARGEST_WANTED:
        return None
    return None if CustomFieldOption.objects.filter(pk=number).exists() else number


def _assign(row: CustomFieldOption, values: Mapping[str, object]) -> list[Fault]:
    for name in ("label", "value", "color"):
        if name in values:
            setattr(row, name, normalise(str(values[name] or "")).strip())
    row.is_active = bool(values.get("is_active", True))
    faults = []
    if not row.label:
        faults.append(Fault("options", "blank"))
    if len(row.label) > LENGTH or len(row.value) > LENGTH:
        faults.append(Fault("options", "too_long", {"limit": LENGTH, "value": row.label}))
    if row.color and not _COLOR.fullmatch(row.color):
        faults.append(Fault("options", "invalid", {"value": row.color}))
    return faults


def _repeated(rows: Sequence[CustomFieldOption]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for row in rows:
        key = fold(row.label)
        if key and key in seen:
            faults.append(Fault("options", "taken", {"value": row.label}))
        seen.add(key)
    return faults


def _store(field: CustomField, rows: Sequence[CustomFieldOption], used: set[int]) -> None:
    stored = set(field.options.values_list("pk", flat=True))
    gone = field.options.exclude(pk__in=[row.pk for row in rows if row.pk])
    gone.filter(pk__in=used).update(is_active=False)
    gone.exclude(pk__in=used).delete()
    # Labels may change places; no two are the same in between either.
    for row in rows:
        if row.pk:
            CustomFieldOption.objects.filter(pk=row.pk).update(label=f"\x1f{row.pk}")
    known = {row.pk for row in rows if row.pk in stored}
    for row in rows:
        row.save(force_insert=row.pk not in known)
    if any(row.pk not in known for row in rows):
        _count_on()


def _count_on() -> None:
    """Let the database give ids beyond those that came with options."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [CustomFieldOption]):
            cursor.execute(statement)
