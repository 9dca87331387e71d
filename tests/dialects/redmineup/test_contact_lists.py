"""Lists of contacts: pages, order, search, projects, counts, cost."""

from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from contacts.access import system_actor
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.index.parts import ContactParts
from contacts.models import Contact, CustomField, Project, User
from contacts.services.contacts import archive_contact
from contacts.services.loading import load_contacts
from tests.builders import actor_for, join, make_contact, make_custom_field, make_project
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller

NAMES = ["Dora", "anna", "Émile", "Zed", "Bob"]


@pytest.fixture
def five(alice: User, project: Project) -> list[Contact]:
    return [make_contact(actor_for(alice), first_name="Ann", last_name=name) for name in NAMES]


def page(as_alice: Caller, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = as_alice.read(f"/contacts.json{query}")
    return found


def ids(as_alice: Caller, query: str = "") -> list[int]:
    return [contact["id"] for contact in page(as_alice, query)["contacts"]]


def last_names(as_alice: Caller, query: str = "") -> list[str]:
    return [contact["last_name"] for contact in page(as_alice, query)["contacts"]]


def test_the_envelope_counts_everything(as_alice: Caller, five: list[Contact]) -> None:
    found = page(as_alice, "?limit=2&offset=1")

    assert list(found) == ["contacts", "total_count", "offset", "limit"]
    assert (found["total_count"], found["offset"], found["limit"]) == (5, 1, 2)
    assert len(found["contacts"]) == 2


def test_the_envelope_of_xml_is_in_attributes(as_alice: Caller, five: list[Contact]) -> None:
    text = as_alice.get("/contacts.xml?limit=1").content.decode()

    assert '<contacts type="array" total_count="5" offset="0" limit="1"><contact><id>' in text
    assert text.endswith("</contact></contacts>")


@pytest.mark.parametrize(
    ("query", "offset", "limit"),
    [
        ("", 0, 25),
        ("?limit=0", 0, 25),
        ("?limit=-3", 0, 25),
        ("?limit=many", 0, 25),
        ("?limit=500", 0, 100),
        ("?limit=99999999999999999999999", 0, 100),
        ("?limit=٣", 0, 25),
        ("?offset=-1", 0, 25),
        ("?offset=x", 0, 25),
        ("?page=2", 25, 25),
        ("?page=3&limit=2", 4, 2),
        ("?page=0", 0, 25),
        ("?page=x", 0, 25),
        ("?page=3&offset=1", 1, 25),
        ("?page=3&offset=", 50, 25),
        ("?per_page=3", 0, 25),
        ("?limit[]=3", 0, 25),
    ],
)
def test_the_effective_window_is_echoed(
    as_alice: Caller, five: list[Contact], query: str, offset: int, limit: int
) -> None:
    found = page(as_alice, quote(query, safe="?&="))

    assert (found["offset"], found["limit"]) == (offset, limit)
    assert found["total_count"] == 5


@pytest.mark.parametrize("query", ["?page=99", "?offset=5", "?offset=99999999999999999999999"])
def test_past_the_end_there_is_nothing(as_alice: Caller, five: list[Contact], query: str) -> None:
    found = page(as_alice, query)

    assert (found["contacts"], found["total_count"]) == ([], 5)


def test_the_size_of_a_page_is_a_setting(
    as_alice: Caller, five: list[Contact], settings: Any
) -> None:
    settings.REDMINEUP_PAGE_SIZE = 3

    assert page(as_alice)["limit"] == 3


def test_the_usual_order_is_by_last_name_whatever_the_case(
    as_alice: Caller, five: list[Contact]
) -> None:
    assert last_names(as_alice) == ["anna", "Bob", "Dora", "Émile", "Zed"]


@pytest.mark.parametrize("sort", ["", "created_on", "company:desc", "cf_1", "first_name,id:desc"])
def test_pages_neither_overlap_nor_skip(
    as_alice: Caller, alice: User, project: Project, sort: str
) -> None:
    made = {make_contact(actor_for(alice), first_name="Ann", last_name="Lee").pk for _ in range(7)}

    pages = [ids(as_alice, f"?limit=3&offset={offset}&sort={sort}") for offset in (0, 3, 6)]

    assert [len(each) for each in pages] == [3, 3, 1]
    assert {pk for each in pages for pk in each} == made


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("last_name:desc", ["Zed", "Émile", "Dora", "Bob", "anna"]),
        ("id", NAMES),
        ("id:desc", NAMES[::-1]),
        ("first_name:asc,id:desc", ["anna", "Bob", "Dora", "Émile", "Zed"]),
        ("nonsense,last_name:desc", ["Zed", "Émile", "Dora", "Bob", "anna"]),
        ("created_on", NAMES),
        ("password", ["anna", "Bob", "Dora", "Émile", "Zed"]),
        ("cf_99:desc", ["anna", "Bob", "Dora", "Émile", "Zed"]),
    ],
)
def test_lists_are_sorted_by_columns(
    as_alice: Caller, five: list[Contact], sort: str, expected: list[str]
) -> None:
    assert last_names(as_alice, f"?sort={sort}") == expected


@pytest.mark.parametrize("query", ["?nometa=1", ""])
def test_a_page_may_come_without_its_facts(
    as_alice: Caller, five: list[Contact], query: str
) -> None:
    more = {} if query else {"X_Redmine_Nometa": "1"}

    answer = as_alice.send("GET", f"/contacts.json{query}", **more)
    xml = as_alice.send("GET", f"/contacts.xml{query}", **more)

    assert list(answer.json()) == ["contacts"]
    assert '<contacts type="array"><contact>' in xml.content.decode()


def test_every_column_has_its_own_direction(
    as_alice: Caller, alice: User, project: Project
) -> None:
    ann, bob, cid = (
        make_contact(actor_for(alice), first_name=first, last_name=last).pk
        for first, last in (("Ann", "Lee"), ("Bob", "Lee"), ("Cid", "Roe"))
    )
    acme = make_contact(actor_for(alice), kind="organization", organization_name="Acme").pk

    assert ids(as_alice, "?sort=last_name:desc,first_name") == [cid, ann, bob, acme]
    assert ids(as_alice, "?sort=last_name,first_name:desc") == [acme, bob, ann, cid]
    assert ids(as_alice, "?sort=last_name,id:desc") == [acme, bob, ann, cid]
    assert ids(as_alice, "?sort=last_name") == [acme, ann, bob, cid]


def test_lists_are_sorted_by_custom_fields(as_alice: Caller, alice: User, project: Project) -> None:
    field: CustomField = make_custom_field("Nums", type="integer")
    actor = actor_for(alice)
    numbers = [10, 9, 100]
    made = [make_contact(actor, first_name="A", **{f"custom_{field.pk}": n}).pk for n in numbers]

    assert ids(as_alice, f"?sort=cf_{field.pk}:desc") == [made[2], made[0], made[1]]


@pytest.mark.parametrize("query", ["?project_id=demo", "?project_id={pk}", ""])
def test_a_project_limits_the_list(
    as_ada: Caller, ada: User, project: Project, elsewhere: Project, tom: Contact, query: str
) -> None:
    other = make_contact(actor_for(ada), first_name="Other", projects=[elsewhere.pk])

    assert set(ids(as_ada)) == {tom.pk, other.pk}
    by_address = as_ada.read("/projects/demo/contacts.json")
    assert [each["id"] for each in by_address["contacts"]] == [tom.pk]
    if query:
        assert ids(as_ada, query.format(pk=project.pk)) == [tom.pk]


def test_an_unknown_project_is_not_found_and_a_hidden_one_neither(
    as_charlie: Caller, as_alice: Caller, tom: Contact
) -> None:
    assert as_alice.get("/contacts.json?project_id=demo").status_code == 200

    assert as_alice.get("/contacts.json?project_id=nowhere").status_code == 404
    assert as_charlie.get("/contacts.json?project_id=demo").status_code == 404
    assert as_charlie.get("/projects/demo/contacts.json").status_code == 404


def test_a_public_project_without_the_right_is_forbidden(
    as_charlie: Caller, tom: Contact, project: Project
) -> None:
    project.is_public = True
    project.save()

    assert as_charlie.get("/contacts.json?project_id=demo").status_code == 403


def test_lists_are_silently_without_what_is_hidden_or_archived(
    as_alice: Caller, as_charlie: Caller, as_bob: Caller, alice: User, tom: Contact
) -> None:
    private = make_contact(actor_for(alice), first_name="Private", visibility=2)
    public = make_contact(actor_for(alice), first_name="Public", visibility=1)
    gone = make_contact(actor_for(alice), first_name="Gone")
    archive_contact(actor_for(alice), gone.pk)

    assert set(ids(as_alice)) == {tom.pk, private.pk, public.pk}
    assert set(ids(as_bob)) == {tom.pk, public.pk}
    assert ids(as_charlie) == [public.pk]
    assert page(as_bob)["total_count"] == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tom", True),
        ("TOM smi", True),
        ("smith apple", True),
        ("acme.example", True),
        ("555", True),
        ("engineer", True),
        ("quinn", True),
        ("том", False),
        ("nobody", False),
        ("tom nobody", False),
        ("secret", False),
        ("viptag", False),
        ("moscow", False),
        ("%", False),
        ("_", False),
        ("\\", False),
        ("t%m", False),
        ("  ", True),
    ],
)
def test_every_word_is_searched_in_the_same_fields(
    as_alice: Caller, alice: User, project: Project, text: str, found: bool
) -> None:
    make_contact(
        actor_for(alice),
        first_name="Tom",
        last_name="Smith",
        middle_name="Quinn",
        company="Apple",
        emails=["tom@acme.example"],
        phones=["+7 555 1"],
        job_title="Engineer",
        background="secret",
        tags=["viptag"],
        addresses=[{"city": "Moscow"}],
    )

    answer = page(as_alice, f"?search={quote(text)}")

    assert len(answer["contacts"]) == answer["total_count"] == int(found)


@pytest.mark.parametrize("text", ["ИВАН", "иван", "straße", "STRASSE", "50%", "a_b"])
def test_search_knows_every_script_and_takes_wildcards_literally(
    as_alice: Caller, alice: User, project: Project, text: str
) -> None:
    make_contact(actor_for(alice), first_name="Иван Straße 50% a_b")
    make_contact(actor_for(alice), first_name="500 axb")

    assert page(as_alice, f"?search={quote(text)}")["total_count"] == 1


def test_the_count_knows_of_the_search(as_alice: Caller, five: list[Contact]) -> None:
    """The original forgets it, and clients then ask for empty pages without end."""
    assert page(as_alice, "?search=zed")["total_count"] == 1


LISTS = [
    "/contacts.json",
    "/contacts.xml",
    "/contacts.json?search=ann",
    "/contacts.json?tags=vip&first_name=~an&sort=company:desc",
    "/contacts.json?project_id=demo",
    "/contacts.json?page=1&sort=updated_on:desc",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_page_costs_the_same_whatever_its_size(
    as_alice: Caller, alice: User, project: Project, path: str
) -> None:
    """At most four statements: the credential, the ids, the page, the total."""
    field = make_custom_field("Level", options=("Low", "High"))
    values = {f"custom_{field.pk}": "High", "tags": ["vip", "hot"], "phones": ["1"]}
    glue = "&" if "?" in path else "?"

    def cost(limit: int) -> int:
        answers = []
        found = statements_of(lambda: answers.append(as_alice.get(f"{path}{glue}limit={limit}")))
        assert {answer.status_code for answer in answers} == {200}
        return len(found)

    for number in range(12):
        make_contact(actor_for(alice), first_name="Ann", last_name=f"N{number}", **values)
    few = cost(2)
    many = cost(12)

    assert few == many <= 4


def test_tags_of_visible_contacts_are_listed_by_name(
    as_alice: Caller, as_charlie: Caller, alice: User, project: Project
) -> None:
    make_contact(actor_for(alice), first_name="A", tags=["vip", "Cold call"])
    gone = make_contact(actor_for(alice), first_name="B", tags=["gone"])
    archive_contact(actor_for(alice), gone.pk)

    found = as_alice.read("/contacts_tags.json")
    hidden = as_charlie.read("/contacts_tags.json")
    text = as_alice.get("/contacts_tags.xml").content.decode()

    assert [tag["name"] for tag in found["tags"]] == ["Cold call", "vip"]
    assert list(found["tags"][0]) == ["id", "name", "color"]
    assert found["tags"][0]["color"].startswith("#")
    assert found["total_count"] == 2
    assert hidden == {"tags": [], "total_count": 0}
    assert '<tags type="array" total_count="2"><tag><id>' in text


def test_who_loses_the_membership_loses_the_list(
    as_charlie: Caller, charlie: User, project: Project, tom: Contact
) -> None:
    member = join(charlie, project, "Reporter")
    assert ids(as_charlie) == [tom.pk]

    member.delete()
    reference.bump("people")

    assert ids(as_charlie) == []


def test_a_word_that_many_have_leads_to_the_first_by_name(
    as_alice: Caller, alice: User, project: Project
) -> None:
    """More than are found at once: a page of them is looked for along the names."""
    count, now, hidden = 1_040, timezone.now(), make_project("Hidden").pk
    batch = []
    for number in range(count):
        name = f"{'ÄbcZy'[number % 5]}{number * 37 % count:04}"
        contact = Contact(last_name=name, company="Smith & Sons", created_at=now, updated_at=now)
        batch.append(ContactParts(contact, project_ids=[project.pk if number % 3 else hidden]))
    load_contacts(system_actor("test"), batch)

    names = [fold(each.contact.last_name) for number, each in enumerate(batch) if number % 3]
    for order, offset in ((0, 0), (1, 0), (0, 150), (1, 640)):
        words = f"?search=mith+%26&sort=last_name{':desc' * order}&limit=100&offset={offset}"
        found = page(as_alice, words)
        expected = sorted(names, reverse=bool(order))[offset : offset + 100]
        assert [fold(each["last_name"]) for each in found["contacts"]] == expected
        assert found["total_count"] == len(names)

    asked = statements_of(lambda: page(as_alice, "?search=smith&limit=25"))
    assert len(asked) <= 12
