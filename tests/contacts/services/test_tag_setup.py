"""Tags as such: renamed, merged and deleted for all contacts at once."""

import pytest

from contacts import index
from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.history import changes_of
from contacts.models import Contact, Tag
from contacts.query import Query, get_contact, search
from contacts.services.tag_setup import create_tag, delete_tag, merge_tags, update_tag
from tests.builders import make_contact


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner, tags=["vip", "cold"])


def tag(name: str) -> int:
    """Return the id of a tag."""
    return Tag.objects.get(name=name).pk


def test_renamed_tag_is_found_by_its_new_name_at_once(
    administrator: Actor, owner: Actor, contact: Contact
) -> None:
    renamed = update_tag(administrator, tag("vip"), {"name": "Important", "color": "#123456"})

    assert (renamed["name"], renamed["color"]) == ("Important", "#123456")
    assert search(owner, Query(search="important", wide=True)).ids == [contact.pk]
    assert search(owner, Query(search="vip", wide=True)).ids == []
    assert reference.tags().id_of("important") == renamed["id"]
    assert changes_of("tag", tag("Important"))[0].before["name"] == "vip"
    assert index.drifts_of([contact.pk]) == []


def test_name_of_another_tag_is_taken_whatever_its_case(
    administrator: Actor, contact: Contact
) -> None:
    with pytest.raises(InvalidError) as refused:
        update_tag(administrator, tag("vip"), {"name": "COLD", "color": "red"})
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("name", "taken"),
        ("color", "pattern"),
    }
    with pytest.raises(InvalidError):
        create_tag(administrator, {"name": "Vip"})
    assert update_tag(administrator, tag("vip"), {"name": "VIP"})["name"] == "VIP"


def test_merged_tags_become_one_on_every_contact(
    administrator: Actor, owner: Actor, contact: Contact
) -> None:
    other = make_contact(owner, tags=["cold"])
    vip, cold = tag("vip"), tag("cold")

    merge_tags(administrator, [cold], vip)

    for each in (contact, other):
        assert get_contact(owner, each.pk)["tags"] == [vip]
    assert not Tag.objects.filter(pk=cold).exists()
    assert changes_of("contact", other.pk)[0].before == {"tags": [cold]}
    assert changes_of("contact", contact.pk)[0].after == {"tags": [vip]}
    assert changes_of("tag", cold)[0].after == {"merged_into": vip}
    assert index.drifts_of([contact.pk, other.pk]) == []
    with pytest.raises(InvalidError):
        merge_tags(administrator, [vip], vip)


def test_deleted_tag_is_taken_off_all_contacts(
    administrator: Actor, owner: Actor, contact: Contact
) -> None:
    vip, cold = tag("vip"), tag("cold")

    delete_tag(administrator, vip)

    assert get_contact(owner, contact.pk)["tags"] == [cold]
    assert changes_of("contact", contact.pk)[0].before == {"tags": [vip, cold]}
    assert reference.tags().id_of("vip") is None


def test_only_administrators_change_tags_and_hidden_ones_look_missing(
    owner: Actor, outsider: Actor, contact: Contact
) -> None:
    vip, cold = tag("vip"), tag("cold")
    for attempt in (
        lambda actor: update_tag(actor, vip, {"name": "x"}),
        lambda actor: merge_tags(actor, [cold], vip),
        lambda actor: delete_tag(actor, vip),
    ):
        with pytest.raises(ForbiddenError):
            attempt(owner)
        with pytest.raises(NotFoundError):
            attempt(outsider)
    assert search(owner, Query(kind="tag")).ids == [cold, vip]
    assert search(outsider, Query(kind="tag")).ids == []
    assert Tag.objects.count() == 2
