"""A list that the client has already: answered without reading anything until it changes."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact
from tests.dialects.redmineup.calling import Caller, caller

LIST = "/contacts.json?limit=100"


def tag_of(who: Caller, address: str = LIST) -> str:
    return str(who.get(address)["ETag"])


def status(who: Caller, tag: str, address: str = LIST) -> int:
    return int(who.send("GET", address, If_None_Match=tag).status_code)


def test_only_the_credential_is_read(as_alice: Caller, alice: User) -> None:
    make_contact(actor_for(alice), first_name="Ann")
    answers = []

    def ask() -> None:
        tag = tag_of(as_alice)
        begun = len(connection.queries)
        answer = as_alice.send("GET", LIST, If_None_Match=tag)
        seen = (answer.status_code, answer["ETag"] == tag, answer.content)
        answers.append((*seen, len(connection.queries) - begun))

    # A test beside this one can change what is one version for all databases of a cluster.
    until = time.monotonic() + 30
    with CaptureQueriesContext(connection):
        while (304, True, b"", 1) not in answers and time.monotonic() < until:
            ask()
    assert (304, True, b"", 1) in answers, answers[-1]


def test_a_change_is_seen_at_once(as_alice: Caller, alice: User) -> None:
    ann: Contact = make_contact(actor_for(alice), first_name="Ann")
    tag = tag_of(as_alice)
    update_contact(actor_for(alice), ann.pk, {"first_name": "Anna"})
    assert status(as_alice, tag) == 200


def test_a_tag_is_good_for_its_own_address_and_reader(
    as_alice: Caller, alice: User, charlie: User
) -> None:
    make_contact(actor_for(alice), first_name="Ann")
    tag = tag_of(as_alice)
    assert status(as_alice, tag, "/contacts.json?limit=1&offset=1") == 200
    assert status(caller(charlie), tag) != 304
