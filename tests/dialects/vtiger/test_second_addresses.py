"""E-mail addresses that are given as second ones while there is no first."""

import pytest

from contacts.models import Contact, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

SECOND = {
    "Contacts": ("email", "secondaryemail", {"lastname": "A"}),
    "Leads": ("email", "secondaryemail", {"lastname": "A"}),
    "Accounts": ("email1", "email2", {"accountname": "A"}),
}


@pytest.mark.parametrize("module", SECOND)
def test_second_address_without_a_first_is_not_replaced(as_alice: Caller, module: str) -> None:
    """It is the only one and so the primary one; a first address that came later replaced it."""
    first, second, values = SECOND[module]
    element = {"id": as_alice.create(module, **values)["id"]}

    def revise(**changes: str) -> tuple[str, str]:
        record = as_alice.post("revise", element={**element, **changes})
        return record[first], record[second]

    assert revise(**{second: "s@x.org"}) == ("s@x.org", "")
    assert revise(**{first: "f@x.org"}) == ("f@x.org", "s@x.org")
    assert revise(**{second: "t@x.org"}) == ("f@x.org", "t@x.org")
    assert revise(**{first: ""}) == ("t@x.org", "")
    assert revise(**{first: ""}) == ("t@x.org", "")
    assert revise(**{second: "u@x.org"}) == ("u@x.org", "")
    assert revise(**{first: "g@x.org", second: "v@x.org"}) == ("g@x.org", "v@x.org")
    assert revise(**{first: "", second: "w@x.org"}) == ("w@x.org", "")
    assert revise(**{first: "h@x.org"}) == ("h@x.org", "w@x.org")
    assert revise(**{first: "i@x.org"}) == ("i@x.org", "w@x.org")
    assert revise(**{second: ""}) == ("i@x.org", "")


def test_second_address_that_another_door_has_replaced_is_a_first_one(
    as_alice: Caller, alice: User
) -> None:
    made = as_alice.create("Contacts", lastname="A", secondaryemail="s@x.org")
    contact = Contact.objects.get(pk=made["id"].partition("x")[2])
    actor = actor_for(alice)
    update_contact(
        actor, contact.pk, {"emails": [{"id": contact.emails.get().pk, "address": "t@x.org"}]}
    )
    changed = as_alice.post("revise", element={"id": made["id"], "email": "u@x.org"})
    assert (changed["email"], changed["secondaryemail"]) == ("u@x.org", "")
