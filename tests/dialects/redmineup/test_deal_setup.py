"""Statuses and categories of deals."""

import pytest

from contacts.models import DealCategory, Project, User
from tests.builders import join
from tests.dialects.redmineup.calling import Caller, caller, errors_of


@pytest.fixture
def alices(alice: User) -> Caller:
    return caller(alice)


def test_statuses_are_listed_for_whoever_sees_deals(bob: User) -> None:
    found = caller(bob).read("/deal_statuses.json")

    assert found["total_count"] == 3
    assert [(each["name"], each["status_type"]) for each in found["deal_statuses"]] == [
        ("Pending", 0),
        ("Won", 1),
        ("Lost", 2),
    ]
    assert list(found["deal_statuses"][0]) == [
        "id",
        "name",
        "position",
        "is_default",
        "status_type",
        "color",
    ]
    assert [each["is_default"] for each in found["deal_statuses"]] == [True, False, False]
    assert found["deal_statuses"][1]["color"] == 0x2E7D32
    assert [each["position"] for each in found["deal_statuses"]] == [1, 2, 3]


def test_statuses_in_xml(bob: User) -> None:
    text = caller(bob).get("/deal_statuses.xml").content.decode()

    assert '<deal_statuses type="array" total_count="3"><deal_status><id>' in text


def test_who_sees_no_deals_sees_no_statuses(charlie: User, elsewhere: Project) -> None:
    elsewhere.members.get(user=charlie).delete()

    assert caller(charlie).get("/deal_statuses.json").status_code == 403


def test_categories_live_in_their_project(alices: Caller) -> None:
    made = alices.make("/projects/demo/deal_categories.json", {"category": {"name": "Trade"}})
    category = made["category"]["id"]
    assert made == {"category": {"id": category, "name": "Trade"}}
    assert alices.read("/projects/demo/deal_categories.json") == {
        "deal_categories": [{"id": category, "name": "Trade"}],
        "total_count": 1,
    }

    path = f"/deal_categories/{category}.json"
    assert alices.read(path) == made
    assert alices.put(path, {"category": {"name": "Retail"}}).status_code == 204
    assert alices.read(path)["category"]["name"] == "Retail"
    assert alices.delete(path).status_code == 204
    assert alices.get(path).status_code == 404


def test_categories_in_xml(alices: Caller) -> None:
    body = "<category><name>Trade</name></category>"
    answer = alices.post("/projects/demo/deal_categories.xml", body, "application/xml")
    assert answer.status_code == 201

    text = alices.get("/projects/demo/deal_categories.xml").content.decode()
    assert '<deal_categories type="array" total_count="1"><category><id>' in text
    assert "<name>Trade</name></category></deal_categories>" in text


@pytest.mark.parametrize(
    ("category", "error"),
    [
        ({"name": ""}, "Name cannot be blank"),
        ({}, "Name cannot be blank"),
        ({"name": "x" * 31}, "Name is too long (maximum is 30 characters)"),
        ({"name": "Taken"}, "Name has already been taken"),
    ],
)
def test_bad_categories_are_refused(
    alices: Caller, project: Project, category: dict[str, str], error: str
) -> None:
    DealCategory.objects.create(project=project, name="Taken")

    answer = alices.post("/projects/demo/deal_categories.json", {"category": category})

    assert errors_of(answer) == [error]


def test_categories_of_foreign_projects_are_hidden(charlie: User, project: Project) -> None:
    category = DealCategory.objects.create(project=project, name="Trade")
    outsider = caller(charlie)

    for path in (f"/deal_categories/{category.pk}.json", "/deal_categories/999999.json"):
        assert outsider.get(path).status_code == 404
        assert outsider.put(path, {"category": {"name": "x"}}).status_code == 404
        assert outsider.delete(path).status_code == 404
    assert outsider.get("/projects/demo/deal_categories.json").status_code == 404
    body = {"category": {"name": "x"}}
    assert outsider.post("/projects/demo/deal_categories.json", body).status_code == 404


def test_a_reader_changes_no_categories(charlie: User, project: Project) -> None:
    join(charlie, project, "Reporter")
    category = DealCategory.objects.create(project=project, name="Trade")
    reader = caller(charlie)

    assert reader.read("/projects/demo/deal_categories.json")["total_count"] == 1
    assert reader.delete(f"/deal_categories/{category.pk}.json").status_code == 403
