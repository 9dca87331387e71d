"""Rows that a thread sends are stored as if nobody had gone on meanwhile."""

import time
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from contacts.index.inserting import FEW, write_rows
from contacts.index.reserving import Reserved
from contacts.index.sending import can_send, roll_back, sender, sending
from contacts.models import Contact, EmailAddress, Tag
from contacts.services.records import rehearsed

pytestmark = pytest.mark.django_db

MANY = 3 * FEW


def tags(count: int, *, same: bool = False) -> list[Tag]:
    return [Tag(name=f"t{n}", name_key="same" if same else f"t{n}") for n in range(count)]


@pytest.mark.parametrize("count", [2, MANY])
def test_what_was_sent_is_there_for_the_next_statement(count: int) -> None:
    with transaction.atomic(), sending():
        write_rows(Tag, tags(count))
        assert Tag.objects.filter(name_key__startswith="t").count() == count
    assert connection.execute_wrappers == []
    assert sender() is None


@pytest.mark.parametrize("count", [2, MANY])
def test_what_could_not_be_stored_is_said_by_the_end_of_the_block(count: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), sending():
        write_rows(Tag, tags(count, same=True))
    assert not Tag.objects.filter(name_key="same").exists()


def test_a_savepoint_that_is_left_hears_of_what_was_sent_in_it() -> None:
    with transaction.atomic(), sending():
        write_rows(Tag, tags(MANY))
        with pytest.raises(IntegrityError), transaction.atomic():
            write_rows(Tag, tags(MANY))
        assert Tag.objects.filter(name_key__startswith="t").count() == MANY


def test_what_was_sent_goes_with_what_fails_afterwards() -> None:
    def fail() -> None:
        with transaction.atomic(), sending():
            write_rows(Tag, tags(MANY))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert connection.execute_wrappers == []
    assert not Tag.objects.filter(name_key__startswith="t").exists()


@pytest.mark.parametrize("count", [2, MANY])
def test_what_is_rolled_back_on_purpose_waits_for_what_was_sent(count: int) -> None:
    with transaction.atomic(), sending():
        with transaction.atomic():
            own = sender()
            if own is not None:
                own.send(partial(time.sleep, 0.1))
            write_rows(Tag, tags(count))
            roll_back()
            time.sleep(0.2)
        assert not Tag.objects.filter(name_key__startswith="t").exists()


def test_what_fails_in_a_rehearsal_is_said() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), sending(), rehearsed():
        write_rows(Tag, tags(MANY, same=True))


def test_rows_are_sent_by_a_thread_only_where_that_is_of_use() -> None:
    with transaction.atomic(), sending():
        assert (sender() is not None) is (connection.vendor == "postgresql") is can_send()


def test_ids_of_later_pieces_are_reserved_with_those_of_the_first(
    django_assert_num_queries: Any,
) -> None:
    reserved = Reserved(times=3)
    with transaction.atomic():
        first = reserved.take({Contact: 2, EmailAddress: 1})
        with django_assert_num_queries(0):
            second = reserved.take({Contact: 4, EmailAddress: 2})
        with django_assert_num_queries(1):
            third = reserved.take({Contact: 1})
    numbers = [*first[Contact], *second[Contact]]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 6
    if connection.vendor == "postgresql":
        # What nobody has stored yet is not known to SQLite.
        assert third[Contact][0] > numbers[-1]
