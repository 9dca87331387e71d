"""What other doors have stored, read as a whole and sent back as it is."""

from typing import Any

import pytest

from contacts.models import Change, Contact, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db

ADDRESSES = [
    {"street1": "Main St 1", "city": "Bonn", "country": "Germany", "location": "work"},
    {"street1": "Side St 2\nyard", "country": "France", "location": "other"},
]
OTHERS = {"tags": ["vip", "a, b"], "addresses": ADDRESSES}
CONTACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "person": ("12x", {"first_name": "Anna", "last_name": "Lee", "company": "Acme"}),
    "household": ("12x", {"household_name": "The Lees", "company": "Acme"}),
    "organization": ("11x", {"organization_name": "Acme"}),
    "lead": ("10x", {"last_name": "Lee", "company": "Acme", "stage": "lead"}),
}


@pytest.mark.parametrize("kind", CONTACTS)
@pytest.mark.parametrize("operation", ["update", "revise"])
def test_nothing_changes(alice: User, as_alice: Caller, kind: str, operation: str) -> None:
    """Tags fell apart at their commas, text was trimmed, a company without a record was lost."""
    lines = make_custom_field("Lines", type="long_text", is_multiple=True)
    make_custom_field("Sure", type="boolean")
    prefix, values = CONTACTS[kind]
    more = {**OTHERS, f"custom_{lines.pk}": ["  one\ntwo", "three"]}
    actor = actor_for(alice)
    contact_kind = "person" if kind == "lead" else kind
    contact = make_contact(actor, kind=contact_kind, owner=alice.pk, **values, **more)
    changes = Change.objects.count()
    element = as_alice.get("retrieve", id=f"{prefix}{contact.pk}")
    assert as_alice.post(operation, element=element)["id"] == element["id"]
    assert not Change.objects.order_by("pk")[changes:].values_list("before", "after")


def test_a_tag_that_is_added_beside_one_with_a_comma(alice: User, as_alice: Caller) -> None:
    contact = make_contact(actor_for(alice), tags=["vip", "a, b"])
    element = {"id": f"12x{contact.pk}"}
    shown = as_alice.get("retrieve", **element)["tags"]
    as_alice.post("revise", element={**element, "tags": f"{shown},hot"})
    assert _tags(contact) == {"vip", "a, b", "hot"}
    as_alice.post("revise", element={**element, "tags": "hot, a"})
    assert _tags(contact) == {"hot", "a"}


def _tags(contact: Contact) -> set[str]:
    return {link.tag.name for link in contact.tag_links.select_related("tag")}
