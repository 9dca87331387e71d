"""What was held is looked at by people, and becomes a contact once or not at all."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from contacts.intake import Sender, submit
from contacts.models import Change, Contact, Project, Submission, WebForm
from contacts.services import contacts, submissions, web_forms
from tests.builders import make_contact, make_custom_field

SPAM = {"first_name": "Ann", "company": "Acme", "background": "casino"}


@pytest.fixture
def form(owner: Actor, project: Project) -> WebForm:
    """Return a form that holds whatever tells of casinos."""
    said: dict[str, Any] = {
        "title": "Contact",
        "project": project.pk,
        "fields": ["first_name", "company", "background"],
        "blocked_words": ["casino"],
    }
    document = web_forms.create_web_form(owner, said)
    return WebForm.objects.select_related("credential", "project").get(pk=document["id"])


@pytest.fixture
def held(form: WebForm) -> Submission:
    """Return a held submission."""
    outcome = submit(form, {**SPAM, "job_title": "Boss"}, Sender(address="203.0.113.7"))
    assert outcome.state == "held"
    return Submission.objects.get(pk=outcome.submission_id)


def test_accepted_submission_becomes_a_contact(
    owner: Actor, held: Submission, project: Project
) -> None:
    contact_id = submissions.accept_submission(owner, held.pk)

    held.refresh_from_db()
    contact = Contact.objects.get(pk=contact_id)
    assert (contact.first_name, contact.source) == ("Ann", "Web form: Contact")
    assert [link.project for link in contact.project_links.all()] == [project]
    assert (held.state, held.contact, held.reviewer_id) == ("accepted", contact, owner.user_id)
    assert held.reviewed_at is not None
    entry = Change.objects.get(record_kind="submission", action="accepted")
    assert (entry.action, entry.contact_id, entry.user_id) == (
        "accepted",
        contact_id,
        owner.user_id,
    )


def test_submission_is_reviewed_once(owner: Actor, held: Submission) -> None:
    submissions.accept_submission(owner, held.pk)

    with pytest.raises(ConflictError):
        submissions.accept_submission(owner, held.pk)
    with pytest.raises(ConflictError):
        submissions.reject_submission(owner, held.pk)
    assert Contact.objects.count() == 1


def test_rejected_submission_makes_no_contact_and_is_kept(owner: Actor, held: Submission) -> None:
    submissions.reject_submission(owner, held.pk)

    held.refresh_from_db()
    assert (held.state, held.prepared["first_name"]) == ("rejected", "Ann")
    assert not Contact.objects.exists()


def test_members_may_not_review_and_outsiders_see_nothing(
    member: Actor, outsider: Actor, held: Submission
) -> None:
    for call in (
        submissions.accept_submission,
        submissions.reject_submission,
        submissions.replay_submission,
    ):
        with pytest.raises(ForbiddenError):
            call(member, held.pk)
        with pytest.raises(NotFoundError):
            call(outsider, held.pk)
    assert not Contact.objects.exists()


def test_replay_uses_the_form_as_it_is_now(owner: Actor, held: Submission, form: WebForm) -> None:
    first = submissions.accept_submission(owner, held.pk)
    contacts.archive_contact(owner, first)
    fields = ["first_name", "job_title"]
    web_forms.update_web_form(owner, form.pk, {"fields": fields, "tags": ["again"]})

    second = submissions.replay_submission(owner, held.pk)

    contact = Contact.objects.get(pk=second)
    assert second != first
    assert (contact.job_title, contact.background) == ("Boss", "")
    assert [link.tag.name for link in contact.tag_links.all()] == ["again"]
    held.refresh_from_db()
    assert held.contact == contact


def test_what_is_missing_is_told_when_a_submission_is_accepted(
    owner: Actor, held: Submission
) -> None:
    licence = make_custom_field("Licence", is_required=True)

    with pytest.raises(InvalidError) as caught:
        submissions.accept_submission(owner, held.pk)

    assert [fault.key for fault in caught.value.faults] == [f"custom_{licence.pk}"]
    held.refresh_from_db()
    assert held.state == "held"


def test_contact_of_a_form_belongs_to_the_company_that_it_names(
    owner: Actor, form: WebForm, project: Project
) -> None:
    acme = make_contact(kind="organization", organization_name="ACME", projects=[project.pk])

    outcome = submit(form, {"first_name": "Ann", "company": "Acme"}, Sender())

    contact = Contact.objects.get(first_name="Ann")
    assert contact.employer == acme
    assert outcome.document is not None
    assert "employer_id" not in outcome.document
    assert outcome.document["company"] == "Acme"
