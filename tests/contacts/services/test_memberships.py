"""Memberships: who is a member, at which level, and bundles that share one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, InvalidError
from contacts.history import changes_of
from contacts.index import drifts_of
from contacts.models import Bundle, Membership, MembershipLevel
from contacts.query import Query, get_contact, get_record, search, sorted_by, where
from contacts.services.applications import approve_membership, reject_membership
from contacts.services.contacts import archive_contact, delete_contact, update_contact
from contacts.services.membership_levels import (
    create_membership_level,
    delete_membership_level,
    update_membership_level,
)
from contacts.services.undoing import undo_change
from tests.builders import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def level(administrator: Actor) -> int:
    return int(str(create_membership_level(administrator, {"name": "Gold"})["id"]))


@pytest.fixture
def family(administrator: Actor) -> int:
    values = {"name": "Family", "type": "bundle", "bundle_limit": 2}
    return int(str(create_membership_level(administrator, values)["id"]))


def faults_of(act: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidError) as refused:
        act()
    return {(fault.key, fault.code) for fault in refused.value.faults}


def found(actor: Actor, key: str, operator: str, value: object) -> list[int]:
    """Return the ids of the contacts that fit one comparison."""
    return sorted(search(actor, Query(condition=where(actor, key, operator, value))).ids)


def test_a_level_makes_an_active_member_since_now(owner: Actor, level: int) -> None:
    before = timezone.now()
    contact = make_contact(owner, membership_level=level)
    document: dict[str, Any] = get_contact(owner, contact.pk)

    assert document["membership_level_id"] == level
    assert document["membership_status"] == "active"
    assert document["is_membership_enabled"] is True
    assert Membership.objects.get().since is not None
    assert (Membership.objects.get().since or before) >= before
    assert "renewal_due" not in document
    assert drifts_of([contact.pk]) == []


def test_everything_of_a_membership_is_kept_as_said(owner: Actor, level: int) -> None:
    said = {
        "membership_level": "gold",
        "membership_status": "lapsed",
        "member_since": "2010-03-04T05:06:07Z",
        "renewal_due": "2030-01-01",
        "is_membership_enabled": False,
        "hides_profile": True,
    }
    document = get_contact(owner, make_contact(owner, **said).pk)

    assert document["membership_level_id"] == level
    assert document["membership_status"] == "lapsed"
    assert document["member_since"] == "2010-03-04T05:06:07.000000Z"
    assert document["renewal_due"] == "2030-01-01"
    assert document["hides_profile"] is True
    assert "is_membership_enabled" not in document


def test_a_level_that_is_renewed_says_when_it_is_first(administrator: Actor, owner: Actor) -> None:
    yearly = create_membership_level(administrator, {"name": "Yearly", "renewal_months": 13})
    contact = make_contact(
        owner, membership_level=yearly["id"], member_since="2024-01-31T12:00:00Z"
    )

    assert Membership.objects.get(contact=contact).renewal_due == date(2025, 2, 28)


def test_a_blank_level_ends_the_membership_and_can_be_undone(owner: Actor, level: int) -> None:
    contact = make_contact(owner, membership_level=level, renewal_due="2030-01-01")
    was = get_contact(owner, contact.pk)
    ended = update_contact(owner, contact.pk, {"membership_level": None})

    assert not Membership.objects.exists()
    assert "membership_status" not in ended
    assert undo_change(owner, changes_of("contact", contact.pk)[0].pk)
    again = get_contact(owner, contact.pk)
    assert [again.get(key) for key in ("membership_level_id", "member_since", "renewal_due")] == [
        was.get(key) for key in ("membership_level_id", "member_since", "renewal_due")
    ]
    assert undo_change(owner, changes_of("contact", contact.pk)[0].pk)
    assert "membership_level_id" not in get_contact(owner, contact.pk)


@pytest.mark.parametrize(
    "values",
    [
        {"membership_status": "active"},
        {"renewal_due": "2030-01-01"},
        {"is_membership_enabled": True},
        {"membership_level": None, "member_since": "2020-01-01"},
    ],
)
def test_nothing_is_said_of_a_membership_that_there_is_not(
    owner: Actor, values: dict[str, object]
) -> None:
    contact = make_contact(owner)
    before = get_contact(owner, contact.pk)

    assert faults_of(lambda: update_contact(owner, contact.pk, values)) == {
        ("membership_level", "blank")
    }
    assert get_contact(owner, contact.pk) == before


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("membership_level", 999, "not_in_list"),
        ("membership_status", "asleep", "not_in_list"),
        ("renewal_due", "soon", "not_a_date"),
        ("bundle", 77, "unknown"),
    ],
)
def test_values_that_make_no_sense_are_refused(
    owner: Actor, level: int, key: str, value: object, code: str
) -> None:
    contact = make_contact(owner, membership_level=level)

    assert faults_of(lambda: update_contact(owner, contact.pk, {key: value})) == {(key, code)}


def test_contacts_are_found_by_their_membership(owner: Actor, level: int) -> None:
    gold = make_contact(
        owner, membership_level=level, member_since="2010-01-01", renewal_due="2030-01-01"
    ).pk
    lapsed = make_contact(
        owner, membership_level="Member", membership_status="lapsed", is_membership_enabled=False
    ).pk
    nobody = make_contact(owner).pk

    assert found(owner, "is_member", "eq", True) == [gold, lapsed]
    assert found(owner, "is_member", "eq", False) == [nobody]
    assert found(owner, "is_suspended_member", "eq", True) == [lapsed]
    assert found(owner, "membership_level", "eq", level) == [gold]
    assert found(owner, "membership_level", "ne", "Gold") == [lapsed, nobody]
    assert found(owner, "membership_status", "eq", "lapsed") == [lapsed]
    assert found(owner, "member_since", "le", "2015-01-01") == [gold]
    assert found(owner, "renewal_due", "is_empty", True) == [lapsed, nobody]
    assert found(owner, "renewal_due", "ge", "2029-12-31") == [gold]
    assert found(owner, "is_membership_enabled", "eq", False) == [lapsed]


def test_contacts_are_ordered_by_when_they_joined(owner: Actor, level: int) -> None:
    late = make_contact(owner, membership_level=level, member_since="2020-01-01").pk
    early = make_contact(owner, membership_level=level, member_since="2010-01-01").pk
    asked = Query(sort=(sorted_by(owner, "member_since", descending=True),))

    assert [pk for pk in search(owner, asked).ids if pk in (late, early)] == [late, early]


def test_changes_of_level_and_renewal_are_dated(owner: Actor, level: int) -> None:
    contact = make_contact(owner, membership_level=level)
    first = Membership.objects.get().level_changed_at
    update_contact(owner, contact.pk, {"membership_status": "lapsed"})
    assert Membership.objects.get().level_changed_at == first
    assert Membership.objects.get().renewal_changed_at is None
    update_contact(owner, contact.pk, {"membership_level": "Member", "renewal_due": "2031-01-01"})
    changed = Membership.objects.get()

    assert changed.level_changed_at != first
    assert changed.renewal_changed_at is not None


def test_whoever_may_not_change_the_contact_may_not_make_it_a_member(
    owner: Actor, reporter: Actor, level: int
) -> None:
    contact = make_contact(owner)

    with pytest.raises(ForbiddenError):
        update_contact(reporter, contact.pk, {"membership_level": level})
    assert not Membership.objects.exists()


def test_first_member_of_a_bundle_is_its_administrator(owner: Actor, family: int) -> None:
    head = make_contact(owner, membership_level=family, emails=["head@example.com"])
    bundle = Bundle.objects.get()
    child = make_contact(owner, bundle=bundle.pk)
    document: dict[str, Any] = get_record(owner, "bundle", bundle.pk)

    assert get_contact(owner, head.pk)["member_role"] == Membership.Role.ADMINISTRATOR
    assert get_contact(owner, child.pk)["member_role"] == Membership.Role.MEMBER
    assert get_contact(owner, child.pk)["membership_level_id"] == family
    assert document["administrator"] == {"id": head.pk, "name": "Tom Smith"}
    assert document["email"] == "head@example.com"
    assert [each["id"] for each in document["members"]] == [head.pk, child.pk]
    assert (document["member_count"], document["spaces_left"]) == (2, 0)
    assert found(owner, "bundle", "eq", bundle.pk) == [head.pk, child.pk]
    assert found(owner, "member_role", "eq", "administrator") == [head.pk]


def test_a_full_bundle_takes_nobody_else(owner: Actor, family: int) -> None:
    make_contact(owner, membership_level=family)
    bundle = Bundle.objects.get().pk
    member = make_contact(owner, bundle=bundle)

    assert faults_of(lambda: make_contact(owner, bundle=bundle)) == {("bundle", "too_large")}
    update_contact(owner, member.pk, {"bundle": bundle, "member_role": "administrator"})
    assert get_contact(owner, member.pk)["member_role"] == Membership.Role.ADMINISTRATOR


def test_a_bundle_of_another_level_is_refused(owner: Actor, family: int, level: int) -> None:
    make_contact(owner, membership_level=family)
    bundle = Bundle.objects.get().pk

    assert faults_of(lambda: make_contact(owner, bundle=bundle, membership_level=level)) == {
        ("bundle", "not_allowed")
    }
    assert faults_of(lambda: make_contact(owner, membership_level=level, member_role="member")) == {
        ("member_role", "not_allowed")
    }


def test_a_bundle_goes_with_its_last_member(owner: Actor, family: int, level: int) -> None:
    head = make_contact(owner, membership_level=family)
    child = make_contact(owner, bundle=Bundle.objects.get().pk)
    update_contact(owner, head.pk, {"membership_level": level})
    assert Bundle.objects.count() == 1
    assert "bundle_id" not in get_contact(owner, head.pk)
    archive_contact(owner, child.pk)
    delete_contact(owner, child.pk)

    assert not Bundle.objects.exists()


def test_members_of_others_are_not_named_in_a_bundle(
    owner: Actor, outsider: Actor, family: int
) -> None:
    make_contact(owner, membership_level=family)
    bundle = Bundle.objects.get().pk

    assert search(outsider, Query(kind="bundle")).ids == []
    shown = make_contact(outsider)
    Membership.objects.create(
        contact=shown, level_id=family, bundle_id=bundle, role=Membership.Role.MEMBER
    )
    document: dict[str, Any] = get_record(outsider, "bundle", bundle)
    assert document["administrator"] is None
    assert [each["id"] for each in document["members"]] == [shown.pk]


def test_a_waiting_membership_is_approved_or_refused(owner: Actor, level: int) -> None:
    new = make_contact(owner, membership_level=level, membership_status="pending_new").pk
    again = make_contact(owner, membership_level=level, membership_status="pending_renewal").pk

    assert approve_membership(owner, new)["membership_status"] == "active"
    assert reject_membership(owner, again)["membership_status"] == "lapsed"
    update_contact(owner, new, {"membership_status": "pending_new"})
    assert "membership_level_id" not in reject_membership(owner, new)
    for decide in (approve_membership, reject_membership):
        with pytest.raises(ConflictError) as refused:
            decide(owner, again)
        assert refused.value.reason == "not_pending"


def test_levels_belong_to_administrators(
    owner: Actor, administrator: Actor, level: int, family: int
) -> None:
    for act in (
        lambda: create_membership_level(owner, {"name": "Mine"}),
        lambda: update_membership_level(owner, level, {"name": "Mine"}),
        lambda: delete_membership_level(owner, level),
    ):
        with pytest.raises(ForbiddenError):
            act()
    assert faults_of(lambda: create_membership_level(administrator, {"name": "gold"})) == {
        ("name", "taken")
    }


def test_the_default_level_stays(administrator: Actor, level: int) -> None:
    first = MembershipLevel.objects.get(is_default=True).pk
    with pytest.raises(ConflictError):
        delete_membership_level(administrator, first)
    assert faults_of(
        lambda: update_membership_level(administrator, first, {"is_default": False})
    ) == {("is_default", "not_allowed")}
    update_membership_level(administrator, level, {"is_default": True})
    delete_membership_level(administrator, first)

    assert list(MembershipLevel.objects.values_list("pk", "is_default")) == [(level, True)]


def test_a_level_with_members_stays_and_keeps_its_type(
    administrator: Actor, owner: Actor, level: int
) -> None:
    make_contact(owner, membership_level=level)

    with pytest.raises(ConflictError):
        delete_membership_level(administrator, level)
    assert faults_of(lambda: update_membership_level(administrator, level, {"type": "bundle"})) == {
        ("type", "not_allowed")
    }
    assert update_membership_level(administrator, level, {"fee": "12.5"})["fee"] == "12.50"


def test_wishes_about_mail_are_kept(owner: Actor) -> None:
    contact = make_contact(owner, no_newsletters=True)

    assert get_contact(owner, contact.pk)["no_newsletters"] is True
    assert found(owner, "no_newsletters", "eq", True) == [contact.pk]
    assert found(owner, "no_event_news", "eq", True) == []
