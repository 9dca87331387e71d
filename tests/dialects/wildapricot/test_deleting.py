"""Contacts are deleted for good, once they are archived."""

import pytest

from contacts.models import Project, User
from tests.builders import join
from tests.dialects.wildapricot.calling import Caller, caller

pytestmark = pytest.mark.django_db


def test_only_archived_contacts_are_deleted(as_alice: Caller) -> None:
    contact_id = as_alice.make({"FirstName": "A"})["Id"]
    refused = as_alice.send("DELETE", f"/contacts/{contact_id}")
    assert (refused.status_code, refused.json()["code"]) == (400, "Validation")
    as_alice.change(contact_id, {"FieldValues": [{"FieldName": "Archived", "Value": "true"}]})
    deleted = as_alice.send("DELETE", f"/contacts/{contact_id}/")
    assert (deleted.status_code, deleted.json()) == (200, True)
    assert as_alice.get(f"/contacts/{contact_id}").status_code == 404
    assert as_alice.send("DELETE", f"/contacts/{contact_id}").status_code == 404


def test_whoever_may_not_delete_is_not_told_to_archive(
    as_alice: Caller, project: Project, charlie: User
) -> None:
    contact_id = as_alice.make({"FirstName": "A"})["Id"]
    join(charlie, project, "Reporter")
    refused = caller(charlie).send("DELETE", f"/contacts/{contact_id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "Forbidden")
