"""What the suites of random queries share: how many there are, and plain readings of words.

A suite asks for the fixture `inputs`, which it makes by `counted`, and ends with a test that tells
how many there were.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.trust.figures import LEAST_INPUTS, LONG, tell, wanted_inputs


class Inputs:
    """Counts the inputs that a query language was given, and those that it read otherwise."""

    def __init__(self, language: str) -> None:
        self.language, self.count, self.differences = language, 0, 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Try one."""
        self.count += 1
        try:
            yield
        except AssertionError:
            self.differences += 1
            raise

    def told(self) -> None:
        """Note the figure; in a long run too few inputs do not reach it."""
        figure = f"{self.count:,} inputs, {self.differences} differences"
        is_enough = not LONG or self.count >= LEAST_INPUTS
        tell(self.language, figure, is_reached=is_enough and not self.differences)


def counted(inputs: Inputs) -> Any:
    """Return the fixture that lends a suite its count, and tells of it behind the last test."""

    @pytest.fixture(scope="module", autouse=True, name="inputs")
    def lent() -> Iterator[Inputs]:
        yield inputs
        inputs.told()

    return lent


def calmly(short: int, *, tests: int) -> settings:
    """Return how many examples one of so many tests of a suite tries, and how patiently."""
    return settings(
        max_examples=-(-wanted_inputs() // tests) if LONG else short,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


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
