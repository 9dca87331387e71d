"""What is asked in each dialect: a row for every route and every operation that is registered.

A module per dialect has two functions. ``names()`` returns everything that is registered;
``probes()`` yields requests with places for ids, each under one of those names. A name without a
probe fails the suite, so nobody adds an address without saying here what may be hidden behind it.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from tests.trust.rows.probe import Probe


class Rows(Protocol):
    """A module of rows."""

    def names(self) -> set[str]:
        """Return the names of everything that is registered."""

    def probes(self) -> Iterator[Probe]:
        """Yield the requests."""


def rows_of(dialect: str) -> Rows:
    """Return the rows of a dialect."""
    return import_module(f"tests.trust.rows.{dialect}")  # type: ignore[return-value] # a module
