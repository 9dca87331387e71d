"""Rows come in the order of what they show."""

from typing import Any

import pytest

from contacts.models import User
from tests.builders import make_custom_field
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

EVENT = {"date_start": "2031-01-02", "due_date": "2031-01-02", "eventstatus": "Planned"}


def order(who: Caller, module: str, by: str, shown: str) -> list[str]:
    """Return what the rows show, in an order."""
    return [row[shown] for row in who.query(f"SELECT {shown} FROM {module} ORDER BY {by};")]


def both_ways(who: Caller, module: str, by: str, shown: str, expected: list[str]) -> None:
    """Look at the rows going up and going down."""
    assert order(who, module, by, shown) == expected
    assert order(who, module, f"{by} DESC", shown) == expected[::-1]


def people(who: Caller, *several: dict[str, Any]) -> None:
    for values in several:
        who.create("Contacts", **values)


def test_by_owner_and_by_who_changed_it(as_alice: Caller, bob: User) -> None:
    people(
        as_alice,
        {"lastname": "B", "assigned_user_id": f"19x{bob.pk}"},
        {"lastname": "A"},
    )
    assert bob.pk > int(as_alice.user_id.partition("x")[2])
    both_ways(as_alice, "Contacts", "assigned_user_id", "lastname", ["A", "B"])
    assert len(order(as_alice, "Contacts", "modifiedby", "lastname")) == 2


def test_by_star(as_alice: Caller, as_bob: Caller) -> None:
    people(as_alice, {"lastname": "A", "starred": 1}, {"lastname": "B"})
    both_ways(as_alice, "Contacts", "starred", "lastname", ["B", "A"])
    assert order(as_bob, "Contacts", "starred", "lastname") == ["A", "B"]


def test_by_the_words_of_a_list(as_alice: Caller) -> None:
    sources = ("Word of mouth", "Cold Call", "Web Site", "")
    people(as_alice, *({"lastname": word or "none", "leadsource": word} for word in sources))
    expected = ["", "Cold Call", "Web Site", "Word of mouth"]
    both_ways(as_alice, "Contacts", "leadsource", "leadsource", expected)


def test_by_the_labels_of_a_list_of_ones_own(as_alice: Caller) -> None:
    field = make_custom_field("Size", options=("Small", "Medium", "Large"))
    name = f"cf_{field.pk}"
    people(as_alice, *({"lastname": word, name: word} for word in ("Small", "Large", "Medium")))
    both_ways(as_alice, "Contacts", name, "lastname", ["Large", "Medium", "Small"])


def test_by_the_stage_of_a_sale(as_alice: Caller) -> None:
    stages = ("Qualification", "Closed Won", "Prospecting", "Closed Lost", "Needs Analysis")
    for stage in stages:
        as_alice.create(
            "Potentials", potentialname=stage, closingdate="2031-01-01", sales_stage=stage
        )
    both_ways(as_alice, "Potentials", "sales_stage", "potentialname", sorted(stages))


def test_by_status_time_and_length(as_alice: Caller) -> None:
    """The day does not count for a time, nor the words of the domain for a status."""
    rows = (
        {
            "subject": "long",
            "time_start": "09:00:00",
            "time_end": "11:10:00",
            "activitytype": "Call",
        },
        {"subject": "short", "time_start": "08:00:00", "time_end": "08:20:00"},
    )
    for day, (values, status) in enumerate(zip(rows, ("Held", "Planned"), strict=True), start=1):
        when = {"date_start": f"2031-01-0{day}", "due_date": f"2031-01-0{day}"}
        as_alice.create(
            "Events",
            **{"activitytype": "Meeting", **EVENT, **when, **values, "eventstatus": status},
        )
    for by, expected in (
        ("time_start", ["short", "long"]),
        ("time_end", ["short", "long"]),
        ("duration_hours", ["short", "long"]),
        ("duration_minutes", ["long", "short"]),
        ("eventstatus", ["long", "short"]),
        ("activitytype", ["long", "short"]),
    ):
        found = order(as_alice, "Events", by, "subject")
        assert found == expected, by


@pytest.mark.parametrize("module", ["Contacts", "Accounts", "Leads", "Potentials", "Documents"])
def test_every_column_can_be_ordered_by(as_ada: Caller, module: str) -> None:
    for field in as_ada.get("describe", elementType=module)["fields"]:
        assert as_ada.query(f"SELECT id FROM {module} ORDER BY {field['name']} DESC;") == []


@pytest.mark.parametrize("module", ["Calendar", "Events", "HelpDesk", "ModComments"])
def test_every_column_of_work_can_be_ordered_by(as_ada: Caller, module: str) -> None:
    for field in as_ada.get("describe", elementType=module)["fields"]:
        assert as_ada.query(f"SELECT id FROM {module} ORDER BY {field['name']};") == []
