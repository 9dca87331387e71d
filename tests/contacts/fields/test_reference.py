"""What is kept in memory moves with the database."""

from typing import Any

import pytest

from contacts.fields import reference
from contacts.models import Tag

pytestmark = pytest.mark.django_db


def test_a_request_knows_what_it_has_written_once_that_is_stored(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """The answer to a write used to leave out a tag that the write itself had made."""
    reference.know({"tags": reference.version("tags")})
    assert reference.tags().id_of("new") is None
    with django_capture_on_commit_callbacks(execute=True):
        made = Tag.objects.create(name="New", name_key="new")
        reference.bump("tags")
    assert reference.tags().id_of("new") == made.pk
