"""Pipelines with their stages, and deals that name both."""

from typing import Any

import pytest

from contacts.models import Stage
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("project")]

WAY = [{"name": "A", "win_probability": 10}, {"name": "B", "win_probability": 90}]


def make_pipeline(caller: Caller, name: str = "Partners", stages: Any = WAY) -> dict[str, Any]:
    """Make a pipeline and return what is answered."""
    made: dict[str, Any] = caller.make("/api/pipelines", {"name": name, "stages": stages})
    return made


def told(stages: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    """Return of stages what a client says of them."""
    return [(each["name"], each["win_probability"], each["display_order"]) for each in stages]


def test_stages_stand_in_the_order_in_which_they_are_sent(as_ada: Caller) -> None:
    assert told(make_pipeline(as_ada)["stages"]) == [("A", 10, 1), ("B", 90, 2)]


def test_a_change_of_a_pipeline_changes_and_adds_stages(as_ada: Caller) -> None:
    """The stages of a change were left out without a word."""
    made = make_pipeline(as_ada)
    first, second = made["stages"]
    sent = [
        {"name": "New", "win_probability": 100, "display_order": 1},
        {"id": first["id"], "name": "A1", "win_probability": 25, "display_order": 2},
    ]
    path = f"/api/pipelines/{made['id']}"
    changed = as_ada.change(path, {"name": "Resale", "stages": sent})
    assert changed["name"] == "Resale"
    assert sorted(told(changed["stages"])) == [("A1", 25, 2), ("B", 90, 2), ("New", 100, 1)]
    assert {first["id"], second["id"]} < {each["id"] for each in changed["stages"]}


def test_a_change_of_a_pipeline_names_it_and_its_stages_are_whole(as_ada: Caller) -> None:
    made = make_pipeline(as_ada)
    path = f"/api/pipelines/{made['id']}"
    assert errors_of(as_ada.put(path, {})) == {"name": ["The Name field is required."]}
    assert errors_of(as_ada.put(path, {"name": "X", "stages": []})).keys() == {"stages"}
    for none in ("Lead", 5, True):
        assert errors_of(as_ada.put(path, {"name": "X", "stages": none})).keys() == {"stages"}
    twice = [{"name": "Same"}, {"name": "same"}, {"name": "Other", "win_probability": 101}]
    assert errors_of(as_ada.put(path, {"name": "X", "stages": twice})).keys() == {
        *("stages.0.name", "stages.1.name"),
        *("stages.0.win_probability", "stages.1.win_probability", "stages.2.win_probability"),
    }
    foreign = make_pipeline(as_ada, "Others")["stages"][0]
    answer = as_ada.put(path, {"name": "X", "stages": [foreign]})
    assert errors_of(answer).keys() == {"stages.0.id"}
    assert told(as_ada.read(path)["stages"]) == told(made["stages"])


def test_everything_wrong_with_a_stage_is_told_together(as_ada: Caller) -> None:
    made = make_pipeline(as_ada)
    sent = {"name": "a", "pipeline_id": made["id"], "win_probability": -1}
    assert errors_of(as_ada.post("/api/pipeline-stages", sent)) == {
        "name": ["The Name has already been taken."],
        "win_probability": ["The Win Probability field must be at least 0."],
    }
    answer = as_ada.post("/api/pipeline-stages", {"win_probability": "much"})
    assert errors_of(answer).keys() == {"name", "pipeline_id", "win_probability"}


def test_pipelines_and_stages_are_listed_in_the_order_in_which_they_were_made(
    as_ada: Caller,
) -> None:
    for resource in ("pipelines", "pipeline-stages"):
        newest = as_ada.read(f"/api/{resource}?order=created_at|desc&per_page=100")["data"]
        ids = [each["id"] for each in newest]
        assert ids == sorted(ids, reverse=True)


def test_the_stage_of_a_deal_decides_about_its_pipeline(as_ada: Caller) -> None:
    other = make_pipeline(as_ada)["id"]
    stage = Stage.objects.exclude(pipeline_id=other).order_by("position")[0]
    sent = {"name": "D", "stage_id": stage.pk, "pipeline_id": other}
    made = as_ada.make("/api/deals", sent)
    assert made["pipeline_id"] == stage.pipeline_id
    changed = as_ada.change(f"/api/deals/{made['id']}", sent)
    assert (changed["stage_id"], changed["pipeline_id"]) == (stage.pk, stage.pipeline_id)


def test_a_name_means_the_stage_of_the_pipeline_that_is_named(as_ada: Caller) -> None:
    make_pipeline(as_ada, "Elsewhere")
    made = make_pipeline(as_ada)
    sent = {"name": "D", "stage_id": "a", "pipeline_id": made["id"]}
    assert as_ada.make("/api/deals", sent)["stage_id"] == made["stages"][0]["id"]


def test_only_what_is_lost_has_a_reason_for_it(as_ada: Caller) -> None:
    stage = Stage.objects.order_by("position")[0].pk
    made = as_ada.make("/api/deals", {"name": "D", "stage_id": stage, "lost_reason": "Price"})
    path = f"/api/deals/{made['id']}"
    assert made["lost_reason"] is None
    assert as_ada.change(path, {"lost_reason": "Price"})["lost_reason"] is None
    lost = as_ada.change(path, {"status": "lost", "lost_reason": "Price"})
    assert lost["lost_reason"] == "Price"
    assert as_ada.change(path, {"lost_reason": "Time"})["lost_reason"] == "Time"
    assert as_ada.change(path, {"status": "open", "lost_reason": "x"})["lost_reason"] is None


def test_a_deal_has_the_keys_that_clients_look_for(as_ada: Caller) -> None:
    stage = Stage.objects.order_by("position")[0].pk
    made = as_ada.make("/api/deals", {"name": "D", "stage_id": stage})
    assert made["timeline_subject_key"] == "deal"
    assert made["owner_assigned_date"] is None
