"""Jobs in the browser: who sees which, how far they are, and the button that stops one."""

import pytest
from django.test import Client
from django.utils import timezone

from contacts.access import Actor
from contacts.admin import problems
from contacts.jobs import store
from contacts.models import Job
from contacts.services.background import start_job
from tests.contacts.admin.reading import read, send

pytestmark = pytest.mark.django_db

LIST = "/admin/contacts/job/"


@pytest.fixture
def alices(owner: Actor) -> int:
    """Return a job that alice started."""
    return start_job(owner, "forget_expired")


def test_administrators_see_all_jobs_and_others_their_own(
    at_ada: Client, at_alice: Client, at_bob: Client, alices: int
) -> None:
    assert "Forget what has expired" in read(at_ada, LIST).text
    assert "Alice Owner" in read(at_alice, LIST).text
    assert "Alice Owner" not in read(at_bob, LIST).text
    assert read(at_bob, f"{LIST}{alices}/").status == 404


def test_navigation_offers_the_list_to_administrators(at_ada: Client, at_bob: Client) -> None:
    assert read(at_ada, "/admin/").links["Jobs"] == LIST
    assert "Jobs" not in read(at_bob, "/admin/").links


def test_running_job_shows_its_progress_and_the_page_looks_again(
    at_alice: Client, alices: int
) -> None:
    taken = store.claim()
    assert taken is not None
    Job.objects.filter(pk=alices).update(done=30, total=120, message="Half of it")

    page = at_alice.get(f"{LIST}{alices}/").content.decode()

    assert "30 of 120 (25 %)" in page
    assert "Half of it" in page
    assert '<meta http-equiv="refresh"' in page
    assert '<meta http-equiv="refresh"' in at_alice.get(LIST).content.decode()


def test_button_cancels_a_waiting_job(at_alice: Client, alices: int) -> None:
    page = send(at_alice, f"{LIST}{alices}/cancel/", {})

    assert "The job is cancelled." in page.text
    assert Job.objects.get(pk=alices).status == "cancelled"
    assert '<meta http-equiv="refresh"' not in at_alice.get(f"{LIST}{alices}/").content.decode()


def test_job_of_another_cannot_be_cancelled(at_bob: Client, alices: int) -> None:
    assert send(at_bob, f"{LIST}{alices}/cancel/", {}).status == 404
    assert Job.objects.get(pk=alices).status == "waiting"


def test_job_that_has_ended_says_so_instead_of_being_cancelled(
    at_alice: Client, alices: int
) -> None:
    taken = store.claim()
    assert taken is not None
    store.end(taken, "failed", error="ValueError: no further")

    page = send(at_alice, f"{LIST}{alices}/cancel/", {})

    assert "It had ended already." in page.text
    assert "no further" in page.text


def test_failed_jobs_stand_on_the_start_page(at_ada: Client, alices: int) -> None:
    Job.objects.filter(pk=alices).update(status=Job.Status.FAILED, finished_at=timezone.now())

    page = read(at_ada, "/admin/")

    assert "1 job failed this week" in page.text
    assert f"{LIST}?state=failed" in page.links.values()


def test_full_disk_is_a_problem_of_administrators(
    at_ada: Client, at_bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "LEAST_FREE", 10**18)

    assert "of the disk for files are free" in read(at_ada, "/admin/").text
    assert "of the disk for files are free" not in read(at_bob, "/admin/").text
