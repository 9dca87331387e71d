"""A mixed load of all dialects, the browser and a form: no answer of 500, and memory stays flat."""

import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean

import pytest

from tests.processes import memory_of
from tests.serving import Server
from tests.trust.browsing import Browser
from tests.trust.conversations import ask_everything
from tests.trust.creating import Creator, creators, visitor
from tests.trust.figures import LONG, enough, tell
from tests.trust.recounting import contacts_in

SECONDS = int(os.environ.get("SOAK_SECONDS", enough(6, 900)))
SAMPLES = 40
# The last quarter may need so much more than the second one.
GROWTH = 1.05
PAGES = (
    "/admin/",
    "/admin/contacts/contact/",
    "/admin/contacts/contact/?q=soak",
    "/admin/contacts/contact/5/change/",
    "/admin/contacts/contact/add/",
    "/admin/contacts/contact/filter/",
    "/admin/contacts/deal/",
)


def write(program: Creator, is_over: threading.Event) -> int:
    """Create contacts until told to stop; return how many."""
    number = 0
    while not is_over.is_set():
        number += 1
        program.create(f"Soak {number}", program.dialect, key=f"soak-{program.dialect}-{number}")
        time.sleep(0.02)
    return number


def read(server: Server, is_over: threading.Event) -> Counter[str]:
    """Ask everything in every dialect until told to stop; count the answers by what they were."""
    counts: Counter[str] = Counter()
    while not is_over.is_set():
        for name, body in ask_everything(server).items():
            # A refusal begins with its status, an answer with its document.
            counts[f"{name}: {body[:80]!r}" if body[:2] in (b"50", b"40") else "answers"] += 1
    return counts


def browse(server: Server, is_over: threading.Event) -> Counter[str]:
    """Open the pages for people until told to stop; count the answers by what they were."""
    counts: Counter[str] = Counter()
    browser = Browser(server)
    while not is_over.is_set():
        for path in PAGES:
            status = browser.status_of(path)
            counts["answers" if status == 200 else f"{path}: {status}"] += 1
    return counts


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads /proc of Linux")
def test_mixed_load_is_answered_in_flat_memory(running: Server) -> None:
    is_over, memory = threading.Event(), []
    programs = [*creators(running), visitor(running)]
    for program in programs:
        # The records that are asked for by their numbers.
        program.create("Soak", program.dialect, key=f"soak-{program.dialect}")
    with ThreadPoolExecutor(len(programs) + 2) as pool:
        writing = [pool.submit(write, program, is_over) for program in programs]
        reading = [pool.submit(each, running, is_over) for each in (read, browse)]
        try:
            for _sample in range(SAMPLES):
                time.sleep(SECONDS / SAMPLES)
                memory.append(memory_of(running) / 2**20)
        finally:
            # Whatever goes wrong here, the load ends: else nobody would ever hear of it.
            is_over.set()
        written = {
            each.dialect: done.result() for each, done in zip(programs, writing, strict=True)
        }
        counts = reading[0].result() + reading[1].result()
    answers = counts.pop("answers", 0)
    assert counts == Counter()
    assert "database is locked" not in running.log.read_text(errors="replace")
    quarter = SAMPLES // 4
    means = [mean(memory[start : start + quarter]) for start in range(0, SAMPLES, quarter)]
    growth = means[-1] / means[1]
    held = f"{memory[0]:.0f} MiB at first, by quarters {', '.join(f'{each:.0f}' for each in means)}"
    if LONG:
        assert growth <= GROWTH, f"{growth:.3f} of the second quarter: {held}"
    # Each dialect's own, and the one that was there before; what a form takes is looked at first.
    expected = sum(written[each.dialect] + 1 for each in creators(running))
    assert contacts_in(running, "first_name__startswith='Soak'") == expected
    tell(
        "soak: mixed load of all dialects",
        f"{SECONDS} s, {sum(written.values()):,} written, {expected:,} contacts counted again,"
        f" {answers:,} read, 0 answers of 500,"
        f" memory {growth:.3f} of the second quarter ({held})",
    )
