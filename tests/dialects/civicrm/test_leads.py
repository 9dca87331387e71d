"""Leads: left out of lists, found by their ids as every other protocol finds them."""

from typing import Any

import pytest

from contacts.models import Contact, Project
from tests.builders import make_contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import call, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(project: Project) -> Contact:
    return make_contact(
        stage="lead", first_name="Lena", projects=[project.pk], emails=[{"address": "lena@x.org"}]
    )


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"first_name": "Lena"},
        {"sort": "first_name"},
        {"return": "first_name,employer_id.display_name"},
        {"first_name": "Lena", "last_name": "No", "options": {"or": [["first_name", "last_name"]]}},
    ],
)
def test_a_lead_is_found_by_its_id_whatever_else_is_asked(
    as_alice: Caller, lena: Contact, more: dict[str, Any]
) -> None:
    assert as_alice.ok("Contact", "get", {"id": lena.pk, **more})["count"] == 1
    assert as_alice.ok("Contact", "getcount", {"id": lena.pk, **more})["result"] == 1


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ([["id", "=", "LENA"]], 1),
        ([["id", "IN", ["LENA"]], ["first_name", "=", "Lena"]], 1),
        ([["OR", [["id", "=", "LENA"], ["AND", [["id", "=", "LENA"]]]]]], 1),
        ([["id", "=", "LENA"], ["is_deleted", "=", False]], 1),
        ([["OR", [["id", "=", "LENA"], ["first_name", "=", "Lena"]]]], 0),
        ([["NOT", [["id", "IN", [1]]]], ["first_name", "=", "Lena"]], 0),
        ([["id", ">", 0], ["first_name", "=", "Lena"]], 0),
        ([["email_primary.email", "=", "lena@x.org"]], 0),
        ([], 0),
    ],
)
def test_version_4_finds_leads_by_id_alone(
    as_alice: Caller, lena: Contact, where: list[Any], found: int
) -> None:
    asked = {"where": _with_id(where, lena.pk), "select": ["row_count", "id"]}
    answer = call(as_alice, "Contact/get", asked)
    assert [each["id"] for each in answer["values"] if each["id"] == lena.pk] == [lena.pk] * found
    assert not found or answer["countMatched"] == 1


def _with_id(where: Any, contact_id: int) -> Any:
    if isinstance(where, list):
        return [_with_id(each, contact_id) for each in where]
    return contact_id if where == "LENA" else where


def test_version_4_changes_leads(as_alice: Caller, lena: Contact) -> None:
    """Saving a lead failed, and updating one changed nothing."""
    where = [["id", "=", lena.pk]]
    values(as_alice, "Contact/update", {"where": where, "values": {"nick_name": "Le"}})
    assert Contact.objects.get(pk=lena.pk).nickname == "Le"
    (saved,) = values(as_alice, "Contact/save", {"records": [{"id": lena.pk, "nick_name": "Li"}]})
    assert (saved["id"], saved["nick_name"]) == (lena.pk, "Li")


def test_lists_leave_leads_out(as_alice: Caller, lena: Contact) -> None:
    assert as_alice.ok("Contact", "getcount", first_name="Lena")["result"] == 0
    either = {"id": lena.pk, "first_name": "Lena", "options": {"or": [["id", "first_name"]]}}
    assert as_alice.ok("Contact", "getcount", either)["result"] == 0
