"""What the suites of random queries share: how many there are, and plain readings of words.

A suite asks for the fixture `inputs`, which it makes by `counted`, and lets `tried` draw what it
checks. Some inputs go the whole way of a request, the others to the functions behind it: what reads
the text, makes the condition and asks the database. That is many times as fast.
"""

import os
import re
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.base.errors import ErrorTable, RequestError, known_error, refusal_for
from contacts.errors import DomainError
from tests.trust.drawing import Draw, drawer_of
from tests.trust.figures import LEAST_INPUTS, LONG, tell, wanted_inputs

Value = TypeVar("Value")
# So many of a test's inputs are drawn by hypothesis, which makes what fails as small as it can.
SHRUNK = 200
# Behind those, so many in a short run, and one of so many goes the whole way in a long one.
BEHIND = 100
ONE_OF = 100
MOST_DIFFERENCES = 20
# On a slow machine a test ends after so many seconds, with the figure that it has reached.
SECONDS = float(os.environ.get("GRAMMAR_SECONDS", "1200"))
SEED = int(os.environ.get("GRAMMAR_SEED", "20261129"))


class Inputs:
    """Counts the inputs that a query language was given, and those that it read otherwise."""

    def __init__(self, language: str) -> None:
        self.language, self.count, self.whole, self.differences = language, 0, 0, 0
        self.seconds = 0.0

    @contextmanager
    def one(self, *, is_whole: bool = True) -> Iterator[None]:
        """Try one, the whole way or not."""
        self.count += 1
        self.whole += is_whole
        try:
            yield
        except Exception:
            self.differences += 1
            raise

    def told(self) -> None:
        """Note the figure; in a long run too few inputs do not reach it."""
        speed = self.count / self.seconds if self.seconds else 0
        figure = (
            f"{self.count:,} inputs, {self.whole:,} of them by HTTP, {self.differences} differences"
            f" ({speed:.0f} a second)"
        )
        is_enough = not LONG or self.count >= LEAST_INPUTS
        tell(self.language, figure, is_reached=is_enough and not self.differences)


def counted(inputs: Inputs) -> Any:
    """Return the fixture that lends a suite its count, and tells of it behind the last test."""

    @pytest.fixture(scope="module", autouse=True, name="inputs")
    def lent() -> Iterator[Inputs]:
        yield inputs
        inputs.told()

    return lent


def tried(
    inputs: Inputs,
    values: "st.SearchStrategy[Value]",
    whole: Callable[[Value], None],
    behind: Callable[[Value], None],
    *,
    short: int,
    tests: int,
) -> None:
    """Check inputs of one of so many tests of a suite: the whole way, and what is behind it."""

    @settings(
        max_examples=SHRUNK if LONG else short,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(values)
    def shrunk(value: Value) -> None:
        with inputs.one():
            whole(value)

    begun, before = time.monotonic(), inputs.count
    shrunk()
    wanted = -(-wanted_inputs() // tests) - (inputs.count - before) if LONG else BEHIND
    differences = _differing(inputs, drawer_of(values), whole, behind, wanted)
    inputs.seconds += time.monotonic() - begun
    assert not differences, "\n\n".join(differences)


def _differing(
    inputs: Inputs,
    draw: Draw,
    whole: Callable[[Any], None],
    behind: Callable[[Any], None],
    wanted: int,
) -> list[str]:
    """Return what is wrong with the answers to so many inputs; gives up after some."""
    chance, found = Random(SEED), list[str]()
    give_up = time.monotonic() + SECONDS
    for number in range(1, wanted + 1):
        if time.monotonic() > give_up:
            break
        is_whole = LONG and number % ONE_OF == 0
        value = draw(chance)
        try:
            with inputs.one(is_whole=is_whole):
                (whole if is_whole else behind)(value)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a difference
            found.append(
                f"input {number} of seed {SEED}: {value!r}\n{type(error).__name__}: {error}"
            )
            if len(found) >= MOST_DIFFERENCES:
                break
    return found


def status_of(table: ErrorTable, ask: Callable[[], object]) -> int:
    """Return the status with which a dialect answers what may be refused."""
    error = refused(ask)
    return refusal_for(error, table).status if error else 200


def refused(ask: Callable[[], object]) -> Exception | None:
    """Return why something is refused; what nobody foresaw is raised."""
    try:
        ask()
    except Exception as raised:
        error = known_error(raised)
        if not isinstance(error, DomainError | RequestError):
            raise
        return error
    return None


def is_looked_at_closely(text: str) -> bool:
    """Tell whether an input is one of four of which the whole page, or the count, is compared."""
    return zlib.crc32(text.encode()) % 4 == 0


def folded(text: str) -> str:
    """Return a text without case and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold().strip()


def is_like(text: str, pattern: str) -> bool:
    """Tell whether a whole text matches a pattern of LIKE."""
    parts = (".*" if c == "%" else "." if c == "_" else re.escape(c) for c in folded(pattern))
    return re.fullmatch("".join(parts), folded(text), re.DOTALL) is not None


def garbage_of(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return texts of any characters, and of words of a language in no order."""
    some = st.lists(st.sampled_from(words), max_size=12)
    return st.one_of(
        st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
        some.map(" ".join),
        some.map("".join),
    )
