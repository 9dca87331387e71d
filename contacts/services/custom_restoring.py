"""Keep custom fields that are deleted, and bring them back with their options and values."""

import json
from typing import Any, cast

from django.core import serializers
from django.core.serializers.base import DeserializedObject
from django.db import transaction

from contacts import history
from contacts.access import Actor
from contacts.errors import ConflictError
from contacts.fields import reference
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.models import (
    CustomField,
    CustomFieldGroup,
    CustomFieldOption,
    MembershipLevel,
    Project,
)
from contacts.models.custom_fields import TypedValue
from contacts.services.many_contacts import change_many
from contacts.services.wastebasket import find_kept, keep, kept_of

KIND = "custom_field"


def keep_field(actor: Actor, field: CustomField) -> None:
    """Keep a field that is about to be deleted."""
    values = CUSTOM_ROWS[field.object_kind].model._default_manager.filter(field_id=field.pk)
    keep(actor, KIND, [field, *field.options.all(), *values.order_by("pk")])


def deleted_custom_fields(actor: Actor) -> list[dict[str, Any]]:
    """Return what can be brought back: `record_id`, `label`, `deleted_at`; the last first."""
    actor.require_administrator()
    return kept_of(KIND, "label")


def bring_back_custom_field(actor: Actor, field_id: int) -> None:
    """Put a deleted field back under its number, with the values of the records that are left.

    Raises NotFoundError, ForbiddenError; ConflictError "taken" where another field has its short
    name by now.
    """
    actor.require_administrator()
    with transaction.atomic():
        kept = find_kept(KIND, field_id)
        definition, *others = serializers.deserialize("json", json.dumps(kept.rows))
        field = _put_back(definition)
        for each in others:
            if isinstance(each.object, CustomFieldOption):
                each.object.save(force_insert=True)
        reference.bump("catalogue")
        values = [each.object for each in others if isinstance(each.object, TypedValue)]
        _put_values_back(actor, field, values)
        kept.delete()
        history.record(actor, KIND, field_id, "restored")


def _put_back(definition: DeserializedObject) -> CustomField:
    """Save the definition; projects, levels and a group that are gone are left out."""
    field = cast(CustomField, definition.object)
    same = CustomField.objects.filter(object_kind=field.object_kind, slug=field.slug)
    if same.exists():
        raise ConflictError("taken")
    if not CustomFieldGroup.objects.filter(pk=field.group_id or 0).exists():
        field.group_id = None
    links = definition.m2m_data or {}
    for name, model in (("projects", Project), ("levels", MembershipLevel)):
        present = model._default_manager.filter(pk__in=links.get(name, []))
        links[name] = list(present.values_list("pk", flat=True))
    definition.save()
    return field


def _put_values_back(actor: Actor, field: CustomField, values: list[TypedValue]) -> None:
    storage = CUSTOM_ROWS[field.object_kind]
    owner, manager = f"{storage.owner}_id", storage.model._default_manager
    by_record: dict[int, list[TypedValue]] = {}
    for value in values:
        by_record.setdefault(getattr(value, owner), []).append(value)
    records = storage.model._meta.get_field(storage.owner).related_model
    there = records._default_manager.filter(pk__in=by_record)  # type: ignore[union-attr]  # a model
    ids = sorted(there.values_list("pk", flat=True))

    def write(batch: list[int]) -> None:
        manager.bulk_create([value for pk in batch for value in by_record[pk]])

    if field.object_kind == "contact":
        change_many(actor, ids, write)
    else:
        write(ids)
        for pk in ids:
            history.record(
                actor, field.object_kind, pk, "updated", after=_told(field, by_record[pk])
            )


def _told(field: CustomField, values: list[TypedValue]) -> dict[str, object]:
    """Return the values as an entry of the history says them."""
    told = [value.option_id or value.given or value.number for value in values]
    return {"custom": {str(field.pk): told if len(told) > 1 else told[0]}}
