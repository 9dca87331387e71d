"""The list of contacts: who is in it, how it is searched, filtered, ordered, and paged."""

from datetime import date
from functools import partial

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.models import Project, Tag, User
from contacts.services.contacts import archive_contact
from tests.builders import make_contact, make_custom_field
from tests.contacts.admin.conftest import Browser
from tests.contacts.admin.reading import read
from tests.costs import statements_of

LIST = "/admin/contacts/contact/"


@pytest.fixture
def people(owner: Actor, alice: User, project: Project) -> dict[str, int]:
    """Return the ids of a few contacts in several scripts."""
    made = {
        "anna": {
            "first_name": "Anna",
            "last_name": "Petrova",
            "emails": ["anna@example.com"],
            "tags": ["vip"],
            "owner": alice.pk,
        },
        "пётр": {"first_name": "Пётр", "last_name": "Иванов", "phones": ["+7 495 111-22-33"]},
        "acme": {"organization_name": "Acme", "kind": "organization", "tags": ["vip", "Press"]},
        "müller": {"household_name": "Müllers", "kind": "household"},
    }
    return {name: make_contact(owner, **values).pk for name, values in made.items()}


def shown(client: Client, query: str = "") -> set[str]:
    """Return which of the contacts a list shows."""
    page = read(client, f"{LIST}{query}")
    assert page.status == 200
    names = {"Anna Petrova": "anna", "Пётр Иванов": "пётр", "Acme": "acme", "Müllers": "müller"}
    return {short for name, short in names.items() if name in page.links}


def test_list_shows_the_contacts_of_ones_projects(at_bob: Client, people: dict[str, int]) -> None:
    assert shown(at_bob) == set(people)


def test_hidden_contacts_are_neither_shown_nor_counted(
    people: dict[str, int], charlie: User, browser_of: Browser
) -> None:
    client = browser_of(charlie)

    assert shown(client) == set()
    assert "There are no contacts yet" in read(client, LIST).text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ПЕТР", {"пётр"}),
        ("иванов пётр", {"пётр"}),
        ("muller", {"müller"}),
        ("ANNA@EXAMPLE", {"anna"}),
        ("4951112233", {"пётр"}),
        ("press", {"acme"}),
        ("nobody", set()),
    ],
)
def test_search_finds_in_any_script_case_and_form(
    at_bob: Client, people: dict[str, int], typed: str, found: set[str]
) -> None:
    assert shown(at_bob, f"?q={typed}") == found


def test_list_without_contacts_leads_to_all_that_brings_some(
    at_alice: Client, at_rita: Client
) -> None:
    ways = ("Import", "New contact", "Web forms", "API keys")

    def offered(client: Client) -> list[str]:
        place = client.get(LIST).content.decode().split('class="empty"')[1]
        return [way for way in ways if f">{way}</a>" in place]

    assert offered(at_alice) == list(ways)
    assert offered(at_rita) == []


def test_filters_narrow_the_list_and_can_be_taken_away(
    at_bob: Client, people: dict[str, int], alice: User, project: Project
) -> None:
    vip = Tag.objects.get(name="vip").pk
    press = Tag.objects.get(name="Press").pk

    assert shown(at_bob, "?kind=person") == {"anna", "пётр"}
    assert shown(at_bob, f"?tag={vip}") == {"anna", "acme"}
    assert shown(at_bob, f"?tag={vip}&tag={press}") == {"acme"}
    assert shown(at_bob, f"?tag={vip}&tag={press}&tag_is=any") == {"anna", "acme"}
    assert shown(at_bob, f"?tag={press}&tag_is=none") == set(people) - {"acme"}
    assert shown(at_bob, f"?tag={press}&tag={vip}&tag_is=none") == {"пётр", "müller"}
    assert shown(at_bob, "?through=test") == set(people)
    assert shown(at_bob, "?through=import") == set()
    assert shown(at_bob, f"?owner={alice.pk}") == {"anna"}
    assert shown(at_bob, f"?project={project.pk}") == set(people)
    assert shown(at_bob, "?has_email=yes") == {"anna"}
    assert shown(at_bob, "?has_phone=no") == set(people) - {"пётр"}
    assert shown(at_bob, f"?changed={date.today().isoformat()}") == set(people)
    assert shown(at_bob, "?changed=2099-01-01") == set()
    assert "Without the tag: vip" in read(at_bob, f"{LIST}?tag={vip}&tag_is=none").text
    page = read(at_bob, f"{LIST}?tag={vip}&kind=person&page=2")
    chip = next(url for text, url in page.links.items() if text.startswith("Tag: vip"))
    assert chip == "?kind=person"


def test_custom_fields_are_filters(at_bob: Client, owner: Actor) -> None:
    level = make_custom_field("Level", options=("Gold", "Silver"))
    since = make_custom_field("Since", type="date")
    motto = make_custom_field("Motto")
    gold = level.options.get(label="Gold").pk
    values = {
        f"custom_{level.pk}": gold,
        f"custom_{since.pk}": "2024-05-01",
        f"custom_{motto.pk}": "Ёж и лиса",
    }
    make_contact(owner, first_name="Anna", last_name="Petrova", **values)
    make_contact(owner, first_name="Пётр", last_name="Иванов")

    assert shown(at_bob, f"?custom_{level.pk}={gold}") == {"anna"}
    assert shown(at_bob, f"?custom_{since.pk}_from=2024-05-01") == {"anna"}
    assert shown(at_bob, f"?custom_{since.pk}_to=2024-04-30") == set()
    assert shown(at_bob, f"?custom_{motto.pk}=еж") == {"anna"}


def test_field_that_one_may_not_read_is_no_filter(
    at_bob: Client, at_ada: Client, owner: Actor, ada: User
) -> None:
    secret = make_custom_field("Credit rating", access="administrators")
    make_contact(owner, first_name="Anna", last_name="Petrova")

    assert "Credit rating" in read(at_ada, LIST).text
    page = read(at_bob, f"{LIST}?custom_{secret.pk}=x")
    assert "Credit rating" not in page.text
    assert "Anna Petrova" in page.links


@pytest.mark.parametrize(
    "nonsense",
    [
        "?page=0",
        "?page=-1",
        "?page=99999999999999999999",
        "?page=x&per=7",
        "?sort=password",
        "?sort=-",
        "?tag=abc",
        "?kind=robot",
        "?owner=99999999999999999999",
        "?changed=yesterday",
        "?project=x%00y",
        "?q=%00",
    ],
)
def test_address_that_makes_no_sense_still_shows_a_list(
    at_bob: Client, people: dict[str, int], nonsense: str
) -> None:
    assert read(at_bob, f"{LIST}{nonsense}").status == 200


def test_filter_that_is_not_understood_is_said_to_be_left_out(
    at_bob: Client, people: dict[str, int]
) -> None:
    page = read(at_bob, f"{LIST}?changed=yesterday")

    assert "Not understood and left out: Changed since: yesterday" in page.text
    assert "Anna Petrova" in page.links


def test_pages_show_every_contact_once(at_bob: Client, owner: Actor) -> None:
    for number in range(30):
        make_contact(owner, first_name="Same", last_name="Name", nickname=str(number))

    found = [
        url
        for page in (1, 2)
        for url in at_bob.get(f"{LIST}?page={page}").content.decode().split('"')
        if url.startswith(LIST) and url.removeprefix(LIST).rstrip("/").isdigit()
    ]

    assert len(found) == 30
    assert len(set(found)) == 30
    assert "26–30 of 30" in read(at_bob, f"{LIST}?page=2").text


def test_order_follows_the_address(at_bob: Client, people: dict[str, int]) -> None:
    def order(query: str) -> list[str]:
        links = read(at_bob, f"{LIST}{query}").links
        return [name for name in links if name in ("Acme", "Anna Petrova", "Пётр Иванов")]

    assert order("?sort=created") == ["Anna Petrova", "Пётр Иванов", "Acme"]
    assert order("?sort=-created") == ["Acme", "Пётр Иванов", "Anna Petrova"]
    assert order("") == list(reversed(order("?sort=-name")))


def test_archived_contacts_are_in_the_archive_only(
    at_alice: Client, owner: Actor, people: dict[str, int]
) -> None:
    archive_contact(owner, people["anna"])

    assert shown(at_alice) == set(people) - {"anna"}
    assert shown(at_alice, "archive/") == {"anna"}
    assert shown(at_alice, "archive/?q=petrova") == {"anna"}


def test_names_cannot_smuggle_markup_into_the_page(at_bob: Client, owner: Actor) -> None:
    make_contact(owner, first_name="<script>alert(1)</script>", tags=['"><img src=x>'])

    text = at_bob.get(LIST).content.decode()

    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_number_of_statements_does_not_depend_on_the_page(
    at_bob: Client, owner: Actor, alice: User
) -> None:
    # The session and the user; the versions of the small tables; the saved views; the page and its
    # total.
    for number in range(60):
        make_contact(owner, first_name=f"N{number}", tags=[f"t{number}"], owner=alice.pk)
    at_bob.get(LIST)

    counts = [
        len(statements_of(partial(at_bob.get, f"{LIST}{query}")))
        for query in ("?per=25", "?per=50", "?per=50&q=N&sort=-changed")
    ]

    assert counts[0] == counts[1]
    assert max(counts) <= 7, counts


def test_leads_are_listed_when_they_are_asked_for(at_ada: Client, project: Project) -> None:
    lead = make_contact(stage="lead", first_name="Lena", last_name="Low")
    assert lead.display_name not in at_ada.get("/admin/contacts/contact/").content.decode()
    page = at_ada.get("/admin/contacts/contact/?stage=lead").content.decode()
    assert lead.display_name in page
