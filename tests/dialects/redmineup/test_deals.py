"""Deals: their object, their list with the filter for open ones, their changes."""

import json
from functools import partial

import pytest

from contacts.models import Contact, Deal, DealStatus, Project, User
from tests.builders import actor_for, join, make_contact, make_custom_field
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller, errors_of


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller(alice)


@pytest.fixture
def john(alice: User, project: Project) -> Contact:
    return make_contact(actor_for(alice), first_name="John", last_name="Smith")


def make(person: Caller, name: str = "Big deal", **more: object) -> int:
    made = person.make("/deals.json", {"deal": {"project_id": "demo", "name": name, **more}})
    return int(made["deal"]["id"])


def status(name: str) -> int:
    return DealStatus.objects.get(name=name).pk


def names(person: Caller, query: str = "") -> list[str]:
    return [deal["name"] for deal in person.read(f"/deals.json?{query}")["deals"]]


def test_a_deal_is_created_with_all_it_can_hold(
    alices: Caller, alice: User, bob: User, john: Contact, project: Project
) -> None:
    category = alices.make("/projects/demo/deal_categories.json", {"category": {"name": "Trade"}})
    deal = {
        "project_id": project.pk,
        "name": "Big deal",
        "contact_id": john.pk,
        "price": "1000.50",
        "currency": "EUR",
        "status_id": status("Pending"),
        "category_id": category["category"]["id"],
        "assigned_to_id": bob.pk,
        "probability": 50,
        "due_date": "2024-05-05",
        "duration": 3,
        "price_type": 1,
        "background": "Hello\nworld",
    }

    answer = alices.post("/deals.json", {"deal": deal})

    assert answer.status_code == 201, answer.content
    shown = json.loads(answer.content)["deal"]
    assert answer["Location"] == f"http://testserver/deals/{shown['id']}"
    assert shown.pop("created_on") == shown.pop("updated_on")
    assert shown == {
        "id": Deal.objects.get().pk,
        "name": "Big deal",
        "price": "1000.5",
        "currency": "EUR",
        "price_type": 1,
        "duration": 3,
        "probability": 50,
        "due_date": "2024-05-05T00:00:00Z",
        "background": "Hello\nworld",
        "project": {"id": project.pk, "name": "Demo project"},
        "status": {"id": status("Pending"), "name": "Pending"},
        "category": {"id": category["category"]["id"], "name": "Trade"},
        "author": {"id": alice.pk, "name": "Alice Owner"},
        "contact": {"id": john.pk, "name": "John Smith"},
        "assigned_to": {"id": bob.pk, "name": "Bob Member"},
    }


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        *(("1000.5", "1000.5"), (1000.5, "1000.5"), (1000, "1000.0"), ("0.10", "0.1"), ("", None)),
        *(("1,000.50", "1000.5"), ("-1,234,567", "-1234567.0"), ("12 000", "12000.0")),
    ],
)
def test_prices_are_taken_as_text_and_numbers(
    alices: Caller, sent: object, shown: str | None
) -> None:
    deal = make(alices, price=sent)

    assert alices.read(f"/deals/{deal}.json")["deal"]["price"] == shown


@pytest.mark.parametrize(("said", "kept"), [({}, "USD"), ({"currency": "chf"}, "CHF")])
def test_a_deal_without_a_currency_has_the_usual_one(
    alices: Caller, project: Project, said: dict[str, str], kept: str
) -> None:
    deal_id = make(alices, **said)
    assert alices.read(f"/deals/{deal_id}.json")["deal"]["currency"] == kept
    alices.put(f"/deals/{deal_id}.json", {"deal": {"currency": ""}})
    assert alices.read(f"/deals/{deal_id}.json")["deal"]["currency"] is None


def test_a_deal_of_the_least_has_the_first_status(alices: Caller) -> None:
    shown = alices.read(f"/deals/{make(alices)}.json")["deal"]

    assert shown["status"]["name"] == "Pending"
    assert (shown["price"], shown["due_date"], shown["price_type"]) == (None, None, 0)
    assert not {"contact", "assigned_to", "category", "related_contacts"} & shown.keys()


def test_xml_writes_references_as_attributes(alices: Caller, john: Contact) -> None:
    body = (
        f"<deal><name>A &lt;b&gt;</name><project_id>demo</project_id><price>12</price>"
        f"<contact_id>{john.pk}</contact_id></deal>"
    )

    answer = alices.post("/deals.xml", body, "application/xml")

    assert answer.status_code == 201, answer.content
    text = answer.content.decode()
    assert "<name>A &lt;b&gt;</name><price>12.0</price>" in text
    assert f'<contact id="{john.pk}" name="John Smith"/>' in text
    assert "<due_date/>" in text
    listed = alices.get("/deals.xml").content.decode()
    assert '<deals type="array" total_count="1" offset="0" limit="25"><deal><id>' in listed


def test_the_list_has_open_deals_unless_a_status_is_asked_for(alices: Caller) -> None:
    for name in ("Pending", "Won", "Lost"):
        make(alices, name, status_id=status(name))

    assert names(alices) == ["Pending"]
    assert names(alices, "status_id=open") == ["Pending"]
    assert sorted(names(alices, "status_id=closed")) == ["Lost", "Won"]
    assert names(alices, "status_id=o") == ["Pending"]
    assert sorted(names(alices, "status_id=c")) == ["Lost", "Won"]
    assert len(names(alices, "status_id=*")) == 3
    assert names(alices, f"status_id={status('Lost')}") == ["Lost"]
    assert sorted(names(alices, f"status_id=!{status('Lost')}")) == ["Pending", "Won"]
    assert len(names(alices, f"status_id={status('Lost')}|{status('Won')}")) == 2


def test_the_list_filters(alices: Caller, alice: User, john: Contact, elsewhere: Project) -> None:
    join(alice, elsewhere)
    mine = make(alices, "Apple pie", assigned_to_id=alice.pk, price=10)
    make(alices, "Pear tart", contact_id=john.pk, price=20)
    make(alices, "Plum cake", project_id="elsewhere", price=30)

    assert names(alices, f"contact_id={john.pk}") == ["Pear tart"]
    assert names(alices, "assigned_to_id=me") == ["Apple pie"]
    assert sorted(names(alices, "assigned_to_id=!*")) == ["Pear tart", "Plum cake"]
    assert names(alices, "project_id=elsewhere") == ["Plum cake"]
    assert names(alices, f"project_id={elsewhere.pk}") == ["Plum cake"]
    assert names(alices, "search=PEAR") == ["Pear tart"]
    assert names(alices, "name=~cake") == ["Plum cake"]
    assert sorted(names(alices, "price=>=20")) == ["Pear tart", "Plum cake"]
    assert names(alices, f"ids={mine}") == ["Apple pie"]
    listed = alices.read("/projects/demo/deals.json")
    assert listed["total_count"] == 2


def test_a_foreign_or_missing_project_has_no_list(charlie: User, alices: Caller) -> None:
    make(alices)
    outsider = caller(charlie)

    assert outsider.get("/deals.json?project_id=nowhere").status_code == 404
    assert outsider.get("/projects/999999/deals.json").status_code == 404
    assert outsider.read("/deals.json")["deals"] == []


def test_who_sees_no_deals_anywhere_gets_no_list(charlie: User, elsewhere: Project) -> None:
    elsewhere.members.get(user=charlie).delete()

    assert caller(charlie).get("/deals.json").status_code == 403


def test_the_list_is_sorted(alices: Caller) -> None:
    for name, price in (("b", 1), ("a", 3), ("c", 2)):
        make(alices, name, price=price)

    assert names(alices, "sort=name") == ["a", "b", "c"]
    assert names(alices, "sort=name:desc") == ["c", "b", "a"]
    assert names(alices, "sort=price:desc") == ["a", "c", "b"]
    assert len(names(alices, "sort=nonsense,--:")) == 3


def test_pages_neither_overlap_nor_skip(alices: Caller) -> None:
    made = {make(alices, f"Deal {number % 3}") for number in range(11)}

    seen = []
    for page in range(1, 5):
        found = alices.read(f"/deals.json?limit=3&page={page}&sort=name")
        assert found["total_count"] == 11
        seen += [deal["id"] for deal in found["deals"]]

    assert len(seen) == 11
    assert set(seen) == made
    assert alices.read("/deals.json?offset=50")["deals"] == []


def test_a_page_costs_the_same_whatever_its_size(alices: Caller, john: Contact) -> None:
    make_custom_field("Colour", object_kind="deal")
    for number in range(12):
        make(alices, f"Deal {number}", contact_id=john.pk)
    costs = [
        len(statements_of(partial(alices.read, f"/deals.json?limit={limit}"))) for limit in (2, 12)
    ]

    assert costs[0] == costs[1] <= 4


def test_notes_come_when_asked_for(alices: Caller) -> None:
    deal = make(alices)
    body = {"note": {"content": "Hi"}, "source_id": deal, "source_type": "deal"}
    note = alices.make("/notes.json", body)["note"]

    assert "notes" not in alices.read(f"/deals/{deal}.json")["deal"]
    shown = alices.read(f"/deals/{deal}.json?include=notes,nonsense")["deal"]
    assert [each["id"] for each in shown["notes"]] == [note["id"]]
    xml = alices.get(f"/deals/{deal}.xml?include=notes").content.decode()
    assert f'<notes type="array"><note><id>{note["id"]}</id>' in xml


def test_a_deal_changes_only_what_is_named(alices: Caller, john: Contact) -> None:
    deal = make(alices, price=5, contact_id=john.pk, background="Kept")

    answer = alices.put(f"/deals/{deal}.json", {"deal": {"price": "7", "contact_id": ""}})

    assert (answer.status_code, answer.content) == (204, b"")
    shown = alices.read(f"/deals/{deal}.json")["deal"]
    assert (shown["price"], shown["background"], shown["name"]) == ("7.0", "Kept", "Big deal")
    assert "contact" not in shown


def test_a_deal_is_deleted(alices: Caller) -> None:
    deal = make(alices)

    assert alices.delete(f"/deals/{deal}.json").status_code == 204
    assert alices.get(f"/deals/{deal}.json").status_code == 404
    assert alices.read("/deals.json")["total_count"] == 0


def test_related_contacts_are_kept(alices: Caller, john: Contact, alice: User) -> None:
    jane = make_contact(actor_for(alice), first_name="Jane", last_name="Doe")
    deal = make(alices, contact_id=john.pk, related_contacts=[jane.pk])

    shown = alices.read(f"/deals/{deal}.json")["deal"]
    assert shown["related_contacts"] == [{"id": jane.pk, "name": "Jane Doe"}]
    xml = alices.get(f"/deals/{deal}.xml").content.decode()
    assert (
        f'<related_contacts type="array"><contact id="{jane.pk}" name="Jane Doe"/>'
        "</related_contacts>" in xml
    )


def test_custom_fields_of_deals(alices: Caller) -> None:
    field = make_custom_field("Colour", object_kind="deal", options=("Red", "Blue"))
    deal = make(alices, custom_fields=[{"id": field.pk, "value": "Red"}, {"id": 999, "value": 1}])

    shown = alices.read(f"/deals/{deal}.json")["deal"]
    assert shown["custom_fields"] == [{"id": field.pk, "name": "Colour", "value": "Red"}]
    wrong = {"deal": {"custom_fields": [{"id": field.pk, "value": "Green"}]}}
    assert errors_of(alices.put(f"/deals/{deal}.json", wrong)) == [
        "Colour is not included in the list"
    ]


@pytest.mark.parametrize(
    ("deal", "errors"),
    [
        ({"name": " "}, ["Name cannot be blank"]),
        ({}, ["Name cannot be blank"]),
        ({"name": "x" * 256}, ["Name is too long (maximum is 255 characters)"]),
        ({"name": "x", "price": "much"}, ["Price is not a number"]),
        ({"name": "x", "price": [1]}, ["Price is not a number"]),
        ({"name": "x", "price": "10,00"}, ["Price is not a number"]),
        ({"name": "x", "due_date": "soon"}, ["Due date is not a valid date"]),
        ({"name": "x", "assigned_to_id": 999_999}, ["Assigned to is invalid"]),
        ({"name": "x", "contact_id": 999_999}, ["Contact is invalid"]),
        ({"name": "x", "status_id": 999_999}, ["Status is invalid"]),
        ({"name": "", "price": "much"}, ["Name cannot be blank", "Price is not a number"]),
    ],
)
def test_bad_values_are_refused_together(
    alices: Caller, deal: dict[str, object], errors: list[str]
) -> None:
    answer = alices.post("/deals.json", {"deal": {"project_id": "demo", **deal}})

    assert sorted(errors_of(answer)) == errors
    assert Deal.objects.count() == 0


@pytest.mark.parametrize("project_id", [None, "", "nowhere", 999_999, 2**80, [1], {"a": 1}, True])
def test_a_deal_needs_a_project(alices: Caller, project_id: object) -> None:
    body = {"deal": {"name": "x", "project_id": project_id}}

    assert alices.post("/deals.json", body).status_code == 404


def test_the_project_of_the_address_takes_the_deal(alices: Caller, project: Project) -> None:
    made = alices.make("/projects/demo/deals.json", {"deal": {"name": "x"}})

    assert made["deal"]["project"]["id"] == project.pk


def test_a_project_without_deals_refuses_them(ada: User, project: Project) -> None:
    administrator = caller(ada)
    administrator.put("/projects/demo.json", {"project": {"enabled_module_names": ["contacts"]}})

    body = {"deal": {"project_id": "demo", "name": "x"}}
    assert administrator.post("/deals.json", body).status_code == 403


def test_hidden_deals_look_like_missing_ones(alices: Caller, charlie: User) -> None:
    deal = make(alices)
    outsider = caller(charlie)
    for path in (f"/deals/{deal}.json", "/deals/999999.json"):
        assert outsider.get(path).status_code == 404
        assert outsider.put(path, {"deal": {"name": "x"}}).status_code == 404
        assert outsider.delete(path).status_code == 404
        assert outsider.get(path).content == b""


def test_a_reader_changes_nothing(alices: Caller, charlie: User, project: Project) -> None:
    join(charlie, project, "Reporter")
    deal, reader = make(alices), caller(charlie)

    assert reader.get(f"/deals/{deal}.json").status_code == 200
    assert reader.put(f"/deals/{deal}.json", {"deal": {"name": "x"}}).status_code == 403
    assert reader.delete(f"/deals/{deal}.json").status_code == 403
    body = {"deal": {"project_id": "demo", "name": "x"}}
    assert reader.post("/deals.json", body).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["price=%3E%3Dmuch", "due_date=%3E%3Dsoon", "created_on=%3E%3Dsoon", "status_id=x%00"],
)
def test_malformed_filters_never_break_the_list(alices: Caller, query: str) -> None:
    assert alices.get(f"/deals.json?{query}").status_code in (200, 400, 422)


def test_what_is_wrong_is_said_in_english_to_everybody(alices: Caller) -> None:
    body = {"deal": {"project_id": "demo", "name": "", "probability": "x"}}
    russian = {"Accept_Language": "ru"}

    deal = alices.send("POST", "/deals.json", body, **russian)
    found = alices.send("GET", "/contacts.json?last_note=x", **russian)

    assert sorted(errors_of(deal)) == ["Name cannot be blank", "Probability, % is not a number"]
    assert errors_of(found) == ["Last note is invalid"]
