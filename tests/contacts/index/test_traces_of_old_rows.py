"""What was kept before its traces were: the migration makes it findable."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from contacts.models import DeletedRecord, Project, Submission, User
from contacts.services.personal_data.finding import require_personal
from contacts.services.web_forms import create_web_form
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

ADDED = importlib.import_module("contacts.migrations.0009_traces_of_what_was_kept_before")


def test_rows_from_before_the_traces_are_found_and_weighed(ada: User, project: Project) -> None:
    administrator = actor_for(ada)
    person = make_contact(administrator, first_name="Ann", emails=["ann@example.com"])
    form = create_web_form(
        administrator, {"title": "Ask", "project": project.pk, "fields": [{"key": "first_name"}]}
    )
    sent = Submission.objects.create(
        form_id=form["id"],
        state="held",
        values={"mail": "Ann@Example.com"},
        reasons=["honeypot"],
        created_at=timezone.now(),
    )
    rows = [{"model": "contacts.relationship", "pk": 9, "fields": {"contact_a": person.pk}}]
    deleted = DeletedRecord.objects.create(kind="relationship", record_id=9, rows=rows)
    before = require_personal(administrator, person.pk)
    assert not before.of(Submission)
    assert not before.kept

    place = SimpleNamespace(connection=connection)
    for step in ADDED.Migration.operations:
        step.code(apps, place)

    found = require_personal(administrator, person.pk)
    assert [row.pk for row in found.of(Submission)] == [sent.pk]
    assert [each.record.pk for each in found.kept] == [deleted.pk]
    sent.refresh_from_db()
    assert sent.suspicion == 90
