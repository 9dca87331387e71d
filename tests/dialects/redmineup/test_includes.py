"""What a contact is shown together with."""

from functools import partial
from typing import Any

import pytest

from contacts import index
from contacts.models import Contact, Project, User
from contacts.services.deals import create_deal
from contacts.services.notes import create_note
from contacts.services.tickets import create_ticket
from tests.builders import actor_for, join, make_contact
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller

EVERYTHING = "notes,contacts,employees,deals,tickets,issues,attachments"


@pytest.fixture
def corp(alice: User, project: Project) -> Contact:
    return make_contact(actor_for(alice), kind="organization", organization_name="Apple")


def fill(user: User, corp: Contact, project: Project, number: int) -> None:
    """Hang one more of everything on a company."""
    actor = actor_for(user)
    person = make_contact(actor, first_name=f"P{number}", company="Apple")
    create_note(actor, {"contact": corp.pk, "content": f"note {number}", "type": 1})
    place = {"project": project.pk}
    create_deal(actor, {"name": f"deal {number}", "contact": corp.pk, **place})
    create_deal(actor, {"name": f"further {number}", "contacts": [corp.pk], **place})
    create_ticket(actor, {"subject": f"ticket {number}", "contact": corp.pk, **place})
    assert person.employer_id == corp.pk


def shown(as_alice: Caller, contact: Contact, include: str) -> dict[str, Any]:
    found: dict[str, Any] = as_alice.read(f"/contacts/{contact.pk}.json?include={include}")
    contact_shown: dict[str, Any] = found["contact"]
    return contact_shown


def test_everything_that_belongs_to_a_company_is_shown(
    as_alice: Caller, alice: User, corp: Contact, project: Project
) -> None:
    fill(alice, corp, project, 1)

    found = shown(as_alice, corp, EVERYTHING)

    assert list(found)[-6:] == ["notes", "contacts", "employees", "deals", "tickets", "issues"]
    (note,) = found["notes"]
    assert list(note) == ["id", "content", "type_id", "author", "created_on", "updated_on"]
    assert (note["content"], note["type_id"], note["author"]["id"]) == ("note 1", 1, alice.pk)
    assert found["contacts"] == found["employees"]
    assert found["contacts"][0]["name"] == "P1"
    assert {deal["name"] for deal in found["deals"]} == {"deal 1", "further 1"}
    assert list(found["deals"][0]) == [
        *("id", "price", "currency", "price_type", "name"),
        *("project", "status", "background", "created_on", "updated_on"),
    ]
    (ticket,) = found["tickets"]
    assert found["issues"] == found["tickets"]
    assert list(ticket) == ["id", "subject", "status", "due_date", "created_on", "updated_on"]
    assert list(ticket["status"])[:2] == ["id", "name"]


def test_includes_in_xml_have_an_element_for_each_item(
    as_alice: Caller, alice: User, corp: Contact, project: Project
) -> None:
    fill(alice, corp, project, 1)

    text = as_alice.get(f"/contacts/{corp.pk}.xml?include={EVERYTHING}").content.decode()

    assert '<notes type="array"><note><id>' in text
    assert '<contacts type="array"><contact id="' in text
    assert '<employees type="array"><contact id="' in text
    assert '<deals type="array"><deal><id>' in text
    assert '<tickets type="array"><ticket><id>' in text
    assert '<issues type="array"><issue><id>' in text


def test_empty_and_unknown_includes_have_no_key(as_alice: Caller, tom: Contact) -> None:
    bare = shown(as_alice, tom, "")

    assert shown(as_alice, tom, f"{EVERYTHING},nonsense, ,notes") == bare


def test_only_what_is_asked_for_is_shown(
    as_alice: Caller, alice: User, corp: Contact, project: Project
) -> None:
    fill(alice, corp, project, 1)

    found = shown(as_alice, corp, "notes,%20deals")

    assert "notes" in found
    assert "deals" in found
    assert "tickets" not in found


def test_what_one_may_not_see_is_left_out(
    as_alice: Caller,
    as_charlie: Caller,
    alice: User,
    charlie: User,
    corp: Contact,
    project: Project,
) -> None:
    fill(alice, corp, project, 1)
    Contact.objects.filter(pk=corp.pk).update(visibility=1)
    index.refresh([corp.pk])

    assert "deals" in shown(as_alice, corp, EVERYTHING)
    hidden = shown(as_charlie, corp, EVERYTHING)
    assert not {"contacts", "employees", "deals", "tickets", "issues"} & hidden.keys()
    join(charlie, project, "Reporter")
    assert "deals" in shown(as_charlie, corp, EVERYTHING)


def test_includes_cost_the_same_whatever_there_is(
    as_alice: Caller, alice: User, corp: Contact, project: Project
) -> None:
    def cost() -> int:
        return len(statements_of(partial(shown, as_alice, corp, EVERYTHING)))

    fill(alice, corp, project, 1)
    few = cost()
    for number in range(2, 6):
        fill(alice, corp, project, number)

    assert cost() == few
