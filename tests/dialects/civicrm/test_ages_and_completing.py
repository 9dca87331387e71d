"""Version 4: what is worked out of a contact, what hangs on it, and completing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.models import Contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import ann, values

__all__ = ["ann"]


@pytest.mark.parametrize(
    ("operator", "operand", "is_found"),
    [
        ("=", 30, True),
        ("=", 29, False),
        (">", 29, True),
        (">", 30, False),
        (">=", 30, True),
        ("<", 31, True),
        ("<", 30, False),
        ("<=", 29, False),
        ("!=", 30, False),
        ("IN", [1, 30], True),
        ("NOT IN", [1, 30], False),
        ("BETWEEN", [30, 40], True),
        ("NOT BETWEEN", [30, 40], False),
        ("IS NOT NULL", None, True),
        ("IS NULL", None, False),
    ],
)
def test_contacts_are_found_by_their_age(
    operator: str, operand: object, is_found: bool, as_alice: Caller, ann: Contact
) -> None:
    today = timezone.localdate()
    # Born on the first of a month: today had its birthday this year, whichever day it is.
    Contact.objects.filter(pk=ann.pk).update(birthday=today.replace(year=today.year - 30, day=1))
    where: list[Any] = [["id", "=", ann.pk], ["age_years", operator, operand]]
    assert bool(values(as_alice, "Contact/get", {"where": where})) is is_found


def test_an_age_is_that_of_the_day(as_alice: Caller, ann: Contact) -> None:
    as_alice.ok("Contact", "create", id=ann.pk, birth_date="1980-03-05")
    asked = {"select": ["age_years", "next_birthday"], "where": [["id", "=", ann.pk]]}
    shown = []
    for day in ("2026-03-04", "2026-03-05"):
        with time_machine.travel(f"{day}T12:00:00Z", tick=False):
            (row,) = values(as_alice, "Contact/get", asked)
        shown.append((row["age_years"], row["next_birthday"]))
    assert shown == [(45, 1), (46, 0)]


def test_ages_are_shown_and_ordered_by(as_alice: Caller, ann: Contact) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    older = as_alice.person(birth_date="1900-01-01")
    unborn = as_alice.person()
    as_alice.ok("Contact", "create", id=ann.pk, birth_date=f"1980-{tomorrow:%m-%d}")
    asked: dict[str, Any] = {
        "select": ["age_years", "next_birthday"],
        "where": [["id", "IN", [ann.pk, older, unborn]]],
        "orderBy": {"age_years": "DESC"},
    }
    rows = values(as_alice, "Contact/get", asked)
    assert [row["id"] for row in rows] == [older, ann.pk, unborn]
    assert rows[1]["next_birthday"] in (0, 1)
    assert rows[2] == {"id": unborn, "age_years": None, "next_birthday": None}
    soon = [["next_birthday", "<=", 1], ["id", "IN", [ann.pk, unborn]]]
    assert [row["id"] for row in values(as_alice, "Contact/get", {"where": soon})] == [ann.pk]
    fields = values(as_alice, "Contact/getFields", {"where": [["name", "=", "age_years"]]})
    assert [(row["type"], row["data_type"]) for row in fields] == [("Extra", "Integer")]


def test_tags_and_groups_go_by_every_side(as_ada: Caller, ann: Contact) -> None:
    as_ada.make("Tag", name="VIP")
    as_ada.ok("EntityTag", "create", contact_id=ann.pk, tag_id="VIP")
    group = as_ada.make("Group", title="Board Members")
    as_ada.ok("GroupContact", "create", contact_id=ann.pk, group_id=group)

    for asked in (
        ["tags:name", "IN", ["VIP"]],
        ["tags:label", "IN", ["vip"]],
        ["groups:name", "IN", ["Board_Members"]],
        ["groups:label", "IN", ["Board Members"]],
        ["groups", "IN", [group]],
    ):
        found = values(as_ada, "Contact/get", {"where": [asked]})
        assert [row["id"] for row in found] == [ann.pk], asked
    select = ["tags:label", "groups", "groups:name"]
    (row,) = values(as_ada, "Contact/get", {"select": select, "where": [["id", "=", ann.pk]]})
    assert row["tags:label"] == ["VIP"]
    assert (row["groups"], row["groups:name"]) == ([group], ["Board_Members"])
    assert as_ada.ok("EntityTag", "getcount", tag_id="vip")["result"] == 1


def test_who_has_no_employer_shows_no_name_for_one(as_alice: Caller, ann: Contact) -> None:
    select = ["display_name", "employer_id.display_name", "employer_id.id"]
    asked = {"select": select, "where": [["id", "=", ann.pk]]}
    (row,) = values(as_alice, "Contact/get", asked)
    assert row["display_name"]
    assert (row["employer_id.display_name"], row["employer_id.id"]) == (None, None)


def test_truths_are_found_in_small_tables(as_alice: Caller, ann: Contact) -> None:
    for truth, names in ((True, ["Home"]), (False, ["Work", "Main", "Other", "Billing"])):
        asked = {"select": ["name"], "where": [["is_default", "=", truth]]}
        rows = values(as_alice, "LocationType/get", asked)
        assert [row["name"] for row in rows] == names


def test_those_who_left_a_group_are_listed_too(as_ada: Caller, ann: Contact) -> None:
    group = as_ada.make("Group", title="Board")
    as_ada.ok("GroupContact", "create", contact_id=ann.pk, group_id=group)
    as_ada.ok("GroupContact", "delete", contact_id=ann.pk, group_id=group)
    asked = {"select": ["status"], "where": [["group_id", "=", group]]}
    assert [row["status"] for row in values(as_ada, "GroupContact/get", asked)] == ["Removed"]
    assert as_ada.ok("GroupContact", "getcount", group_id=group)["result"] == 0


def test_what_is_typed_is_completed(as_alice: Caller, ann: Contact) -> None:
    as_alice.ok("Contact", "create", id=ann.pk, last_name="Zimmermann")
    found = values(as_alice, "Contact/autocomplete", {"input": "immerm"})
    assert [list(row) for row in found] == [["id", "label", "icon", "description"]]
    assert (found[0]["id"], found[0]["label"]) == (ann.pk, "Zimmermann, Ann")
    assert values(as_alice, "Contact/autocomplete", {"ids": [ann.pk]}) == found
    by_first = {"input": "Ann", "searchField": "first_name", "filters": {"last_name": "Nobody"}}
    assert values(as_alice, "Contact/autocomplete", by_first) == []
