"""Programs of all dialects, visitors and people who work without pause, and what they hear."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException

from tests.serving import Server
from tests.trust.creating import Creator, creators, visitor
from tests.trust.outages import PATIENCE_IN_SECONDS, Answer, answer_to, faults_in, sent
from tests.trust.reading import Reader, readers

PAUSE_IN_SECONDS = 0.05


@dataclass(frozen=True)
class Refused:
    """A request without the wanted answer: from when to when, and what is wrong with it."""

    who: str
    begun: float
    ended: float
    faults: tuple[str, ...]


@dataclass
class Load:
    """What goes on without pause, and what came of it."""

    writers: list[Creator]
    readers: list[Reader]
    acknowledged: list[str] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    @property
    def everyone(self) -> set[str]:
        """Return all dialects, the form and the browser."""
        reading = {each.dialect for each in self.readers}
        return reading | {each.dialect for each in self.writers}

    def refusals(self, who: str) -> int:
        """Return how often somebody was refused until now."""
        return sum(each.who == who for each in self.refused)

    def wait_for_everyone(self, count: Callable[[str], int]) -> None:
        """Wait until everybody has met one more of what is counted."""
        before = {who: count(who) for who in self.everyone}
        give_up = time.monotonic() + PATIENCE_IN_SECONDS
        while waiting := [who for who, met in before.items() if count(who) <= met]:
            assert time.monotonic() < give_up, (waiting, self.refused[-5:])
            time.sleep(PAUSE_IN_SECONDS)

    def write(self, program: Creator) -> None:
        """Create contacts, each again and again until it is acknowledged."""
        number = 0
        while not self.is_over.is_set():
            number += 1
            name = f"{program.dialect}-{number}"
            ask = partial(sent, program, name, key=f"load-{name}")
            while not self._is_answered(program.dialect, ask):
                time.sleep(PAUSE_IN_SECONDS)
            self.acknowledged.append(name)

    def read(self, reader: Reader) -> None:
        """Ask the same again and again."""
        while not self.is_over.is_set():
            self._is_answered(reader.dialect, lambda: answer_to(reader.request()))
            time.sleep(PAUSE_IN_SECONDS)

    def _is_answered(self, who: str, ask: Callable[[], Answer]) -> bool:
        begun = time.monotonic()
        try:
            answer = ask()
        except (OSError, HTTPException) as error:
            faults: tuple[str, ...] = (f"{who}: {error!r}",)
        else:
            if answer.is_success:
                self.answered[who] += 1
                return True
            faults = tuple(faults_in(who, answer))
        self.refused.append(Refused(who, begun, time.monotonic(), faults))
        return False


@contextmanager
def under_load(server: Server) -> Iterator[Load]:
    """Let programs of all dialects, a visitor and somebody in a browser work meanwhile."""
    load = Load([*creators(server), visitor(server)], readers(server))
    with ThreadPoolExecutor(len(load.writers) + len(load.readers)) as pool:
        working = [pool.submit(load.write, each) for each in load.writers]
        working += [pool.submit(load.read, each) for each in load.readers]
        try:
            load.wait_for_everyone(load.answered.__getitem__)
            yield load
        finally:
            load.is_over.set()
        for each in working:
            each.result()
