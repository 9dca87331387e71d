"""Make several changes one: all of them happen, or none."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def one_change() -> Iterator[None]:
    """Keep what happens inside only if nothing is raised."""
    with transaction.atomic():
        yield
