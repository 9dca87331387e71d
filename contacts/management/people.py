"""What the commands about people have in common."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from contacts.errors import ConflictError, NotFoundError


@contextmanager
def refusals_told() -> Iterator[None]:
    """Say in a sentence why nothing can be told or erased; raises CommandError for it."""
    try:
        yield
    except NotFoundError as error:
        raise CommandError(f"There is no contact {error.record_id}.") from error
    except ConflictError as error:
        raise CommandError("Somebody signs in with this contact. Delete the user first.") from error
