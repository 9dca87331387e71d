"""Memberships in the browser: levels under the setup, membership on the contact."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from contacts.access import Actor, system_actor
from contacts.models import Membership, MembershipLevel
from contacts.query import get_contact
from contacts.services.membership_levels import create_membership_level
from tests.builders import make_contact
from tests.contacts.admin.reading import read, send

pytestmark = pytest.mark.django_db

LEVELS = "/admin/contacts/membershiplevel/"
BUNDLES = "/admin/contacts/bundle/"
LIST = "/admin/contacts/contact/"


def test_levels_are_set_up_by_administrators(at_ada: Client, at_alice: Client) -> None:
    form = read(at_ada, f"{LEVELS}add/").posting_form()
    send(at_ada, f"{LEVELS}add/", form.filled(name="Gold", fee="12.50", renewal_months="12"))
    level = MembershipLevel.objects.get(name="Gold")

    assert (str(level.fee), level.renewal_months, level.is_open) == ("12.50", 12, True)
    assert "Gold" in read(at_ada, LEVELS).text
    assert at_alice.get(LEVELS).status_code == 403


def test_a_level_in_use_stays(at_ada: Client, owner: Actor) -> None:
    level = create_membership_level(system_actor(), {"name": "Gold"})["id"]
    make_contact(owner, membership_level=level)
    page = send(at_ada, f"{LEVELS}{level}/delete/", {})

    assert "Contacts are members at this level, so it stays." in page.text


def test_levels_name_those_that_members_may_change_to(at_ada: Client) -> None:
    member = MembershipLevel.objects.get()
    form = read(at_ada, f"{LEVELS}add/").posting_form()
    send(at_ada, f"{LEVELS}add/", form.filled(name="Gold", changes_to=[str(member.pk)]))

    assert list(MembershipLevel.objects.get(name="Gold").changes_to.all()) == [member]


def test_a_role_without_a_bundle_is_refused_with_what_to_do(at_ada: Client) -> None:
    level = MembershipLevel.objects.get()
    form = read(at_ada, f"{LIST}add/").posting_form()
    typed = {"first_name": "Amy", "membership_level": str(level.pk), "member_role": "2"}
    page = send(at_ada, f"{LIST}add/", form.filled(save="1", **typed))

    assert page.status == 422
    assert "Only a level for bundles has roles. Leave this empty." in page.text
    assert "Ask an administrator" not in page.text


def test_bundles_are_listed_with_their_members(
    at_ada: Client, at_bob: Client, owner: Actor
) -> None:
    values = {"name": "Family", "type": "bundle", "bundle_limit": 4}
    level = create_membership_level(system_actor(), values)["id"]
    amy = make_contact(owner, first_name="Amy", membership_level=level)
    rory = make_contact(owner, first_name="Rory", bundle=amy.membership.bundle_id)
    page = read(at_ada, BUNDLES)

    assert "Family" in page.text
    assert "Amy" in page.text
    assert "2" in page.text
    where = json.dumps({"field": "bundle", "operator": "eq", "value": amy.membership.bundle_id})
    members = read(at_bob, f"{LIST}?{urlencode({'where': where})}")
    assert amy.display_name in members.text
    assert rory.display_name in members.text


def test_a_contact_is_made_a_member_on_its_form(at_bob: Client, owner: Actor) -> None:
    contact = make_contact(owner)
    address = f"{LIST}{contact.pk}/change/"
    level = MembershipLevel.objects.get().pk
    form = read(at_bob, address).posting_form()
    send(at_bob, address, form.filled(membership_level=level, renewal_due="2030-01-01"))

    document = get_contact(owner, contact.pk)
    assert document["membership_level_id"] == level
    assert document["membership_status"] == "active"
    page = read(at_bob, f"{LIST}{contact.pk}/")
    assert "Renewal due" in page.text
    assert "Membership level" in page.text


def test_saving_an_ordinary_contact_makes_no_member(at_bob: Client, owner: Actor) -> None:
    contact = make_contact(owner)
    address = f"{LIST}{contact.pk}/change/"
    send(at_bob, address, read(at_bob, address).posting_form().filled(first_name="Ann"))

    assert get_contact(owner, contact.pk)["first_name"] == "Ann"
    assert not Membership.objects.exists()


def test_members_are_filtered_in_the_list(at_bob: Client, owner: Actor) -> None:
    make_contact(owner, first_name="Mia", membership_level="Member", membership_status="lapsed")
    make_contact(owner, first_name="Zoe")

    for query in ("member=yes", "membership=lapsed", f"level={MembershipLevel.objects.get().pk}"):
        page = read(at_bob, f"{LIST}?{query}")
        assert "Mia" in page.text, query
        assert "Zoe" not in page.text, query


def test_a_bundle_is_chosen_by_who_leads_it(at_bob: Client, owner: Actor) -> None:
    family = create_membership_level(system_actor(), {"name": "Family", "type": "bundle"})
    make_contact(owner, first_name="Mia", membership_level=family["id"])
    bundle = Membership.objects.get().bundle_id
    contact = make_contact(owner, first_name="Zoe")
    address = f"{LIST}{contact.pk}/change/"
    page = read(at_bob, address)
    assert "Mia (Family)" in page.text
    send(at_bob, address, page.posting_form().filled(bundle=bundle))

    assert get_contact(owner, contact.pk)["bundle_id"] == bundle
