"""The same change to many contacts: refused ones do not stop the others."""

import pytest

from contacts.access import Actor
from contacts.models import Contact
from contacts.services.bulk import BulkChange, change_contacts
from tests.builders import make_contact

nicknamed = BulkChange("set", {"field": "nickname", "value": "x"})


@pytest.fixture
def ids(owner: Actor) -> list[int]:
    return [make_contact(owner, first_name=f"N{number}").pk for number in range(3)]


def test_each_contact_is_changed_once(owner: Actor, ids: list[int]) -> None:
    outcome = change_contacts(owner, nicknamed, [*ids, ids[0]])

    assert (outcome.changed, outcome.refused) == (3, 0)
    assert Contact.objects.filter(nickname="x").count() == 3


def test_refused_ones_are_counted_and_do_not_stop_the_others(
    owner: Actor, outsider: Actor, ids: list[int]
) -> None:
    hidden = make_contact(outsider).pk

    outcome = change_contacts(owner, nicknamed, [hidden, *ids, 10**9])

    assert (outcome.changed, outcome.refused) == (3, 2)
    assert Contact.objects.get(pk=hidden).nickname == ""


def test_wrong_value_changes_nothing(owner: Actor, ids: list[int]) -> None:
    outcome = change_contacts(
        owner, BulkChange("set", {"field": "birthday", "value": "never"}), ids
    )

    assert (outcome.changed, outcome.refused) == (0, 3)


def test_archive_and_restore(owner: Actor, ids: list[int]) -> None:
    assert change_contacts(owner, BulkChange("archive"), ids).changed == 3
    # Archived already: nothing to do any more.
    assert change_contacts(owner, BulkChange("archive"), ids).refused == 3
    assert change_contacts(owner, BulkChange("restore"), ids[:2]).changed == 2
    assert Contact.objects.filter(archived_at=None).count() == 2


def test_only_archived_ones_are_deleted_for_good(owner: Actor, ids: list[int]) -> None:
    change_contacts(owner, BulkChange("archive"), ids[:1])

    outcome = change_contacts(owner, BulkChange("delete"), ids)

    assert (outcome.changed, outcome.refused) == (1, 2)
    assert Contact.objects.filter(pk__in=ids).count() == 2
