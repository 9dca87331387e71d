"""Jobs act for whoever started them, with the rights of now; and what is done by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.access import Actor
from contacts.errors import AuthenticationError, ConflictError, ForbiddenError, NotFoundError
from contacts.jobs import Work, run_due, store
from contacts.models import Credential, Job, Project, StoredAnswer, StoredSearch, User
from contacts.query.jobs import get_job
from contacts.services.background import actor_of_job, cancel_job, start_job
from contacts.services.stored_searches import keep_search
from tests.builders import actor_for, make_key

pytestmark = pytest.mark.django_db


def taken() -> Work:
    job = store.claim()
    assert job is not None
    return Work(Job.objects.get(pk=job.pk))


def test_job_has_the_rights_that_its_starter_has_now(alice: User, project: Project) -> None:
    start_job(actor_for(alice), "purge")
    work = taken()
    assert actor_of_job(work).has("edit_contacts", [project.pk])

    alice.is_active = False
    alice.save()
    with pytest.raises(ForbiddenError):
        actor_of_job(Work(Job.objects.get(pk=work.job.pk)))


def test_job_started_with_a_key_is_bound_by_it(alice: User, project: Project) -> None:
    make_key(alice, "redmineup_key")
    key = Credential.objects.get(user=alice)
    Credential.objects.filter(pk=key.pk).update(scope="read")
    start_job(Actor(user_id=alice.pk, credential_id=key.pk, dialect="redmineup"), "purge")
    work = taken()

    assert actor_of_job(work).is_read_only
    Credential.objects.filter(pk=key.pk).update(revoked_at=timezone.now())
    with pytest.raises(AuthenticationError):
        actor_of_job(Work(Job.objects.get(pk=work.job.pk)))


def test_job_of_nobody_is_the_systems(db: None) -> None:
    start_job(Actor(user_id=None, dialect="system"), "purge")

    assert actor_of_job(taken()).is_administrator


def test_jobs_of_others_look_like_missing_ones(alice: User, bob: User) -> None:
    number = start_job(actor_for(alice), "purge")

    assert get_job(actor_for(alice), number)["status"] == "waiting"
    with pytest.raises(NotFoundError):
        get_job(actor_for(bob), number)
    with pytest.raises(NotFoundError):
        cancel_job(actor_for(bob), number)


def test_finished_job_cannot_be_cancelled(alice: User) -> None:
    number = start_job(actor_for(alice), "purge")
    cancel_job(actor_for(alice), number)

    with pytest.raises(ConflictError):
        cancel_job(actor_for(alice), number)


def test_worker_forgets_what_has_expired_by_itself(alice: User) -> None:
    keep_search(actor_for(alice), {"of": "yesterday"})
    past = timezone.now() - timedelta(days=2)
    StoredSearch.objects.update(expires_at=past)
    StoredAnswer.objects.create(actor_key="a", key="k", fingerprint="f")
    StoredAnswer.objects.update(created_at=past)
    keep_search(actor_for(alice), {"of": "today"})

    run_due()

    assert StoredSearch.objects.count() == 1
    assert not StoredAnswer.objects.exists()
    assert Job.objects.get(name="forget_expired", status="done").result["searches"] == 1
    assert Job.objects.filter(name="purge", status="done").exists()
    assert Job.objects.filter(status="waiting").count() == 0
