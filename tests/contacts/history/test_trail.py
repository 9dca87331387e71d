"""The trail: one entry for every change, with who, when and through what."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts import history
from contacts.access import actor_of_secret
from contacts.errors import InvalidError
from contacts.fields import reference
from contacts.history import announcing, changes_of, difference
from contacts.models import Change, Delivery, Project, User, Webhook
from contacts.services.contacts import create_contact, update_contact
from tests.builders import actor_for, make_contact, make_key

DOCUMENTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))


@given(DOCUMENTS, DOCUMENTS)
def test_a_difference_leads_from_one_document_to_the_other_and_back(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    old, new = difference(before, after)
    assert {**{k: v for k, v in before.items() if k not in old}, **new} == after
    assert {**{k: v for k, v in after.items() if k not in new}, **old} == before
    assert (not old and not new) == (before == after)


@pytest.mark.django_db
def test_an_entry_says_who_did_what_through_what(alice: User) -> None:
    secret = make_key(alice, "test_key")
    actor = actor_of_secret(secret, ["test_key"], dialect="somewhere", request_id="r-1")
    document: dict[str, Any] = create_contact(actor, {"first_name": "Tom"})
    update_contact(actor, document["id"], {"first_name": "Tim", "tags": ["vip"]})
    updated, created = changes_of("contact", document["id"])
    assert (created.action, created.after["first_name"]) == ("created", "Tom")
    assert (updated.action, updated.before) == (
        "updated", {"first_name": "Tom", "display_name": "Tom"}
    )  # fmt: skip
    assert updated.after.keys() == {"first_name", "display_name", "tags"}
    for entry in (created, updated):
        assert (entry.user_id, entry.credential_id) == (alice.pk, actor.credential_id)
        assert (entry.dialect, entry.request_id) == ("somewhere", "r-1")
        assert entry.contact_id == document["id"]
    assert created.pk < updated.pk
    assert created.at < updated.at


@pytest.mark.django_db
def test_a_change_of_nothing_leaves_no_entry(alice: User) -> None:
    actor = actor_for(alice)
    contact = make_contact(actor)
    update_contact(actor, contact.pk, {"first_name": "Tom"})
    assert changes_of("contact", contact.pk).count() == 1


@pytest.mark.django_db
def test_a_refused_change_leaves_no_entry(alice: User) -> None:
    actor = actor_for(alice)
    contact = make_contact(actor)
    before = Change.objects.count()
    with pytest.raises(InvalidError):
        update_contact(actor, contact.pk, {"first_name": "Tim", "birthday": "soon"})
    with pytest.raises(InvalidError):
        create_contact(actor, {"first_name": "Tim", "birthday": "soon"})
    assert Change.objects.count() == before


@pytest.mark.django_db
def test_entries_outlive_the_user_and_the_credential(alice: User) -> None:
    secret = make_key(alice, "test_key")
    actor = actor_of_secret(secret, ["test_key"], dialect="test")
    contact = make_contact(actor)
    alice.delete()
    (entry,) = changes_of("contact", contact.pk)
    assert (entry.user_id, entry.credential_id) == (None, None)
    assert entry.after["first_name"] == "Tom"


@pytest.mark.django_db
def test_many_entries_are_written_in_few_statements(
    alice: User, project: Project, django_assert_num_queries: Any
) -> None:
    actor = actor_for(alice)
    entries = [(number, "updated", {"a": 1}, {"a": number, "b": 1}) for number in range(2, 50)]
    history.record_many(actor, "contact", [(1, "updated", {"a": 1}, {"a": 2})])
    # One writes them; the other asks whether what is known of webhooks still holds.
    with django_assert_num_queries(2):
        history.record_many(actor, "contact", entries)
    (entry,) = changes_of("contact", 7)
    assert (entry.before, entry.after, entry.contact_id) == ({"a": 1}, {"a": 7, "b": 1}, 7)


@pytest.mark.django_db
@pytest.mark.parametrize("awaited", ["seen", "deleted"])
def test_many_entries_are_the_same_whoever_listens(awaited: str, alice: User) -> None:
    entries = [(number, "seen", {"a": 1}, {"a": number}) for number in range(2, 50)]
    history.record_many(actor_for(alice), "contact", entries)
    Webhook.objects.create(user=alice, record_kind="contact", action=awaited, url="https://h.test/")
    reference.bump(announcing.STAMP)
    history.record_many(actor_for(alice), "contact", entries)
    columns = [field.attname for field in Change._meta.concrete_fields if field.name != "id"]
    alone, heard = changes_of("contact", 7).order_by("pk").values(*columns)
    # The second is of a later moment.
    assert heard.pop("at") >= alone.pop("at")
    assert heard == alone
    assert Delivery.objects.count() == (len(entries) if awaited == "seen" else 0)
