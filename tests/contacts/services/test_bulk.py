"""The same change to many contacts: refused ones do not stop the others."""

import pytest

from contacts.access import Actor
from contacts.models import Contact
from contacts.services import bulk
from tests.builders import make_contact


@pytest.fixture
def ids(owner: Actor) -> list[int]:
    return [make_contact(owner, first_name=f"N{number}").pk for number in range(3)]


def test_each_contact_is_changed_once(owner: Actor, ids: list[int]) -> None:
    outcome = bulk.change_contacts(owner, [*ids, ids[0]], {"nickname": "x"})

    assert (outcome.changed, outcome.refused) == (3, 0)
    assert Contact.objects.filter(nickname="x").count() == 3


def test_refused_ones_are_counted_and_do_not_stop_the_others(
    owner: Actor, outsider: Actor, ids: list[int]
) -> None:
    hidden = make_contact(outsider).pk

    outcome = bulk.change_contacts(owner, [hidden, *ids, 10**9], {"nickname": "x"})

    assert (outcome.changed, outcome.refused) == (3, 2)
    assert Contact.objects.get(pk=hidden).nickname == ""


def test_wrong_value_changes_nothing(owner: Actor, ids: list[int]) -> None:
    outcome = bulk.change_contacts(owner, ids, {"birthday": "never"})

    assert (outcome.changed, outcome.refused) == (0, 3)


def test_archive_and_restore(owner: Actor, ids: list[int]) -> None:
    assert bulk.archive_contacts(owner, ids).changed == 3
    # Archived already: nothing to do any more.
    assert bulk.archive_contacts(owner, ids).refused == 3
    assert bulk.restore_contacts(owner, ids[:2]).changed == 2
    assert Contact.objects.filter(archived_at=None).count() == 2


def test_never_more_than_the_limit(
    owner: Actor, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_CONTACTS", 2)

    assert bulk.archive_contacts(owner, ids).changed == 2
