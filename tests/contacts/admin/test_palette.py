"""The quick search: one box that leads anywhere."""

import pytest
from django.test import Client

from contacts.access import Actor
from tests.builders import make_contact
from tests.contacts.admin.reading import read

GO = "/admin/contacts/contact/go/"


@pytest.fixture(autouse=True)
def people(owner: Actor) -> dict[str, int]:
    return {
        "anna": make_contact(owner, first_name="Anna", last_name="Petrova", tags=["Annual"]).pk,
        "joanna": make_contact(owner, first_name="Joanna", last_name="Smith").pk,
    }


def labels(client: Client, typed: str) -> list[str]:
    page = read(client, GO, data={"q": typed})
    assert page.status == 200
    navigation = set(read(client, "/admin/profile/").links)
    return [label for label in page.links if label not in navigation]


def test_contacts_come_first_that_begin_with_what_is_typed(at_bob: Client) -> None:
    assert labels(at_bob, "anna")[:2] == ["Anna Petrova", "Joanna Smith"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("petorva", "Anna Petrova"),
        ("annu", "Annual"),
        ("demo proj", "Demo project"),
        ("anuall", "Annual"),
        ("dmeo porject", "Demo project"),
        ("+ Zoe Miller", "New person “Zoe Miller”"),
        ("nobody here", "New person “nobody here”"),
    ],
)
def test_whatever_there_is_is_found(at_bob: Client, typed: str, label: str) -> None:
    assert label in labels(at_bob, typed)


def test_screens_are_found_by_their_names(at_bob: Client) -> None:
    page = read(at_bob, GO, data={"q": "api k"})

    assert "Screens" in page.text


@pytest.mark.parametrize(
    ("typed", "label"), [("curencies", "Currencies"), ("profle", "Your profile")]
)
def test_screens_below_the_navigation_are_found_by_misspelt_names(
    at_ada: Client, at_bob: Client, typed: str, label: str
) -> None:
    assert label in read(at_ada, GO, data={"q": typed}).links
    assert (label in read(at_bob, GO, data={"q": typed}).links) == (label == "Your profile")


def test_number_of_a_contact_leads_to_it(at_bob: Client, people: dict[str, int]) -> None:
    assert "Joanna Smith" in labels(at_bob, f"#{people['joanna']}")


def test_contacts_seen_last_stand_there_before_anything_is_typed(
    at_bob: Client, people: dict[str, int]
) -> None:
    for name in ("anna", "joanna"):
        at_bob.get(f"/admin/contacts/contact/{people[name]}/")

    assert labels(at_bob, "")[:2] == ["Joanna Smith", "Anna Petrova"]


def test_name_after_a_plus_fills_in_the_form(at_bob: Client) -> None:
    url = read(at_bob, GO, data={"q": "+ Zoe Ann Miller"}).links["New person “Zoe Ann Miller”"]

    fields = read(at_bob, url).posting_form().fields

    assert fields["first_name"] == ["Zoe Ann"]
    assert fields["last_name"] == ["Miller"]


def test_reader_is_not_offered_to_create(at_rita: Client) -> None:
    assert not any(label.startswith("New") for label in labels(at_rita, "+ Zoe"))


def test_hidden_contacts_are_not_found(at_bob: Client, outsider: Actor) -> None:
    pk = make_contact(outsider, first_name="Hidden").pk

    assert "Hidden" not in labels(at_bob, "hidden")
    assert "Hidden" not in labels(at_bob, f"#{pk}")
