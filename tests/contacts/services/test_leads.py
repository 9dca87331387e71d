"""Leads: contacts that stand in lists of their own until they are converted."""

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, InvalidError
from contacts.index import drifts_of
from contacts.query import Query, get_contact, get_record, search, where
from contacts.services.contacts import archive_contact, update_contact
from contacts.services.leads import Conversion, Converted, convert_lead
from contacts.services.notes import create_note
from tests.builders import make_contact

pytestmark = pytest.mark.usefixtures("project")


@pytest.mark.parametrize("who", ["administrator", "owner"])
def test_leads_stand_in_lists_of_their_own(
    who: str, request: pytest.FixtureRequest, administrator: Actor
) -> None:
    actor = request.getfixturevalue(who)
    contact = make_contact(actor)
    lead = make_contact(actor, stage="lead", company="Acme")
    assert search(actor, Query()).ids == [contact.pk]
    assert search(actor, Query(stage="lead")).ids == [lead.pk]
    assert search(actor, Query(stage="lead")).total == 1
    assert search(actor, Query(stage=None)).total == 2
    assert get_contact(actor, lead.pk)["stage"] == "lead"


@pytest.mark.parametrize("who", ["administrator", "owner"])
def test_the_trash_holds_leads_with_the_contacts(
    who: str, request: pytest.FixtureRequest, administrator: Actor
) -> None:
    actor = request.getfixturevalue(who)
    lead = make_contact(actor, stage="lead")
    archive_contact(actor, lead.pk)
    assert search(actor, Query(archived=True)).ids == [lead.pk]
    assert search(actor, Query(stage="lead")).ids == []


def test_only_a_conversion_makes_a_converted_lead(administrator: Actor) -> None:
    lead = make_contact(administrator, stage="lead")
    with pytest.raises(InvalidError):
        update_contact(administrator, lead.pk, {"stage": "converted"})


def test_a_lead_becomes_a_company_a_contact_and_a_deal(administrator: Actor) -> None:
    lead = make_contact(
        administrator,
        stage="lead",
        first_name="Ann",
        last_name="Lee",
        company="Acme",
        emails=[{"address": "ann@example.org"}],
        background="b",
    )
    note = create_note(administrator, {"content": "x", "contact": lead.pk})
    wanted = Conversion(company={}, contact={"last_name": "Low"}, deal={"name": "D"})
    made = convert_lead(administrator, lead.pk, wanted)
    assert made.company_id is not None
    assert made.contact_id is not None
    assert made.deal_id is not None
    contact = get_contact(administrator, made.contact_id)
    assert (contact["first_name"], contact["last_name"]) == ("Ann", "Low")
    assert contact["employer_id"] == made.company_id
    assert contact["is_converted_from_lead"] is True
    assert contact["emails"][0]["address"] == "ann@example.org"  # type: ignore[index]  # a list
    assert get_contact(administrator, made.company_id)["organization_name"] == "Acme"
    deal = get_record(administrator, "deal", made.deal_id)
    assert deal["contact"]["id"] == made.contact_id  # type: ignore[index]  # a brief
    assert get_record(administrator, "note", int(str(note["id"])))["contact_id"] == made.contact_id
    assert search(administrator, Query(stage="lead")).ids == []
    assert get_contact(administrator, lead.pk)["stage"] == "converted"
    assert not drifts_of([lead.pk, made.contact_id, made.company_id])


def test_a_lead_is_converted_once(administrator: Actor) -> None:
    lead = make_contact(administrator, stage="lead")
    convert_lead(administrator, lead.pk, Conversion(contact={}))
    with pytest.raises(ConflictError, match="already_converted"):
        convert_lead(administrator, lead.pk, Conversion(contact={}))


def test_a_company_that_is_there_takes_the_lead(administrator: Actor) -> None:
    acme = make_contact(administrator, kind="organization", organization_name="Acme")
    lead = make_contact(administrator, stage="lead", company="ACME")
    made = convert_lead(administrator, lead.pk, Conversion(company={}))
    assert made == Converted(company_id=acme.pk)


def test_a_refused_conversion_changes_nothing(administrator: Actor) -> None:
    lead = make_contact(administrator, stage="lead")
    with pytest.raises(InvalidError):
        convert_lead(administrator, lead.pk, Conversion(contact={}, deal={"name": ""}))
    assert search(administrator, Query()).ids == []
    assert search(administrator, Query(stage="lead")).ids == [lead.pk]


def test_a_condition_on_the_stage_finds_leads(administrator: Actor) -> None:
    make_contact(administrator)
    lead = make_contact(administrator, stage="lead")
    condition = where(administrator, "stage", "eq", "lead")
    assert search(administrator, Query(condition=condition)).ids == [lead.pk]
