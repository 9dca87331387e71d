"""Count the bodies that are being taken in, and leave places for those of others."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

# Bodies that come, those that did not, and how many of both an address may hold back.
BODIES = 48
GIVEN_UP = 40
SLOW_BODIES_OF_ONE_ADDRESS = 12
SLOW_AFTER_SECONDS = 1.0


@dataclass
class Places:
    """The bodies that are read at the moment, with their addresses and since when.

    Many that come at once are no slow ones: they wait for their turns a moment. A body that is
    given up leaves its place to others, as long as there are not too many of those, and counts
    against its address until that lets go of the connection: it keeps a thread until then.
    """

    most: int = BODIES
    most_given_up: int = GIVEN_UP
    most_of_one: int = SLOW_BODIES_OF_ONE_ADDRESS
    slow_after: float = SLOW_AFTER_SECONDS
    taken: dict[object, tuple[str, float]] = field(default_factory=dict)
    given_up: set[object] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def take(self, address: str) -> object | None:
        """Return a new place, or None where there is none for the address."""
        now = monotonic()
        with self.lock:
            if len(self.taken) - len(self.given_up) >= self.most:
                return None
            if len(self.taken) >= self.most_of_one:
                since = [begun for other, begun in self.taken.values() if other == address]
                if sum(now - begun >= self.slow_after for begun in since) >= self.most_of_one:
                    return None
            place = object()
            self.taken[place] = (address, now)
            return place

    def give_back(self, place: object, waited_for: Future[bytes] | None = None) -> None:
        """Make room for another body; of one that is still waited for the address is kept."""
        with self.lock:
            if waited_for is None:
                self.taken.pop(place, None)
                self.given_up.discard(place)
            elif len(self.given_up) < self.most_given_up:
                self.given_up.add(place)
        if waited_for is not None:
            waited_for.add_done_callback(lambda _done: self.give_back(place))
