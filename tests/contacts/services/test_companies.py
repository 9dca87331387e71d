"""How people belong to companies: by text, by an employer, by several ties."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import InvalidError
from contacts.history import changes_of
from contacts.index import drifts_of
from contacts.models import Contact, Project, Relationship
from contacts.query import get_contact
from contacts.services.contacts import (
    archive_contact,
    create_contact,
    delete_contact,
    restore_contact,
    update_contact,
)

pytestmark = pytest.mark.django_db


def company(actor: Actor, name: str, **values: Any) -> int:
    made = create_contact(actor, {"kind": "organization", "organization_name": name, **values})
    return int(str(made["id"]))


def person(actor: Actor, **values: Any) -> int:
    return int(str(create_contact(actor, {"first_name": "Tom", **values})["id"]))


def belonging(actor: Actor, contact_id: int) -> tuple[object, object, object]:
    document = get_contact(actor, contact_id)
    assert drifts_of([contact_id]) == []
    return document.get("company", ""), document.get("employer_id"), document.get("companies", [])


def test_a_companys_name_finds_the_company_whatever_the_case(owner: Actor) -> None:
    acme = company(owner, "Acme Straße")
    company(owner, "ACME STRASSE")
    tom = person(owner, company="acme strasse")
    assert belonging(owner, tom) == ("Acme Straße", acme, [acme])


def test_a_name_of_no_company_stays_text(owner: Actor) -> None:
    assert belonging(owner, person(owner, company="Acme")) == ("Acme", None, [])


def test_a_new_company_takes_over_those_who_named_it(owner: Actor) -> None:
    other = company(owner, "Other")
    tom = person(owner, company="ACME")
    update_contact(owner, tom, {"companies": [other], "company": "x"})
    Contact.objects.filter(pk=tom).update(employer=None, company="ACME")
    update_contact(owner, tom, {"company": "ACME"})
    acme = company(owner, "Acme")
    assert belonging(owner, tom)[:2] == ("Acme", acme)
    assert changes_of("contact", tom)[0].after["employer_id"] == acme


def test_companies_win_over_the_employer_and_that_over_the_text(owner: Actor) -> None:
    acme, globex = company(owner, "Acme"), company(owner, "Globex")
    tom = person(owner, companies=[globex, acme], employer=acme, company="Initech")
    assert belonging(owner, tom) == ("Globex", globex, [globex, acme])
    update_contact(owner, tom, {"employer": acme, "company": "Initech"})
    assert belonging(owner, tom) == ("Acme", acme, [acme])
    update_contact(owner, tom, {"companies": [acme, globex]})
    update_contact(owner, tom, {"employer": globex})
    assert belonging(owner, tom) == ("Globex", globex, [globex])


def test_a_blank_gives_way_to_what_is_said(owner: Actor) -> None:
    """A form that sends "no employer" beside the company's text once lost the text."""
    acme = company(owner, "Acme")
    tom = person(owner, employer=None, companies=[], company="Initech")
    assert belonging(owner, tom) == ("Initech", None, [])
    update_contact(owner, tom, {"employer": None, "company": "acme"})
    assert belonging(owner, tom) == ("Acme", acme, [acme])
    for blank in ({"company": ""}, {"employer": None}, {"companies": []}):
        update_contact(owner, tom, {"employer": acme})
        update_contact(owner, tom, blank)
        assert belonging(owner, tom) == ("", None, [])


def test_further_companies_survive_a_change_of_the_main_one(owner: Actor) -> None:
    acme, globex, initech = (company(owner, name) for name in ("Acme", "Globex", "Initech"))
    tom = person(owner, companies=[acme, globex])
    update_contact(owner, tom, {"company": "initech"})
    assert belonging(owner, tom) == ("Initech", initech, [initech, globex])
    update_contact(owner, tom, {"company": "Freelance"})
    assert belonging(owner, tom) == ("Freelance", None, [globex])


def test_a_company_that_is_not_seen_survives_writing_back_what_is(
    administrator: Actor, owner: Actor, elsewhere: Project
) -> None:
    """Clients send back what they have read: the name of a company, not whether they see it."""
    secret = company(administrator, "Secret", projects=[elsewhere.pk])
    acme = company(owner, "Acme")
    tom = person(administrator, companies=[secret])
    update_contact(owner, tom, {"company": "secret", "job_title": "Spy"})
    assert belonging(administrator, tom) == ("Secret", secret, [secret])
    update_contact(administrator, tom, {"companies": [acme, secret]})
    update_contact(owner, tom, {"companies": []})
    assert belonging(administrator, tom) == ("", None, [secret])
    with pytest.raises(InvalidError):
        update_contact(owner, tom, {"employer": secret})


def test_an_archived_company_is_not_found_but_keeps_its_people(owner: Actor) -> None:
    acme = company(owner, "Acme")
    tom = person(owner, company="Acme")
    archive_contact(owner, acme)
    update_contact(owner, tom, {"company": "Acme", "last_name": "Smith"})
    assert belonging(owner, tom) == ("Acme", acme, [acme])
    assert belonging(owner, person(owner, company="Acme")) == ("Acme", None, [])
    restore_contact(owner, acme)
    assert belonging(owner, person(owner, company="Acme")) == ("Acme", acme, [acme])


def test_a_new_name_reaches_the_people_and_their_history(owner: Actor) -> None:
    acme = company(owner, "Acme")
    tom = person(owner, company="Acme")
    archived = person(owner, company="Acme")
    archive_contact(owner, archived)
    update_contact(owner, acme, {"organization_name": "Acme Europe"})
    assert belonging(owner, tom)[0] == "Acme Europe"
    assert drifts_of([archived]) == []
    entry = changes_of("contact", tom)[0]
    assert (entry.action, entry.before, entry.after) == (
        "updated", {"company": "Acme"}, {"company": "Acme Europe"}
    )  # fmt: skip


def test_deleting_a_company_leaves_nobody_pointing_to_it(owner: Actor) -> None:
    """People with a second company, subsidiaries and reports once kept the id of what is gone."""
    acme, other = company(owner, "Acme"), company(owner, "Other")
    tom = person(owner, company="Acme")
    tim = person(owner, companies=[other, acme])
    child = company(owner, "Child", parent=acme)
    reporting = person(owner, reports_to=acme)
    archive_contact(owner, acme)
    delete_contact(owner, acme)
    assert belonging(owner, tom) == ("Acme", None, [])
    assert belonging(owner, tim) == ("Other", other, [other])
    assert drifts_of([tom, tim, child, reporting, other]) == []
    assert changes_of("contact", tom)[0].before == {"employer_id": acme, "companies": [acme]}


@pytest.mark.parametrize("key", ["employer", "companies"])
def test_nobody_employs_itself(key: str, owner: Actor) -> None:
    acme = company(owner, "Acme")
    value = [acme] if key == "companies" else acme
    with pytest.raises(InvalidError) as refused:
        update_contact(owner, acme, {key: value})
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [(key, "not_allowed")]


def test_a_company_that_becomes_a_person_of_its_own_company_does_not_employ_itself(
    owner: Actor,
) -> None:
    acme = company(owner, "Acme")
    update_contact(owner, acme, {"kind": "person", "first_name": "Ann", "company": "Acme"})
    assert belonging(owner, acme) == ("Acme", None, [])


@pytest.mark.parametrize("key", ["parent", "reports_to"])
def test_lines_upwards_do_not_come_back(key: str, owner: Actor) -> None:
    first = company(owner, "First")
    second = company(owner, "Second", **{key: first})
    third = company(owner, "Third", **{key: second})
    for above in (first, second, third):
        with pytest.raises(InvalidError):
            update_contact(owner, first, {key: above})
    update_contact(owner, third, {key: first})


def test_a_company_must_be_one_and_be_there(owner: Actor) -> None:
    tom = person(owner)
    for value in (tom, 999_999, 2**70, "x"):
        with pytest.raises(InvalidError):
            person(owner, employer=value)
    assert Relationship.objects.count() == 0
