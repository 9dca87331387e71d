"""Deals, activities, calls, notes, small lists, and the ties between records."""

import json
from typing import Any

import pytest

from contacts.models import Activity, Deal, Note, Option, Stage, User
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db


def stage_id() -> int:
    """Return the first stage of the pipeline there is."""
    return Stage.objects.order_by("position")[0].pk


def make_deal(caller: Caller, name: str = "Spring order", **more: Any) -> dict[str, Any]:
    """Make a deal and return what is answered."""
    made: dict[str, Any] = caller.make("/api/deals", {"name": name, "stage_id": stage_id(), **more})
    return made


def make_activity(caller: Caller, user: User, **more: Any) -> dict[str, Any]:
    """Make an activity and return what is answered."""
    sent = {"title": "Visit", "due_date": "2030-01-02", "user_id": user.pk, **more}
    made: dict[str, Any] = caller.make("/api/activities", sent)
    return made


def person(caller: Caller, name: str = "Tom") -> int:
    """Make a contact and return its id."""
    return int(caller.make("/api/contacts", {"first_name": name})["id"])


def company(caller: Caller, name: str = "Acme") -> int:
    """Make a company and return its id."""
    return int(caller.make("/api/companies", {"name": name})["id"])


def ids(records: list[dict[str, Any]]) -> list[int]:
    """Return the ids of records."""
    return [record["id"] for record in records]


def test_a_deal_knows_its_stage_and_amount(as_alice: Caller) -> None:
    made = make_deal(as_alice, amount="USD 1,200.50", expected_close_date="2030-01-02")
    assert (made["amount"], made["status"]) == (1200.5, "open")
    assert made["expected_close_date"] == "2030-01-02T00:00:00.000000Z"
    assert made["stage"]["pipeline_id"] == made["pipeline_id"] == made["pipeline"]["id"]
    assert Deal.objects.get(pk=made["id"]).currency == "USD"
    assert errors_of(as_alice.post("/api/deals", {})) == {
        "name": ["The Deal Name field is required."],
        "stage_id": ["The Stage field is required."],
    }


def test_a_deal_goes_from_won_to_lost_by_way_of_open(as_alice: Caller) -> None:
    path = f"/api/deals/{make_deal(as_alice)['id']}"
    won = as_alice.change(path, {"status": "won"})
    assert won["status"] == "won"
    assert won["won_date"].endswith("Z")
    assert as_alice.change(path, {"status": "won"})["status"] == "won"
    answer = as_alice.put(path, {"status": "lost"})
    assert (answer.status_code, json.loads(answer.content)["message"]) == (
        409,
        'The deal first must be marked as open in order to apply the "lost" status.',
    )
    assert as_alice.change(f"{path}/status/open", None)["won_date"] is None
    lost = as_alice.change(path, {"status": "lost", "lost_reason": "Price"})
    assert (lost["status"], lost["lost_reason"]) == ("lost", "Price")


def test_a_deal_is_lost_for_a_reason_in_one_address(as_alice: Caller) -> None:
    path = f"/api/deals/{make_deal(as_alice)['id']}"
    lost = as_alice.change(f"{path}/status/lost", {"lost_reason": "Price"})
    assert (lost["status"], lost["lost_reason"]) == ("lost", "Price")
    assert as_alice.change(f"{path}/status/lost", {})["lost_reason"] == "Price"
    assert as_alice.put(f"{path}/status/FAKE").status_code == 422


def test_a_deal_goes_through_the_trash(as_alice: Caller) -> None:
    pk = make_deal(as_alice)["id"]
    assert as_alice.delete(f"/api/deals/{pk}").status_code == 204
    assert as_alice.get(f"/api/deals/{pk}").status_code == 404
    assert ids(as_alice.read("/api/trashed/deals")["data"]) == [pk]
    assert as_alice.post(f"/api/{'trashed/'}deals/{pk}").status_code == 200
    assert as_alice.delete(f"/api/deals/{pk}/force").status_code == 204
    assert not Deal.objects.filter(pk=pk).exists()


def test_deals_are_searched_by_status_and_name(as_alice: Caller) -> None:
    first, second = make_deal(as_alice), make_deal(as_alice, "Autumn order")
    as_alice.change(f"/api/deals/{second['id']}", {"status": "won"})
    found = as_alice.read("/api/deals/search?q=won&search_fields=status")
    assert ids(found) == [second["id"]]
    assert ids(as_alice.read("/api/deals?q=SPRING")["data"]) == [first["id"]]


def test_associations_are_attached_detached_and_synced(as_alice: Caller) -> None:
    tom, first, second = person(as_alice), company(as_alice), company(as_alice, "Beta")
    deal = make_deal(as_alice)["id"]
    path = f"/api/associations/contacts/{tom}"
    shown = as_alice.change(path, {"companies": [first, 99999], "deals": [deal]})
    assert (ids(shown["companies"]), ids(shown["deals"])) == ([first], [deal])
    assert ids(as_alice.read(f"/api/companies/{first}")["contacts"]) == [tom]
    synced = json.loads(as_alice.post(path, {"companies": [second, first]}).content)
    assert (ids(synced["companies"]), ids(synced["deals"])) == ([second, first], [deal])
    detached = json.loads(as_alice.delete(path, {"companies": [second]}).content)
    assert ids(detached["companies"]) == [first]
    by_query = as_alice.delete(f"{path}?companies[]={first}")
    assert json.loads(by_query.content)["companies"] == []
    emptied = json.loads(as_alice.post(path, {"deals": []}).content)
    assert emptied["deals"] == []


def test_activities_are_associated_from_either_side(as_alice: Caller, alice: User) -> None:
    tom, deal = person(as_alice), make_deal(as_alice)["id"]
    activity = make_activity(as_alice, alice)["id"]
    as_alice.change(f"/api/associations/contacts/{tom}", {"activities": [activity]})
    as_alice.change(f"/api/associations/deals/{deal}", {"activities": [activity]})
    shown = as_alice.read(f"/api/activities/{activity}")
    assert (ids(shown["contacts"]), ids(shown["deals"])) == ([tom], [deal])
    listed = as_alice.read(f"/api/contacts/{tom}/activities")
    assert (ids(listed["data"]), listed["meta"]["total"]) == ([activity], 1)
    every = as_alice.read(f"/api/associations/contacts/{tom}")
    assert every["activities"][0]["is_primary_associated"] is True


@pytest.mark.parametrize("ways", [("companies", 0), ("companies", 1)])
def test_attaching_what_is_attached_conflicts_when_it_is_all(
    ways: tuple[str, int], as_alice: Caller
) -> None:
    tom, both = person(as_alice), [company(as_alice), company(as_alice, "B")]
    path = f"/api/associations/contacts/{tom}"
    as_alice.change(path, {"companies": both})
    answer = as_alice.put(path, {"companies": [both[ways[1]]]})
    assert (answer.status_code, json.loads(answer.content)) == (
        409,
        {"message": "This record is already associated"},
    )
    as_alice.change(path, {"companies": both})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 403),
        ({"companies": [99999]}, 403),
        ({"companies": []}, 200),
        ({"companies": 5}, 200),
        ({"companies": [99999], "deals": []}, 200),
        ({"calendars": [1]}, 409),
    ],
)
def test_attaching_nothing_usable_is_answered_as_the_original_does(
    body: dict[str, object], status: int, as_alice: Caller
) -> None:
    assert (
        as_alice.put(f"/api/associations/contacts/{person(as_alice)}", body).status_code == status
    )


def test_a_create_and_an_update_tie_records(as_alice: Caller) -> None:
    first, deal = company(as_alice), make_deal(as_alice)["id"]
    sent = {"first_name": "Tom", "companies": f"{first},99999", "deals": [deal, 88888]}
    answer = as_alice.post("/api/contacts", sent)
    made = json.loads(answer.content)
    assert (ids(made["companies"]), ids(made["deals"])) == ([first], [deal])
    assert answer["X-Ignored-Ids"] == "companies=99999; deals=88888"
    path = f"/api/contacts/{made['id']}"
    assert ids(as_alice.change(path, {"companies": None})["companies"]) == [first]
    assert as_alice.change(path, {"associations": {"companies": []}})["companies"] == []
    assert as_alice.put(path, {"associations": {"x": [1]}}).status_code == 400
    assert ids(as_alice.change(path, {"companies": ["acme"]})["companies"]) == [first]


def test_records_sent_back_as_they_were_read_stay_as_they_are(
    as_alice: Caller, alice: User
) -> None:
    tom, acme = person(as_alice), company(as_alice)
    deal = make_deal(as_alice, contacts=[tom], companies=[acme])
    guests = {"users": [alice.pk], "contacts": [tom]}
    visit = make_activity(as_alice, alice, contacts=[tom], deals=[deal["id"]], guests=guests)
    as_alice.change(f"/api/contacts/{tom}", {"companies": [acme]})
    paths = (f"contacts/{tom}", f"companies/{acme}", f"deals/{deal['id']}")
    for path in (*paths, f"activities/{visit['id']}"):
        read = as_alice.read(f"/api/{path}")
        as_alice.change(f"/api/{path}", read)
        after = as_alice.read(f"/api/{path}")
        moving = {"updated_at": None, "time_in_stages": None}
        assert after | moving == read | moving
    again = as_alice.put(f"/api/associations/contacts/{tom}", {"companies": [{"id": acme}]})
    assert again.status_code == 409


def test_a_hidden_record_cannot_be_attached(as_alice: Caller, as_charlie: Caller) -> None:
    hidden = company(as_charlie)
    answer = as_alice.put(f"/api/associations/contacts/{person(as_alice)}", {"companies": [hidden]})
    assert answer.status_code == 403


def test_the_addresses_of_a_published_client_work(as_alice: Caller) -> None:
    tom, both = person(as_alice), [company(as_alice), company(as_alice, "B")]
    path = f"/api/contacts/{tom}/associations/companies"
    for _again in range(2):
        assert as_alice.post(path, {"ids": both}).status_code == 200
    assert ids(as_alice.change(path, {"ids": both[1:]})["companies"]) == both[1:]
    assert as_alice.delete(path, {"ids": both}).status_code == 200
    as_alice.delete(f"/api/contacts/{tom}")
    assert ids(as_alice.read("/api/contacts/trashed")["data"]) == [tom]
    assert as_alice.post(f"/api/contacts/{tom}/restore").status_code == 200
    assert as_alice.read("/api/activityTypes")["meta"]["total"] > 0


def test_an_activity_lasts_a_day_or_has_a_time(as_alice: Caller, alice: User) -> None:
    day = make_activity(as_alice, alice)
    assert (day["due_date"], day["end_date"]) == ("2030-01-02", "2030-01-02")
    assert day["type"]["name"] == "Task"
    timed = make_activity(as_alice, alice, due_date="2030-01-02T15:00:00+02:00")
    assert timed["due_date"] == "2030-01-02T13:00:00.000000Z"
    old = make_activity(as_alice, alice, due_time="15:30")
    assert old["due_date"] == "2030-01-02T15:30:00.000000Z"
    sent = {"title": "X", "due_date": "2030-01-02", "end_date": "2030-01-01", "user_id": alice.pk}
    assert set(errors_of(as_alice.post("/api/activities", sent))) == {"end_date"}
    assert set(errors_of(as_alice.post("/api/activities", {}))) == {"title", "due_date", "user_id"}


def test_an_activity_is_completed_and_taken_back(as_alice: Caller, alice: User) -> None:
    path = f"/api/activities/{make_activity(as_alice, alice)['id']}"
    assert json.loads(as_alice.post(f"{path}/complete").content)["is_completed"] is True
    assert json.loads(as_alice.post(f"{path}/incomplete").content)["is_completed"] is False
    done = as_alice.change(path, {"is_completed": True})
    assert done["completed_at"].endswith("Z")


def test_a_note_is_tied_to_the_record_it_comes_from(as_alice: Caller) -> None:
    tom, deal = person(as_alice), make_deal(as_alice)["id"]
    sent = {"body": "<p>Hi<script>x()</script></p>", "via_resource_id": tom}
    made = as_alice.make("/api/notes", sent | {"via_resource": "contacts"})
    assert made["body"] == "<p>Hi</p>"
    assert ids(made["contacts"]) == [tom]
    assert Note.objects.get(pk=made["id"]).contact_id == tom
    about_deal = {"body": "x", "via_resource": "deals", "via_resource_id": str(deal)}
    assert ids(as_alice.make("/api/notes", about_deal)["deals"]) == [deal]
    assert as_alice.read(f"/api/contacts/{tom}?with=notes")["notes"][0]["id"] == made["id"]
    assert set(errors_of(as_alice.post("/api/notes", {}))) == {
        "body",
        "via_resource",
        "via_resource_id",
    }
    assert as_alice.delete(f"/api/notes/{made['id']}").status_code == 204


def test_a_call_is_an_activity_with_an_outcome(as_alice: Caller, alice: User) -> None:
    tom = person(as_alice)
    outcome = Option.objects.get(list_name="call_outcome", name="busy")
    sent = {"call_outcome_id": outcome.pk, "date": "2026-01-02 10:00:00", "body": "<b>No</b>"}
    made = as_alice.make("/api/calls", sent | {"contacts": [tom]})
    assert (made["outcome"]["name"], made["date"]) == ("Busy", "2026-01-02T10:00:00.000000Z")
    assert ids(made["contacts"]) == [tom]
    assert ids(as_alice.read("/api/activities")["data"]) == []
    assert ids(as_alice.read(f"/api/contacts/{tom}/calls")["data"]) == [made["id"]]
    assert as_alice.delete(f"/api/calls/{made['id']}").status_code == 204
    assert not Activity.objects.filter(pk=made["id"]).exists()


@pytest.mark.parametrize("name", ["sources", "industries", "call-outcomes", "activity-types"])
def test_small_lists_are_kept_by_administrators(
    name: str, as_alice: Caller, as_ada: Caller
) -> None:
    path = f"/api/{name}"
    assert as_alice.read(path)["meta"]["total"] > 0
    assert as_alice.post(path, {"name": "New"}).status_code == 403
    made = as_ada.make(path, {"name": "New"})
    assert as_ada.change(f"{path}/{made['id']}", {"name": "Newer"})["name"] == "Newer"
    assert errors_of(as_ada.post(path, {"name": "newer"})) == {
        "name": ["The Name has already been taken."]
    }
    assert as_ada.delete(f"{path}/{made['id']}").status_code == 204


def test_a_pipeline_is_made_with_its_stages(as_ada: Caller, as_alice: Caller) -> None:
    stages = [{"name": "A", "win_probability": 10}, {"name": "B", "win_probability": 90}]
    made = as_ada.make("/api/pipelines", {"name": "Partners", "stages": stages})
    assert [stage["name"] for stage in made["stages"]] == ["A", "B"]
    listed = as_alice.read(f"/api/pipelines/{made['id']}/stages")
    assert [stage["win_probability"] for stage in listed["data"]] == [10, 90]
    assert as_alice.post("/api/pipelines", {"name": "X"}).status_code == 403


def test_countries_are_all_there_under_their_numbers(as_alice: Caller) -> None:
    countries = as_alice.read("/api/countries")
    assert {"id": 276, "name": "Germany"} in countries
    assert len(countries) > 200
    assert as_alice.read("/api/currencies")["EUR"]["name"] == "Euro"
    assert "Europe/Berlin" in as_alice.read("/api/timezones")


def test_tags_are_read_by_all_and_kept_by_administrators(as_alice: Caller, as_ada: Caller) -> None:
    sent = {"name": "VIP", "swatch_color": "#dc2626"}
    assert as_alice.post("/api/tags/contacts", sent).status_code == 403
    made = as_ada.make("/api/tags/contacts", sent)
    assert as_ada.post("/api/tags/contacts", sent).status_code == 200
    changed = as_ada.change(f"/api/tags/{made['id']}", sent | {"display_order": 3})
    assert changed["display_order"] == 3
    assert (
        as_ada.post("/api/tags/order", [{"id": made["id"], "display_order": 7}]).status_code == 204
    )
    assert [tag["display_order"] for tag in as_alice.read("/api/tags")] == [7]
    assert as_ada.delete(f"/api/tags/{made['id']}").status_code == 204


def test_making_a_tag_again_gives_it_another_colour(as_ada: Caller) -> None:
    made = as_ada.make("/api/tags/deals", {"name": "Hot", "swatch_color": "#333333"})
    answer = as_ada.post("/api/tags", {"name": "hot", "swatch_color": "#dc2626"})
    again = json.loads(answer.content)
    assert (answer.status_code, again["id"]) == (200, made["id"])
    assert (again["name"], again["swatch_color"]) == ("Hot", "#dc2626")


def test_users_show_the_addresses_of_colleagues_and_no_settings(
    as_alice: Caller, alice: User, bob: User
) -> None:
    User.objects.filter(pk=bob.pk).update(email="bob@example.org")
    rows = {row["id"]: row for row in as_alice.read("/api/users")["data"]}
    assert rows[bob.pk]["email"] == "bob@example.org"
    assert "permissions" not in rows[bob.pk]
    assert as_alice.read("/api/me")["id"] == alice.pk


def test_an_administrator_makes_users(as_ada: Caller, as_alice: Caller) -> None:
    sent = {"name": "Eve New", "email": "eve@example.org", "password": "correct horse 9 x"}
    sent["password_confirmation"] = sent["password"]
    assert as_alice.post("/api/users", sent).status_code == 403
    made = as_ada.make("/api/users", sent)
    assert (made["name"], made["email"]) == ("Eve New", "eve@example.org")
