"""What a client demands of a record that it changes holds alike in every dialect."""

from unittest.mock import patch

import pytest
import time_machine

from contacts.models import Contact
from tests.dialects.contract.driver import Driver
from tests.dialects.contract.test_records import NAMES, needs

pytestmark = pytest.mark.django_db

MADE, LATER = "2026-03-01T12:00:00Z", "2026-03-01T12:00:05Z"
IN_HTTP, BEFORE = "Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 11:59:59 GMT"


def first_name(contact_id: int) -> str:
    return Contact.objects.get(pk=contact_id).first_name


def test_a_change_that_demands_the_version_it_has_read_is_made(alice_speaks: Driver) -> None:
    needs(alice_speaks, "update")
    contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    tag = alice_speaks.read(contact_id)["ETag"]
    with patch.dict(alice_speaks.client.defaults, {"HTTP_IF_MATCH": tag}):
        answer = alice_speaks.update(contact_id, {"first_name": "Zed"})
    assert not alice_speaks.is_refusal(answer), (tag, Contact.objects.get().updated_at.isoformat())
    assert first_name(contact_id) == "Zed"


def test_a_change_that_demands_an_older_version_is_refused(alice_speaks: Driver) -> None:
    needs(alice_speaks, "update")
    contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    tag = alice_speaks.read(contact_id)["ETag"]
    alice_speaks.update(contact_id, {"first_name": "Faster"})
    with patch.dict(alice_speaks.client.defaults, {"HTTP_IF_MATCH": tag}):
        answer = alice_speaks.update(contact_id, {"first_name": "Slower"})
        # Whoever demands nothing any more may change it.
        deleted = alice_speaks.delete(contact_id) if "delete" in alice_speaks.can else answer
    assert (answer.status_code, deleted.status_code) == (412, 412)
    assert alice_speaks.is_refusal(answer)
    assert first_name(contact_id) == "Faster"
    assert not alice_speaks.is_refusal(alice_speaks.update(contact_id, {"first_name": "Later"}))


def test_a_change_of_what_was_changed_since_a_time_is_refused(alice_speaks: Driver) -> None:
    needs(alice_speaks, "update")
    with time_machine.travel(MADE, tick=False):
        contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    with time_machine.travel(LATER, tick=False):
        with patch.dict(alice_speaks.client.defaults, {"HTTP_IF_UNMODIFIED_SINCE": BEFORE}):
            refused = alice_speaks.update(contact_id, {"first_name": "Slower"})
        with patch.dict(alice_speaks.client.defaults, {"HTTP_IF_UNMODIFIED_SINCE": IN_HTTP}):
            made = alice_speaks.update(contact_id, {"first_name": "Zed"})
    assert (refused.status_code, alice_speaks.is_refusal(refused)) == (412, True)
    assert not alice_speaks.is_refusal(made)
    assert first_name(contact_id) == "Zed"
