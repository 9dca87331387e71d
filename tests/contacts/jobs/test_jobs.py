"""Jobs are taken once, go on where they were, are tried again, and stop when told to."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from contacts.jobs import (
    Work,
    Worker,
    ask_to_cancel,
    enqueue,
    forget_finished,
    job,
    periodic,
    registry,
    store,
)
from contacts.jobs.running import pause_after, run
from contacts.jobs.work import TurnOverError
from contacts.models import Job, Tag


@pytest.fixture(autouse=True)
def _own_kinds(db: None) -> Iterator[None]:
    """Know only the kinds that a test registers."""
    registry.definitions()
    known = dict(registry._definitions)
    registry._definitions.clear()
    yield
    registry._definitions.clear()
    registry._definitions.update(known)


def run_next(stopping: Event | None = None) -> Job:
    """Take what is due, run it, and return it as it is then."""
    taken = store.claim()
    assert taken is not None, "nothing is due"
    run(taken, stopping)
    return Job.objects.get(pk=taken.pk)


def make_due(row: Job) -> None:
    Job.objects.filter(pk=row.pk).update(due_at=timezone.now())


def counting_to(last: int, *, failing_before: int | None = None) -> list[int]:
    """Register a job that makes one tag a step; return the steps that it began."""
    begun: list[int] = []

    @job("count", title="Count", attempts=3)
    def count(work: Work) -> dict[str, int]:
        work.total = last
        for number in range(work.done + 1, last + 1):
            with work.step():
                begun.append(number)
                Tag.objects.create(name=f"tag {number}", name_key=f"tag {number}")
                work.done = number
                if number == failing_before:
                    raise ValueError("no further")
        return {"tags": last}

    return begun


def test_job_runs_with_its_parameters_and_keeps_what_it_returns() -> None:
    @job("greet", title="Greet")
    def greet(work: Work, *, name: str) -> dict[str, str]:
        return {"said": f"Hello {name}"}

    enqueue("greet", {"name": "Ann"})
    ended = run_next()

    assert (ended.status, ended.result) == ("done", {"said": "Hello Ann"})
    assert ended.finished_at is not None
    assert store.claim() is None


@pytest.mark.parametrize("parameters", [{}, {"name": 5}, {"name": "Ann", "more": 1}])
def test_parameters_that_a_job_does_not_take_are_refused_at_once(
    parameters: dict[str, object],
) -> None:
    @job("greet", title="Greet")
    def greet(work: Work, *, name: str) -> None: ...

    with pytest.raises(TypeError):
        enqueue("greet", parameters)
    assert not Job.objects.exists()


def test_unknown_kind_cannot_be_put_in() -> None:
    with pytest.raises(TypeError):
        enqueue("nothing")


def test_job_of_a_newer_version_waits() -> None:
    counting_to(1)
    row = enqueue("count")
    Job.objects.filter(pk=row.pk).update(name="of tomorrow")

    ended = run_next()

    assert (ended.status, ended.attempts) == ("waiting", 0)
    assert ended.due_at is not None
    assert ended.due_at > timezone.now()


def test_held_job_is_nobody_elses_until_its_lease_ends() -> None:
    counting_to(1)
    row = enqueue("count")

    first = store.claim()
    assert first is not None
    assert store.claim() is None
    make_due(row)
    second = store.claim()

    assert second is not None
    assert second.lease != first.lease


def test_two_workers_that_see_the_same_job_do_not_both_get_it() -> None:
    counting_to(1)
    seen_by_one = enqueue("count")
    seen_by_other = Job.objects.get(pk=seen_by_one.pk)
    now = timezone.now()

    assert store.take(seen_by_one, now)
    assert not store.take(seen_by_other, now)


def test_worker_that_lost_its_lease_changes_nothing() -> None:
    counting_to(3)
    enqueue("count")
    late = store.claim()
    assert late is not None
    make_due(late)
    assert store.claim() is not None
    work = Work(late)

    with pytest.raises(TurnOverError), work.step():
        Tag.objects.create(name="late", name_key="late")

    assert not Tag.objects.exists()


def test_lease_lost_in_the_middle_of_a_step_undoes_the_step() -> None:
    counting_to(3)
    enqueue("count")
    late = store.claim()
    assert late is not None

    def step() -> None:
        with Work(late).step():
            Tag.objects.create(name="late", name_key="late")
            Job.objects.filter(pk=late.pk).update(lease="of another")

    with pytest.raises(TurnOverError):
        step()

    assert not Tag.objects.exists()


def test_failed_step_is_undone_and_tried_again_later() -> None:
    begun = counting_to(3, failing_before=2)
    row = enqueue("count")

    after = run_next()
    assert (after.status, after.done, after.error) == ("waiting", 1, "ValueError: no further")
    assert after.due_at is not None
    assert after.due_at > timezone.now() + timedelta(seconds=5)
    assert Tag.objects.count() == 1

    make_due(row)
    begun.clear()
    counting_to(3)
    make_due(row)
    ended = run_next()

    assert (ended.status, ended.done, ended.error) == ("done", 3, "")
    assert Tag.objects.count() == 3


def test_job_that_fails_each_time_is_given_up_with_its_error() -> None:
    counting_to(3, failing_before=1)
    row = enqueue("count")

    for _ in range(3):
        make_due(row)
        ended = run_next()

    assert (ended.status, ended.error) == ("failed", "ValueError: no further")
    assert store.claim() is None


def test_job_whose_worker_dies_each_time_is_given_up() -> None:
    counting_to(3)
    row = enqueue("count")
    for _ in range(3):
        make_due(row)
        assert store.claim() is not None
    make_due(row)

    assert run_next().status == "failed"


def test_progress_makes_earlier_failures_forgotten() -> None:
    counting_to(3, failing_before=3)
    row = enqueue("count")
    Job.objects.filter(pk=row.pk).update(attempts=2)

    assert run_next().attempts == 1


def test_pauses_grow_up_to_an_hour() -> None:
    seconds = [pause_after(attempts).total_seconds() for attempts in (1, 3, 100)]

    assert seconds[0] == pytest.approx(10, rel=0.21)
    assert seconds[1] == pytest.approx(40, rel=0.21)
    assert seconds[2] == pytest.approx(3600, rel=0.21)


def test_waiting_job_is_cancelled_at_once() -> None:
    counting_to(3)
    row = enqueue("count")

    assert ask_to_cancel(row.pk)

    assert Job.objects.get(pk=row.pk).status == "cancelled"
    assert store.claim() is None
    assert not ask_to_cancel(row.pk)


def test_running_job_is_cancelled_before_its_next_step() -> None:
    @job("long", title="Long")
    def long(work: Work) -> None:
        for _ in range(3):
            with work.step():
                work.done += 1
                ask_to_cancel(work.job.pk)

    enqueue("long")
    ended = run_next()

    assert (ended.status, ended.done) == ("cancelled", 1)


def test_worker_that_is_told_to_stop_leaves_the_rest_to_others() -> None:
    stopping = Event()

    @job("long", title="Long")
    def long(work: Work) -> None:
        while work.done < 3:
            with work.step():
                work.done += 1
                stopping.set()

    enqueue("long")
    after = run_next(stopping)
    assert (after.status, after.done) == ("waiting", 1)

    ended = run_next()
    while ended.status == "waiting":
        stopping.clear()
        ended = run_next()
    assert (ended.status, ended.done) == ("done", 3)


def test_key_keeps_a_second_one_out_while_the_first_is_unfinished() -> None:
    counting_to(1)

    first, second = enqueue("count", key="only"), enqueue("count", key="only")
    assert first.pk == second.pk
    run_next()

    assert enqueue("count", key="only").pk != first.pk


def test_periodic_job_is_planned_once_and_again_after_it_ended() -> None:
    @job("daily", title="Daily", every=timedelta(days=1))
    def daily(work: Work) -> None: ...

    periodic.plan()
    periodic.plan()
    ended = run_next()
    periodic.plan()
    periodic.plan()

    following = Job.objects.exclude(pk=ended.pk).get()
    assert ended.finished_at is not None
    assert following.due_at == ended.finished_at + timedelta(days=1)


def test_worker_ends_when_the_process_that_started_it_is_gone() -> None:
    Worker(threads=0, parent=0).run()


def test_finished_jobs_are_forgotten_after_a_month() -> None:
    counting_to(1)
    row = enqueue("count")
    run_next()
    assert forget_finished() == 0
    Job.objects.filter(pk=row.pk).update(finished_at=timezone.now() - timedelta(days=31))
    enqueue("count")

    assert forget_finished() == 1
    assert Job.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its memory to itself")
def test_a_job_keeps_few_pages_of_the_database_in_memory() -> None:
    @job("look", title="Look")
    def look(work: Work) -> dict[str, int]:
        with connection.cursor() as cursor:
            [(pages,)] = cursor.execute("PRAGMA cache_size").fetchall()
        return {"kibibytes": -pages}

    enqueue("look")
    assert run_next().result == {"kibibytes": 16 * 1024}
