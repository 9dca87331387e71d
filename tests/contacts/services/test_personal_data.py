"""One person is found among all that was sent and deleted, and nobody else with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts import index
from contacts.access import Actor
from contacts.models import (
    Contact,
    CustomField,
    CustomValue,
    DeletedRecord,
    Project,
    StoredAnswer,
    Submission,
    SubmissionAddress,
    User,
    WebForm,
)
from contacts.services.contacts import update_contact
from contacts.services.custom_fields import create_custom_field, delete_custom_field
from contacts.services.custom_restoring import bring_back_custom_field
from contacts.services.form_restoring import bring_back_web_form
from contacts.services.notes import create_note, delete_note
from contacts.services.personal_data import erase, require_personal
from contacts.services.personal_data.mentions import forget_mentions, look_through_answers
from contacts.services.web_forms import create_web_form, delete_web_form
from tests.builders import make_contact

EMAIL = "rené@example.com"
OTHERS = 40


@pytest.fixture
def person(owner: Actor) -> Contact:
    """Make the person who is looked for."""
    return make_contact(owner, first_name="René", emails=[{"address": EMAIL}])


@pytest.fixture
def form(owner: Actor, project: Project) -> WebForm:
    """Make a form that anybody may send."""
    said = {"title": "Write to us", "fields": ["first_name"], "project": project.pk}
    return WebForm.objects.get(pk=create_web_form(owner, said)["id"])


def sent(form: WebForm, email: str) -> Submission:
    """Store a submission that is held."""
    row = Submission.objects.create(
        form=form, state="held", values={"email": [f" {email} "]}, created_at=timezone.now()
    )
    index.trace_submissions([row])
    return row


@contextmanager
def counted(*models: type[Any]) -> Iterator[list[int]]:
    """Count the rows of some tables that are read."""
    ids: list[int] = []

    def note(instance: Any, **_more: object) -> None:  # a row of any model
        ids.append(instance.pk)

    for model in models:
        post_init.connect(note, sender=model)
    try:
        yield ids
    finally:
        for model in models:
            post_init.disconnect(note, sender=model)


def test_of_all_that_was_sent_and_deleted_only_what_is_of_the_person_is_read(
    administrator: Actor, owner: Actor, person: Contact, form: WebForm
) -> None:
    for number in range(OTHERS):
        sent(form, f"somebody{number}@example.com")
        somebody = make_contact(owner)
        delete_note(
            owner, int(str(create_note(owner, {"content": "x", "contact": somebody.pk})["id"]))
        )
    mine = sent(form, EMAIL.upper())
    delete_note(owner, int(str(create_note(owner, {"content": "x", "contact": person.pk})["id"])))

    with counted(Submission, DeletedRecord) as read:
        found = require_personal(administrator, person.pk)

    assert [row.pk for row in found.records[Submission]] == [mine.pk]
    assert [kept.record.contact_id for kept in found.kept] == [person.pk]
    assert len(set(read)) <= 2, "rows of others were read"


def test_of_a_deleted_form_only_what_the_person_sent_goes(
    administrator: Actor, owner: Actor, person: Contact, form: WebForm
) -> None:
    sent(form, EMAIL)
    theirs = sent(form, "somebody@example.com")
    delete_web_form(owner, form.pk)

    (kept,) = require_personal(administrator, person.pk).kept
    assert [row["model"] for row in kept.own] == ["contacts.submission"]
    erase(administrator, person.pk)
    bring_back_web_form(owner, form.pk)

    assert [row.pk for row in Submission.objects.all()] == [theirs.pk]
    assert [row.text for row in SubmissionAddress.objects.all()] == ["somebody@example.com"]


def test_of_a_deleted_field_only_the_value_of_the_person_goes(
    administrator: Actor, owner: Actor, person: Contact
) -> None:
    field = int(str(create_custom_field(administrator, {"label": "Hobby"})["id"]))
    somebody = make_contact(owner)
    for contact in (person, somebody):
        update_contact(owner, contact.pk, {f"custom_{field}": f"hobby of {contact.pk}"})
    delete_custom_field(administrator, field)

    erase(administrator, person.pk)
    bring_back_custom_field(administrator, field)

    assert CustomField.objects.filter(pk=field).exists()
    assert [row.contact_id for row in CustomValue.objects.all()] == [somebody.pk]


def test_answers_are_read_before_others_have_to_wait_and_later_ones_are_found(ada: User) -> None:
    words = frozenset({"quillfeather"})

    def answered(key: str, body: bytes) -> None:
        StoredAnswer.objects.create(actor_key="a", key=key, fingerprint="f", status=201, body=body)

    answered("early", b"Ann QUILLFEATHER")
    answered("other", b"Somebody else")
    before = look_through_answers(words)
    answered("late", b"Quillfeather, Ann")
    answered("late other", b"Nobody")

    with CaptureQueriesContext(connection) as asked:
        forget_mentions(words, before)

    assert set(StoredAnswer.objects.values_list("key", flat=True)) == {"other", "late other"}
    (bodies,) = [each["sql"] for each in asked if '"body"' in each["sql"]]
    assert '"id" IN' in bodies or '"id" = ANY' in bodies, "the whole day was read once more"


def test_answer_that_was_begun_before_the_reading_and_stored_after_it_is_found(ada: User) -> None:
    words = frozenset({"quillfeather"})
    begun = StoredAnswer.objects.create(actor_key="a", key="slow", fingerprint="f")
    StoredAnswer.objects.create(
        actor_key="a", key="other", fingerprint="f", status=201, body=b"Nobody"
    )
    before = look_through_answers(words)
    StoredAnswer.objects.filter(pk=begun.pk).update(status=201, body=b"Ann Quillfeather")

    forget_mentions(words, before)

    assert [answer.key for answer in StoredAnswer.objects.all()] == ["other"]


def test_old_answers_are_read_in_pieces_and_none_of_them_while_others_wait(ada: User) -> None:
    words = frozenset({"quillfeather"})
    StoredAnswer.objects.bulk_create(
        StoredAnswer(
            actor_key="a",
            key=str(number),
            fingerprint="f",
            status=201,
            body=b"Ann Quillfeather" if number % 400 == 0 else b"Nobody",
        )
        for number in range(1_201)
    )
    StoredAnswer.objects.update(created_at=timezone.now() - timedelta(hours=1))

    before = look_through_answers(words)

    assert before.late == frozenset()
    forget_mentions(words, before)
    assert StoredAnswer.objects.count() == 1_197


def test_answers_are_read_anew_where_the_person_has_got_another_name(
    administrator: Actor, owner: Actor, person: Contact
) -> None:
    StoredAnswer.objects.create(
        actor_key="a", key="old", fingerprint="f", status=201, body=b"Ann Featherquill"
    )
    StoredAnswer.objects.update(created_at=timezone.now() - timedelta(hours=1))
    renamed = [partial(update_contact, owner, person.pk, {"last_name": "Featherquill"})]

    def rename(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        # As if somebody else were faster, between the reading and the erasure.
        if "contacts_storedanswer" in sql and renamed:
            renamed.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(rename):
        erase(administrator, person.pk)

    assert not renamed
    assert not StoredAnswer.objects.exists()
