"""Contacts are written, read, found and hidden alike in every dialect."""

from functools import partial

import pytest

from api.base.dialect import Dialect
from contacts.models import Change, Contact, User
from tests.builders import actor_for, make_contact
from tests.costs import statements_of
from tests.dialects.contract.conftest import Speaking
from tests.dialects.contract.driver import Driver

pytestmark = pytest.mark.django_db

NAMES = {"first_name": "Zoë", "last_name": "Петрова-O'Neil"}


def needs(driver: Driver, ability: str) -> None:
    """Skip a dialect that has no word for it."""
    if ability not in driver.can:
        pytest.skip(f"{driver.dialect.title} knows no {ability}")


def test_what_is_created_is_stored_and_read_back(alice_speaks: Driver) -> None:
    contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    stored = Contact.objects.get(pk=contact_id)
    assert {key: getattr(stored, key) for key in NAMES} == NAMES
    assert alice_speaks.values_of(alice_speaks.read(contact_id)) == NAMES


def test_what_is_created_is_in_the_history_with_its_door(
    alice_speaks: Driver, dialect: Dialect, alice: User
) -> None:
    contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    change = Change.objects.get(record_kind="contact", record_id=contact_id)
    assert (change.action, change.dialect, change.user_id) == ("created", dialect.name, alice.pk)


def test_a_change_touches_what_it_names_and_nothing_else(alice_speaks: Driver) -> None:
    needs(alice_speaks, "update")
    contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    assert not alice_speaks.is_refusal(alice_speaks.update(contact_id, {"first_name": "Zed"}))
    stored = Contact.objects.get(pk=contact_id)
    assert (stored.first_name, stored.last_name) == ("Zed", NAMES["last_name"])


def test_what_is_deleted_is_out_of_lists(alice_speaks: Driver) -> None:
    needs(alice_speaks, "delete")
    contact_id = alice_speaks.id_of(alice_speaks.create(NAMES))
    assert not alice_speaks.is_refusal(alice_speaks.delete(contact_id))
    assert alice_speaks.ids_of(alice_speaks.list(NAMES["last_name"])) == []


def test_a_list_finds_names_whatever_their_script_and_case(alice_speaks: Driver) -> None:
    wanted = make_contact(actor_for(User.objects.get(username="alice")), **NAMES)
    make_contact(last_name="Other")
    assert alice_speaks.ids_of(alice_speaks.list(NAMES["last_name"].upper())) == [wanted.pk]


def test_a_hidden_contact_looks_like_a_missing_one(
    speaking: Speaking, charlie: User, alice: User
) -> None:
    hidden = make_contact(actor_for(alice), **NAMES)
    charlie_speaks = speaking(charlie)
    missing = hidden.pk + 1_000
    answers = [charlie_speaks.read(contact_id) for contact_id in (hidden.pk, missing)]
    assert all(charlie_speaks.is_refusal(answer) for answer in answers)
    assert answers[0].status_code == answers[1].status_code
    told_of_hidden, told_of_missing = (answer.content.decode() for answer in answers)
    assert told_of_hidden == told_of_missing.replace(str(missing), str(hidden.pk))
    listed = charlie_speaks.list(NAMES["last_name"])
    assert charlie_speaks.is_refusal(listed) or charlie_speaks.ids_of(listed) == []


def test_pages_neither_overlap_nor_leave_gaps(alice_speaks: Driver, alice: User) -> None:
    needs(alice_speaks, "pages")
    actor = actor_for(alice)
    wanted = sorted(make_contact(actor, **NAMES).pk for _ in range(7))
    found = [
        contact_id
        for offset in (0, 3, 6)
        for contact_id in alice_speaks.ids_of(
            alice_speaks.list(NAMES["last_name"], offset=offset, limit=3)
        )
    ]
    assert sorted(found) == wanted


def test_a_longer_list_takes_no_more_statements(alice_speaks: Driver, alice: User) -> None:
    actor = actor_for(alice)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            make_contact(actor, **NAMES)
        cost = len(statements_of(partial(alice_speaks.list, NAMES["last_name"])))
        answer = alice_speaks.list(NAMES["last_name"])
        counts.append((cost, len(alice_speaks.ids_of(answer))))
    (few, one), (many, ten) = counts
    assert (one, ten) == (1, 10)
    assert few == many <= 4


def test_a_rehearsed_create_is_answered_and_keeps_nothing(alice_speaks: Driver) -> None:
    answer = alice_speaks.create(NAMES, **{"Dry-Run": "?1"})
    assert not alice_speaks.is_refusal(answer)
    assert answer["Dry-Run"] == "?1"
    assert alice_speaks.id_of(answer)
    assert not Contact.objects.filter(last_name=NAMES["last_name"]).exists()


def test_a_retried_create_has_one_effect(alice_speaks: Driver) -> None:
    key = {"Idempotency-Key": "contract-1"}
    first = alice_speaks.create(NAMES, **key)
    again = alice_speaks.create(NAMES, **key)
    assert again.content == first.content
    assert Contact.objects.filter(last_name=NAMES["last_name"]).count() == 1
    other = alice_speaks.create({**NAMES, "first_name": "Else"}, **key)
    assert alice_speaks.is_refusal(other)
    assert Contact.objects.filter(last_name=NAMES["last_name"]).count() == 1
