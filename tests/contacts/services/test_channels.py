"""E-mails, phones, addresses, websites and messengers of a contact."""

from typing import Any

import pytest

from contacts.access import Actor
from contacts.errors import InvalidError
from contacts.fields import reference
from contacts.models import EmailAddress, Phone, PostalAddress
from contacts.services.contacts import create_contact, update_contact

pytestmark = pytest.mark.django_db

Items = list[dict[str, Any]]


def new(actor: Actor, **values: Any) -> dict[str, Any]:
    document: dict[str, Any] = create_contact(actor, {"first_name": "Tom", **values})
    return document


def changed(actor: Actor, contact: dict[str, Any], key: str, items: Any) -> Items:
    document: dict[str, Any] = update_contact(actor, contact["id"], {key: items})
    found: Items = document.get(key, [])
    return found


def primary(items: Items, main: str) -> list[str]:
    return [item[main] for item in items if item.get("is_primary")]


def test_the_first_is_primary_and_removing_it_promotes_the_next(owner: Actor) -> None:
    contact = new(owner, emails=["a@x.org", "b@x.org", "c@x.org"])
    _first, second, third = contact["emails"]
    assert primary(contact["emails"], "address") == ["a@x.org"]
    assert primary(changed(owner, contact, "emails", [second, third]), "address") == ["b@x.org"]
    assert changed(owner, contact, "emails", []) == []
    assert EmailAddress.objects.count() == 0


@pytest.mark.parametrize("as_text", [False, True])
def test_another_can_be_made_primary(as_text: bool, owner: Actor) -> None:
    """An id that came as text once left the old one primary."""
    contact = new(owner, phones=["1", "2"])
    first, second = contact["phones"]
    identity = str(second["id"]) if as_text else second["id"]
    items = changed(
        owner, contact, "phones", [{"id": first["id"]}, {"id": identity, "is_primary": True}]
    )
    assert primary(items, "number") == ["2"]
    items = changed(owner, contact, "phones", [*items, {"number": "3", "is_primary": True}])
    assert primary(items, "number") == ["2"]
    unmarked = [{**item, "is_primary": False} for item in items]
    items = changed(owner, contact, "phones", [*unmarked, {"number": "4", "is_primary": True}])
    assert primary(items, "number") == ["4"]
    assert [item["number"] for item in items] == ["1", "2", "3", "4"]


def test_a_named_channel_keeps_what_the_change_leaves_out(owner: Actor) -> None:
    contact = new(
        owner,
        phones=[
            {"number": "+1 212 555-0101", "extension": "7", "type": "mobile", "location": "home"}
        ],
    )
    (phone,) = contact["phones"]
    (same,) = changed(owner, contact, "phones", [{"id": phone["id"]}])
    assert same == phone
    (other,) = changed(owner, contact, "phones", [{"id": phone["id"], "number": "12"}])
    assert other == {**phone, "number": "12"}
    (cleared,) = changed(owner, contact, "phones", [{"id": phone["id"], "type": None}])
    assert "type_id" not in cleared
    row = Phone.objects.get()
    assert (row.digits, row.e164, row.extension) == ("12", "", "7")


def test_a_channel_whose_text_is_taken_away_is_gone(owner: Actor) -> None:
    contact = new(owner, websites=["x.org", "y.org"], messengers=[{"handle": "tom"}])
    first, second = contact["websites"]
    left = changed(owner, contact, "websites", [{"id": first["id"], "url": ""}, second])
    assert left == [second]
    assert changed(owner, contact, "messengers", [{"id": contact["messengers"][0]["id"]}])
    assert changed(owner, contact, "messengers", [""]) == []


def test_a_channel_of_another_contact_cannot_be_taken(owner: Actor) -> None:
    theirs = new(owner, emails=["a@x.org"])["emails"][0]
    contact = new(owner, emails=["b@x.org"])
    with pytest.raises(InvalidError) as refused:
        changed(owner, contact, "emails", [{"id": theirs["id"], "address": "mine@x.org"}])
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("emails", "unknown")]
    assert EmailAddress.objects.get(pk=theirs["id"]).address == "a@x.org"


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"country": "DE"}, "DE", None),
        ({"country": "de"}, "DE", None),
        ({"country": "GERMANY"}, "DE", None),
        ({"country": "Atlantis"}, None, "Atlantis"),
        ({"country_text": "Germany"}, "DE", "Germany"),
        ({"country": ""}, None, None),
    ],
)
def test_a_country_is_linked_where_it_is_known_and_kept_as_text_where_not(
    given: dict[str, str], code: str | None, text: str | None, owner: Actor
) -> None:
    contact = new(owner, addresses=[{"city": "Köln", **given}])
    (address,) = contact["addresses"]
    wanted = reference.countries().id_of(code) if code else None
    assert (address.get("country_id"), address.get("country_text")) == (wanted, text)
    (same,) = changed(owner, contact, "addresses", [address])
    assert same == address
    (left,) = changed(owner, contact, "addresses", [{"id": address["id"], "city": "Bonn"}])
    assert left == {**address, "city": "Bonn"}


def test_a_place_on_the_map_is_kept(owner: Actor) -> None:
    contact = new(owner, addresses=[{"city": "Rome", "latitude": "41.9", "longitude": 12.5}])
    assert contact["addresses"][0]["latitude"] == 41.9
    assert PostalAddress.objects.get().longitude == 12.5
