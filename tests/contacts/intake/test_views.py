"""Looks at the page of a form are counted in memory and written down together."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.access.view_counts import forget_views, views_of, write_views
from contacts.models import FormViews, WebForm
from tests.contacts.intake.visiting import ANN, fill


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    forget_views()
    yield
    forget_views()


def test_looks_cost_no_write_and_are_written_together(form: WebForm, visitor: Client) -> None:
    address = f"/forms/{form.public_id}"
    visitor.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _ in range(3):
            visitor.get(address)
    assert not any(word in each["sql"] for each in asked for word in ("INSERT", "UPDATE"))

    write_views()
    visitor.get(address)

    assert views_of([form.pk]) == {form.pk: 5}
    assert FormViews.objects.count() == 1


def test_only_people_who_look_are_counted(form: WebForm, visitor: Client) -> None:
    address = f"/forms/{form.public_id}"
    visitor.head(address)
    visitor.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    visitor.post(address, {**ANN, "emails": "no"})
    visitor.get("/forms/nothing-here")
    assert views_of([form.pk]) == {}

    fill(visitor, form, dict(ANN))

    assert views_of([form.pk]) == {form.pk: 1}
    assert form.submissions.get().is_from_page


def test_looks_at_a_form_that_is_gone_are_dropped(form: WebForm, visitor: Client) -> None:
    visitor.get(f"/forms/{form.public_id}")
    pk = form.pk
    form.delete()

    write_views()

    assert views_of([pk]) == {}
