"""The field catalogue: every field of every kind of record, built in or custom."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from contacts.fields import reference
from contacts.fields.activity_fields import ACTIVITY_FIELDS
from contacts.fields.activity_tie_fields import ACTIVITY_TIES
from contacts.fields.channel_fields import CHANNEL_RECORD_FIELDS
from contacts.fields.contact_fields import CONTACT_FIELDS
from contacts.fields.deal_setup_fields import DEAL_SETUP_FIELDS
from contacts.fields.definition_fields import DEFINITION_FIELDS
from contacts.fields.document_fields import DOCUMENT_FIELDS
from contacts.fields.fact_fields import CONTACT_FACTS
from contacts.fields.field import Choice, Field
from contacts.fields.group_fields import GROUPS
from contacts.fields.membership_fields import MEMBERSHIP_SETUP_FIELDS
from contacts.fields.other_fields import OTHER_FIELDS
from contacts.fields.people_fields import PEOPLE_FIELDS
from contacts.fields.product_fields import PRODUCT_FIELDS
from contacts.fields.setup_fields import SETUP_FIELDS
from contacts.fields.storage import CustomRows
from contacts.fields.types import CUSTOM_TYPES, AttachmentType
from contacts.models import (
    ActivityValue,
    AddressValue,
    CustomField,
    CustomValue,
    DealValue,
    ProductValue,
    TieValue,
)

# The kinds of record that can have custom fields with values, and where those are.
CUSTOM_ROWS = {
    "contact": CustomRows(CustomValue, "contact"),
    "deal": CustomRows(DealValue, "deal"),
    "activity": CustomRows(ActivityValue, "activity"),
    "product": CustomRows(ProductValue, "product"),
    "address": CustomRows(AddressValue, "address"),
    "relationship": CustomRows(TieValue, "relationship"),
}

BUILT_IN: dict[str, tuple[Field, ...]] = {
    "contact": (*CONTACT_FIELDS, *CONTACT_FACTS),
    **CHANNEL_RECORD_FIELDS,
    **OTHER_FIELDS,
    "activity": ACTIVITY_FIELDS,
    **ACTIVITY_TIES,
    **PEOPLE_FIELDS,
    **PRODUCT_FIELDS,
    **DEAL_SETUP_FIELDS,
    **SETUP_FIELDS,
    **DOCUMENT_FIELDS,
    **MEMBERSHIP_SETUP_FIELDS,
    **GROUPS,
    **DEFINITION_FIELDS,
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fields of one kind of record, by key and in order."""

    kind: str
    by_key: Mapping[str, Field]
    by_custom_id: Mapping[int, Field]
    required: Sequence[Field]
    # Custom fields that no two records have alike, that begin with a value, that hold files.
    unique: Sequence[Field]
    defaulted: Sequence[Field]
    filed: Sequence[Field]

    def find(self, key: str) -> Field | None:
        """Return the field with this key, or None."""
        return self.by_key.get(key)

    def custom(self) -> Iterable[Field]:
        """Return the custom fields in their order."""
        return self.by_custom_id.values()

    def __iter__(self) -> Iterator[Field]:
        """Yield all fields in order."""
        return iter(self.by_key.values())


def catalogue(kind: str = "contact") -> Catalogue:
    """Return the catalogue of one kind of record as it is now."""
    return reference.kept(*_asked_for(kind))


@cache
def _asked_for(kind: str) -> tuple[str, str, Callable[[], Catalogue]]:
    """Return what asks for a catalogue: it is asked for several times for every contact."""
    return f"catalogue:{kind}", "catalogue", partial(_read, kind)


def _read(kind: str) -> Catalogue:
    fields = [_with_choices(field) for field in BUILT_IN.get(kind, ())]
    custom = [custom_field(record) for record in _custom_records(kind)]
    return Catalogue(
        kind,
        {field.key: field for field in (*fields, *custom)},
        {field.custom_id: field for field in custom if field.custom_id is not None},
        required=[field for field in (*fields, *custom) if field.is_required],
        unique=[field for field in custom if field.is_unique],
        defaulted=[field for field in custom if field.default],
        filed=[field for field in custom if isinstance(field.type, AttachmentType)],
    )


def _custom_records(kind: str) -> Iterable[CustomField]:
    if kind not in CUSTOM_ROWS:
        return ()
    records = CustomField.objects.filter(object_kind=kind, is_active=True)
    return records.select_related("group").prefetch_related("options", "projects", "levels")


def _with_choices(field: Field) -> Field:
    if not field.list_name:
        return field
    return replace(field, choices=tuple(_choices_of(field.list_name)))


def _choices_of(list_name: str) -> Iterator[Choice]:
    if list_name == "country":
        for country in reference.countries().by_id.values():
            yield Choice(country.id, country.key, country.name)
        return
    if list_name == "membership_level":
        for level in reference.membership_levels().by_id.values():
            yield Choice(level.id, level.key, level.name)
        return
    for option in reference.options().of(list_name):
        yield Choice(option.pk, option.name, option.label, option.color, option.is_active)


def custom_field(record: CustomField) -> Field:
    """Return the catalogue's field of one definition."""
    return Field(
        key=f"custom_{record.pk}",
        kind=record.object_kind,
        type=CUSTOM_TYPES[record.type],
        label=record.label,
        storage=CUSTOM_ROWS[record.object_kind],
        is_filterable=record.is_filterable,
        is_searchable=record.is_searchable,
        is_required=record.is_required,
        is_multiple=record.is_multiple,
        applies_to=frozenset(record.kinds),
        access=record.access,
        max_length=record.max_length,
        min_length=record.min_length,
        pattern=record.pattern,
        is_unique=record.is_unique,
        default=record.default,
        choices=tuple(_custom_choices(record)),
        custom_id=record.pk,
        slug=record.slug,
        help_text=record.help_text,
        group=record.group.title if record.group else "",
        group_name=record.group.name if record.group else "",
        group_id=record.group_id,
        control=record.control,
        appearance=record.appearance,
        terms_url=record.terms_url,
        is_for_members=record.is_for_members,
        level_ids=frozenset(level.pk for level in record.levels.all()),
        project_ids=frozenset(project.pk for project in record.projects.all()),
        traits={
            "is_in_form": record.is_in_form,
            "is_in_list": record.is_in_list,
            "is_required_in_forms": record.is_required_in_forms,
        },
    )


def _custom_choices(record: CustomField) -> Iterator[Choice]:
    for option in record.options.all():
        name = option.value or option.label
        yield Choice(option.pk, name, option.label, option.color, option.is_active, option.value)
