"""A worker that is killed with -9 loses nothing and does nothing twice."""

import random
import time
from itertools import count
from pathlib import Path

from tests.contacts.jobs.killed import STEPS
from tests.serving import Server, own_database
from tests.trust.figures import enough, tell
from tests.trust.forking import Parent, parent_of

PATIENCE_IN_SECONDS = 120
KILLS = enough(3, 50)
# Fewer than a job may be tried without a step.
KILLS_OF_A_JOB = 4
KILLED_AFTER_SECONDS = (0.05, 1.4)


def test_every_step_is_done_once_however_often_workers_are_killed(tmp_path: Path) -> None:
    chance, kills, turns = random.Random(1), 0, count(1)
    with own_database(tmp_path) as database_url:
        server = Server(tmp_path, database_url)
        server.manage("migrate", "--verbosity=0")
        log = tmp_path / "workers.log"
        with parent_of("tests.contacts.jobs.killed", server.environment, log) as parent:
            while kills < KILLS:
                turn = next(turns)
                parent.call("put_in", turn)
                kills += killed_over(parent, turn, chance, most=min(KILLS - kills, KILLS_OF_A_JOB))
                steps = [
                    f"{past} {step}" for past in range(1, turn + 1) for step in range(1, STEPS + 1)
                ]
                assert sorted(parent.call("tags")) == sorted(steps)
    tell("kill -9 of running jobs", f"{kills} kills, {len(steps):,} steps, each once")


def killed_over(parent: Parent, turn: int, chance: random.Random, *, most: int) -> int:
    """Kill the workers of one job until it is done; return how many were killed before."""
    # Each waits for the lease of the one before to end, and goes on.
    for kills in range(most):
        worker = parent.begin("run")
        worker.is_over(within=chance.uniform(*KILLED_AFTER_SECONDS))
        worker.kill()
        if is_done(parent, turn):
            return kills
    workers = [parent.begin("run"), parent.begin("run")]
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    while not is_done(parent, turn):
        assert time.monotonic() < give_up
    for worker in workers:
        worker.kill()
    return most


def is_done(parent: Parent, turn: int) -> bool:
    """Tell whether the job of a turn is, to its last step."""
    status, done = parent.call("state", turn)
    assert (status == "done") <= (done == STEPS)
    return bool(status == "done")
