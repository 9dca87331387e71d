"""The catalogue: every field is declared once and points to something that is there."""

from collections import Counter

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction

from contacts.access import system_actor
from contacts.fields import BUILT_IN, OPERATORS, Field, catalogue, reference
from contacts.fields.contact_declaring import CODES
from contacts.fields.contact_fields import CONTACT_FIELDS
from contacts.fields.storage import Column
from contacts.models import Contact, CustomField, Option, Project
from contacts.query import Query, search, sorted_by, where
from contacts.services.tags import tag_ids_of
from tests.builders import make_contact, make_custom_field

FIELDS = [(kind, field) for kind, fields in BUILT_IN.items() for field in fields]


@pytest.mark.parametrize("kind", sorted(BUILT_IN))
def test_every_field_is_declared_once_and_belongs_to_its_kind(kind: str) -> None:
    counted = Counter(field.key for field in BUILT_IN[kind])
    assert [key for key, count in counted.items() if count > 1] == []
    assert {field.kind for field in BUILT_IN[kind]} == {kind}


def test_every_comparison_key_has_a_number_of_its_own() -> None:
    assert len(set(CODES.values())) == len(CODES)
    used = [field.code for field in CONTACT_FIELDS if field.code is not None]
    assert len(set(used)) == len(used)
    assert set(used) <= set(CODES.values())


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda each: getattr(each, "key", each))
def test_a_field_says_what_it_needs(kind: str, field: Field) -> None:
    assert str(field.label)
    assert field.type.operators <= OPERATORS
    if field.list_name and field.list_name != "country":
        assert field.list_name.isidentifier()


@pytest.mark.parametrize("field", CONTACT_FIELDS, ids=lambda field: field.key)
def test_a_contacts_field_has_its_column(field: Field) -> None:
    columns = {each.attname for each in Contact._meta.concrete_fields}
    if field.column:
        assert field.column in columns
    if isinstance(field.storage, Column):
        try:
            Contact._meta.get_field(field.storage.name.replace("pk", "id").removesuffix("_id"))
        except FieldDoesNotExist:
            assert field.storage.name in columns | {"pk"}


@pytest.mark.django_db
@pytest.mark.parametrize("field", CONTACT_FIELDS, ids=lambda field: field.key)
def test_a_contacts_field_can_be_sorted_and_asked_whether_it_is_empty(
    field: Field, project: Project
) -> None:
    actor = system_actor()
    contact = make_contact()
    if field.is_filterable:
        asked = where(actor, field.key, "is_empty", True)
        full = where(actor, field.key, "is_empty", False)
        totals = [search(actor, Query(condition=each)).total for each in (asked, full)]
        assert sum(totals) == 1
    if field.is_sortable:
        for descending in (False, True):
            key = sorted_by(actor, field.key, descending=descending)
            assert search(actor, Query(sort=(key,))).ids == [contact.pk]


@pytest.mark.django_db
def test_a_custom_field_is_there_as_soon_as_it_is_defined() -> None:
    record = make_custom_field("Colour", options=("Red", "Blue"))
    field = catalogue("contact").by_key[f"custom_{record.pk}"]
    assert [str(choice.label) for choice in field.choices] == ["Red", "Blue"]
    assert list(catalogue("contact").custom()) == [field]
    CustomField.objects.filter(pk=record.pk).update(is_active=False)
    reference.bump("catalogue")
    assert catalogue("contact").find(field.key) is None


@pytest.mark.django_db
def test_lists_of_choices_are_read_from_their_tables() -> None:
    choices = catalogue("contact").by_key["lead_source"].choices
    assert [choice.value for choice in choices] == list(
        Option.objects.filter(list_name="lead_source")
        .order_by("position", "id")
        .values_list("pk", flat=True)
    )
    assert catalogue("contact").by_key["country"].choice_of(0) is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_read_in_a_rolled_back_change_is_forgotten() -> None:
    """A tag that came and went with a refused request was given to the next one's contact."""
    reference.forget()
    reference.tags()
    with transaction.atomic():
        (phantom,) = tag_ids_of(["vip"])
        assert phantom in reference.tags().by_id
        transaction.set_rollback(True)
    assert phantom not in reference.tags().by_id
