"""What was kept before it had keys: the migration gives it those that a change would give it."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from contacts import index
from contacts.fields import reference
from contacts.fields.contact_declaring import CODES
from contacts.fields.personal import PERSONAL
from contacts.fields.text import BEGINNING
from contacts.index.keys import FLAGS
from contacts.models import ContactKey, MembershipLevel, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact

pytestmark = pytest.mark.django_db

ADDED = importlib.import_module("contacts.migrations.0028_rows_of_yes_and_orders_of_few")
LAST_NAMES = importlib.import_module(
    "contacts.migrations.0030_orders_of_memberships_and_last_names"
)
IMPERSONAL = importlib.import_module("contacts.migrations.0034_companies_with_what_persons_have")
WITHOUT_NAMES = importlib.import_module("contacts.migrations.0035_organizations_without_a_name")
BEGINNINGS = importlib.import_module("contacts.migrations.0031_beginnings_of_long_texts")


def test_rows_from_before_the_keys_of_flags_titles_and_languages_get_them(alice: User) -> None:
    actor = actor_for(alice)
    for name in FLAGS:
        make_contact(actor, first_name=name, formal_title="Dr. É", **{name: True})
    make_contact(actor, preferred_language="en_US", formal_title="dr. é")
    make_contact(actor, formal_title="\N{COMBINING ACUTE ACCENT}")
    codes = [*ADDED.TEXTS.values(), *ADDED.FLAGS.values()]
    assert codes == [CODES[name] for name in (*ADDED.TEXTS, *FLAGS)]
    added = ContactKey.objects.filter(code__in=codes)
    kept = sorted(added.values_list("contact_id", "code", "rank", "text"))
    added.delete()
    assert kept
    assert [each for each in index.verify() if isinstance(each, index.Drift)]

    place = SimpleNamespace(connection=connection)
    # Once more changes nothing: those that are there are not doubled.
    for _time in range(2):
        ADDED.write_keys(apps, place)

    assert sorted(added.values_list("contact_id", "code", "rank", "text")) == kept
    assert not [each for each in index.verify() if isinstance(each, index.Drift)]
    ADDED.forget_keys(apps, place)
    assert not added.exists()


def test_people_from_before_the_keys_of_who_has_no_last_name_get_them(alice: User) -> None:
    actor = actor_for(alice)
    given = ("Smith", "", " ", "\N{COMBINING ACUTE ACCENT}")
    people = [make_contact(actor, first_name="A", last_name=name).pk for name in given]
    people.append(make_contact(actor, kind="household", household_name="A").pk)
    boxes = [{"po_box": ""}, {"po_box": "12 a", "is_primary": True}, {"po_box": "B"}]
    sent = make_contact(actor, kind="organization", organization_name="A", addresses=boxes).pk
    keys = ContactKey.objects.filter(code__in=(LAST_NAMES.NO_LAST_NAME, LAST_NAMES.PO_BOX))
    assert CODES["no_last_name"] == LAST_NAMES.NO_LAST_NAME
    assert CODES["po_box"] == LAST_NAMES.PO_BOX
    kept = sorted(keys.values_list("contact_id", flat=True))
    assert kept == sorted([*people[1:], sent, sent])
    keys.delete()

    place = SimpleNamespace(connection=connection)
    for _time in range(2):
        LAST_NAMES.write_keys(apps, place)

    assert sorted(keys.values_list("contact_id", flat=True)) == kept
    assert not [each for each in index.verify() if isinstance(each, index.Drift)]
    LAST_NAMES.forget_keys(apps, place)
    assert not keys.exists()


def test_organizations_from_before_the_keys_of_who_has_no_name_get_them(alice: User) -> None:
    actor = actor_for(alice)
    given = ("Able", "", "\N{COMBINING ACUTE ACCENT}")
    emails = [{"address": "a@b.example"}]
    made = [
        make_contact(actor, kind="organization", organization_name=name, emails=emails).pk
        for name in given
    ]
    make_contact(actor, first_name="A")
    keys = ContactKey.objects.filter(code=WITHOUT_NAMES.NO_ORGANIZATION_NAME)
    assert CODES["no_organization_name"] == WITHOUT_NAMES.NO_ORGANIZATION_NAME
    kept = sorted(keys.values_list("contact_id", "rank", "text"))
    assert kept == [(pk, 0, "") for pk in made[1:]]
    keys.delete()
    assert [each for each in index.verify() if isinstance(each, index.Drift)]

    place = SimpleNamespace(connection=connection)
    for _time in range(2):
        WITHOUT_NAMES.write_keys(apps, place)

    assert sorted(keys.values_list("contact_id", "rank", "text")) == kept
    assert not [each for each in index.verify() if isinstance(each, index.Drift)]
    WITHOUT_NAMES.forget_keys(apps, place)
    assert not keys.exists()


def test_backgrounds_from_before_their_keys_get_them(alice: User) -> None:
    actor = actor_for(alice)
    given = ("", "Écrit à la main", "x" * 200, "\N{COMBINING ACUTE ACCENT}", "A  b\nc")
    people = [make_contact(actor, first_name="A", background=text).pk for text in given]
    keys = ContactKey.objects.filter(code=BEGINNINGS.BACKGROUND).order_by("contact_id")
    assert CODES["background"] == BEGINNINGS.BACKGROUND
    kept = list(keys.values_list("contact_id", "rank", "text"))
    assert kept == [
        (people[1], 0, "ecrit a la main"),
        (people[2], 0, "x" * BEGINNING),
        (people[4], 0, "a b c"),
    ]
    keys.delete()
    assert [each for each in index.verify() if isinstance(each, index.Drift)]

    place = SimpleNamespace(connection=connection)
    for _time in range(2):
        BEGINNINGS.write_keys(apps, place)

    assert list(keys.values_list("contact_id", "rank", "text")) == kept
    assert not [each for each in index.verify() if isinstance(each, index.Drift)]
    BEGINNINGS.forget_keys(apps, place)
    assert not keys.exists()


def test_companies_from_before_the_keys_of_what_persons_have_get_them(alice: User) -> None:
    actor = actor_for(alice)
    level = MembershipLevel.objects.create(name="Gold")
    reference.bump("catalogue")
    person = make_contact(actor, job_title="Boss", birthday="1990-01-01")
    company = {"kind": "organization", "organization_name": "A"}
    given = [
        {},
        {"job_title": "Boss"},
        {"last_name": "Roe", "company": "A", "birthday": "1990-01-01", "employer": None},
        {"membership_level": level.pk, "department": "Sales"},
    ]
    made = [make_contact(actor, **company, **each).pk for each in given]
    update_contact(actor, made[0], {"reports_to": person.pk})
    keys = ContactKey.objects.filter(code=IMPERSONAL.IMPERSONAL).order_by("contact_id", "rank")
    assert CODES["impersonal"] == IMPERSONAL.IMPERSONAL
    assert tuple(PERSONAL.values()) == IMPERSONAL.COLUMNS
    kept = list(keys.values_list("contact_id", "rank", "text"))
    assert kept == [
        (made[0], 0, "reports_to"),
        (made[1], 0, "job_title"),
        (made[2], 0, "last_name"),
        (made[2], 1, "company"),
        (made[2], 2, "birthday"),
        (made[3], 0, "department"),
        (made[3], 1, "membership"),
    ]
    keys.delete()
    assert [each for each in index.verify() if isinstance(each, index.Drift)]

    place = SimpleNamespace(connection=connection)
    for _time in range(2):
        IMPERSONAL.write_keys(apps, place)

    assert list(keys.values_list("contact_id", "rank", "text")) == kept
    assert not [each for each in index.verify() if isinstance(each, index.Drift)]
    IMPERSONAL.forget_keys(apps, place)
    assert not keys.exists()
