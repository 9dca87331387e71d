"""A worker that is killed with -9 loses nothing and does nothing twice."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.contacts.jobs.killed import NAME, STEPS
from tests.serving import ROOT, Server, own_database
from tests.trust.figures import enough, tell

STATE = (
    "import json; from contacts.models import Job, Tag; "
    f"job = Job.objects.filter(name={NAME!r}).first(); "
    "tags = sorted(Tag.objects.values_list('name', flat=True)); "
    "print(json.dumps([job and job.status, job and job.done, tags]))"
)
PUT_IN = (
    f"from tests.contacts.jobs import killed; from contacts.jobs import enqueue; enqueue({NAME!r})"
)
PATIENCE_IN_SECONDS = 120
KILLS = 3


def start(server: Server) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.contacts.jobs.killed"],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def kill(worker: subprocess.Popen[str]) -> None:
    with worker:
        worker.send_signal(signal.SIGKILL)


def test_every_step_is_done_once_however_often_workers_are_killed(tmp_path: Path) -> None:
    chance, rounds = random.Random(1), enough(1, 17)
    for number in range(rounds):
        folder = tmp_path / str(number)
        folder.mkdir()
        with own_database(folder) as database_url:
            done_once(Server(folder, database_url), chance)
    tell("kill -9 of running jobs", f"{KILLS * rounds} kills, {STEPS * rounds} steps, each once")


def done_once(server: Server, chance: random.Random) -> None:
    """Kill the workers of one job, and look at what the job has done in the end."""
    server.manage("migrate", "--verbosity=0")
    server.manage("shell", "--verbosity=0", "-c", PUT_IN)
    # Each waits for the lease of the one before to end, and goes on.
    for _ in range(KILLS):
        worker = start(server)
        time.sleep(chance.uniform(0.2, 2.5))
        kill(worker)
    last = [start(server), start(server)]
    give_up = time.monotonic() + PATIENCE_IN_SECONDS
    # Whoever has done the last step ends; the other one has nothing left to do.
    while all(worker.poll() is None for worker in last) and time.monotonic() < give_up:
        time.sleep(0.1)
    for worker in last:
        kill(worker)

    status, done, tags = json.loads(server.manage("shell", "--verbosity=0", "-c", STATE))
    assert (status, done) == ("done", STEPS)
    assert tags == sorted(f"tag {number}" for number in range(1, STEPS + 1))
