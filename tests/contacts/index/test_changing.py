"""Rows are changed and removed by their keys, and no others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.index.changing import change_row, remove_rows, taken_rows
from contacts.models import Contact, ContactAccess, ContactKey, Project, Tag
from tests.builders import make_contact

pytestmark = pytest.mark.django_db


def test_the_named_columns_of_one_row_are_written() -> None:
    one, other = (Tag.objects.create(name=name, name_key=name) for name in ("one", "other"))
    assert change_row(Tag, one.pk, {"name": "new '%s", "color": "#000007"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.name, one.color, one.name_key) == ("new '%s", "#000007", "one")
    assert (other.name, other.color) != (one.name, one.color)


def test_whether_there_is_such_a_row_is_told() -> None:
    tag = Tag.objects.create(name="one")
    assert change_row(Tag, tag.pk, {})
    assert not change_row(Tag, tag.pk + 1, {})
    assert not change_row(Tag, tag.pk + 1, {"name": "two"})


def test_rows_go_that_have_one_of_the_numbers_in_each_column(project: Project) -> None:
    one, other = (
        make_contact(first_name="Ann", last_name="Lee", job_title="Chief") for _ in range(2)
    )
    codes = ContactKey.objects.filter(contact_id=one.pk).values_list("code", flat=True)
    first, second, *rest = sorted(set(codes))
    with CaptureQueriesContext(connection) as told:
        remove_rows(ContactKey, {"contact_id": [one.pk], "code": [first, second]})
    assert len(told) == 1
    left = ContactKey.objects.filter(contact_id=one.pk).values_list("code", flat=True)
    assert set(left) == set(rest)
    untouched = ContactKey.objects.filter(contact_id=other.pk).values_list("code", flat=True)
    assert {first, second} <= set(untouched)
    assert Contact.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize("tells", [True, False])
def test_rows_that_are_taken_are_told(
    project: Project, monkeypatch: pytest.MonkeyPatch, tells: bool
) -> None:
    """SQLite before 3.35 does not tell what it deletes."""
    monkeypatch.setattr(connection.features, "can_return_columns_from_insert", tells)
    one, other, third = (make_contact(first_name=name).pk for name in ("Ann", "Tom", "Tim"))
    columns = ("contact_id", "principal")
    held = ContactAccess.objects.exclude(contact_id=third).values_list(*columns)
    before = sorted(held)
    assert sorted(taken_rows(ContactAccess, [one, other], columns)) == before != []
    assert set(ContactAccess.objects.values_list("contact_id", flat=True)) == {third}
    assert taken_rows(ContactAccess, [], columns) == []
