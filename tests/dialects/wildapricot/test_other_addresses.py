"""E-mail addresses that are given as other ones while there is no first."""

import pytest

from contacts.models import Contact, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for
from tests.dialects.wildapricot.calling import Caller, value_of

pytestmark = pytest.mark.django_db

EMAIL, OTHERS = "Email", "Other emails"


def put(caller: Caller, pk: int, **values: str) -> tuple[str, str]:
    """Change fields of a contact and return its addresses."""
    entries = [
        {"FieldName": {"email": EMAIL, "others": OTHERS}[name], "Value": value}
        for name, value in values.items()
    ]
    changed = caller.change(pk, {"FieldValues": entries})
    return value_of(changed, EMAIL), value_of(changed, OTHERS)


def test_another_address_without_a_first_is_not_replaced(as_alice: Caller) -> None:
    """It is the only one and so the first; an address that came later replaced it."""
    pk = as_alice.make({"FirstName": "Amy"})["Id"]
    assert put(as_alice, pk, others="o@x.org, p@x.org") == ("o@x.org", "p@x.org")
    assert put(as_alice, pk, email="") == ("o@x.org", "p@x.org")
    assert put(as_alice, pk, email="e@x.org") == ("e@x.org", "o@x.org, p@x.org")
    assert put(as_alice, pk, email="f@x.org") == ("f@x.org", "o@x.org, p@x.org")
    assert put(as_alice, pk, email="") == ("o@x.org", "p@x.org")
    assert put(as_alice, pk, others="o@x.org, q@x.org") == ("o@x.org", "q@x.org")
    assert put(as_alice, pk, others="") == ("o@x.org", "")
    assert put(as_alice, pk, email="g@x.org") == ("g@x.org", "o@x.org")
    assert put(as_alice, pk, others="") == ("g@x.org", "")


def test_both_may_come_in_either_order(as_alice: Caller) -> None:
    pk = as_alice.make({"FirstName": "Amy"})["Id"]
    assert put(as_alice, pk, others="o@x.org", email="e@x.org") == ("e@x.org", "o@x.org")


def test_another_address_that_was_replaced_elsewhere_is_a_first_one(
    as_alice: Caller, alice: User
) -> None:
    pk = as_alice.make({"FirstName": "Amy"})["Id"]
    put(as_alice, pk, others="o@x.org")
    row = Contact.objects.get(pk=pk).emails.get()
    update_contact(actor_for(alice), pk, {"emails": [{"id": row.pk, "address": "t@x.org"}]})
    assert put(as_alice, pk, email="u@x.org") == ("u@x.org", "")
