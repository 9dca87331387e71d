"""Pipelines and their stages, through which deals go."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.mapping import rules
from api.concord.mapping.bodies import ARRAY, Body
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import Actor
from contacts.fields.text import fold
from contacts.query import Condition, where
from contacts.query.pipelines import stages_by_id
from contacts.services.deal_setup import (
    create_pipeline,
    create_stage,
    delete_pipeline,
    delete_stage,
    update_pipeline,
    update_stage,
)

MOST_PROBABLE = 100
# When they were made is not kept; their ids tell which was first.
PIPELINE_RULES = rules.table(
    rules.number("id", "id", "pipeline"),
    rules.text("name", "name", "pipeline"),
    rules.count("display_order", "position", "pipeline"),
    rules.count("created_at", "id", "pipeline"),
    rules.count("updated_at", "id", "pipeline"),
)
STAGE_RULES = rules.table(
    rules.number("id", "id", "stage"),
    rules.text("name", "name", "stage"),
    rules.number("pipeline_id", "pipeline", "stage"),
    rules.number("display_order", "position", "stage"),
    rules.count("win_probability", "probability", "stage"),
    rules.count("created_at", "id", "stage"),
    rules.count("updated_at", "id", "stage"),
)


def stage_brief(document: Document) -> Wire:
    """Return a stage as it stands inside another record."""
    return {
        "id": document["id"],
        "name": document["name"],
        "win_probability": document["probability"],
        "display_order": document["position"],
        "pipeline_id": document["pipeline_id"],
    }


def write_pipelines(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return pipelines with their stages."""
    stages = [stage_brief(each) for each in stages_by_id(actor).values()]
    return [
        {
            "id": document["id"],
            "name": document["name"],
            "display_name": document["name"],
            "flag": "default" if document["is_default"] else None,
            "visibility_group": None,
            "display_order": document["position"],
            "stages": [each for each in stages if each["pipeline_id"] == document["id"]],
            "created_at": None,
            "updated_at": None,
            "authorizations": authorizations(actor, {}),
            "was_recently_created": shown.is_new,
        }
        for document in documents
    ]


def write_stages(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return stages."""
    shared = {
        "created_at": None,
        "updated_at": None,
        "authorizations": authorizations(actor, {}),
        "was_recently_created": shown.is_new,
    }
    return [{**stage_brief(each), "display_name": each["name"], **shared} for each in documents]


def read_pipeline(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a pipeline; its stages are made once it is stored."""
    # The name is asked for on update, too.
    body = Body(sent, creating=True)
    body.require("name")
    name = body.text("name")
    stages = _stages(sent)
    if not isinstance(sent.get("stages"), Mapping | list | None):
        body.reject("stages", ARRAY)
    elif "stages" in sent and before is not None and not stages:
        body.reject("stages", "The {label} field must have a value.")
    own = {each["id"] for each in stages_by_id(actor).values() if _is_of(each, before)}
    for place, stage in enumerate(stages):
        _check_stage(body, place, stage, own)
    _refuse_same_names(body, stages)
    body.finish()
    return {"name": name}


def _stages(sent: Sent) -> list[Any]:
    listed = sent.get("stages")
    if isinstance(listed, Mapping):
        listed = list(listed.values())
    return listed if isinstance(listed, list) else []


def _is_of(stage: Document, pipeline: Document | None) -> bool:
    return pipeline is not None and stage["pipeline_id"] == pipeline["id"]


def _check_stage(body: Body, place: int, sent: object, own: set[Any]) -> None:
    """Reject under its place in the list what is wrong with a stage."""
    stage = Body(sent if isinstance(sent, Mapping) else {}, creating=True)
    stage.require("name", "win_probability")
    stage.text("name")
    _probability(stage)
    stage.whole("display_order")
    known = stage.whole("id")
    if known is not None and known not in own:
        stage.reject("id", "The selected {label} is invalid.")
    for key, sentences in stage.messages.items():
        for sentence in sentences:
            body.reject(f"stages.{place}.{key}", sentence)


def _probability(body: Body) -> None:
    """Reject what is no per cent."""
    found = body.whole("win_probability")
    if found is not None and found < 0:
        body.reject("win_probability", "The {label} field must be at least 0.")
    elif found is not None and found > MOST_PROBABLE:
        body.reject(
            "win_probability", f"The {{label}} field must not be greater than {MOST_PROBABLE}."
        )


def _refuse_same_names(body: Body, stages: Sequence[Any]) -> None:
    names = [
        fold(str(each.get("name") or "")) if isinstance(each, Mapping) else "" for each in stages
    ]
    for place, name in enumerate(names):
        if name and names.count(name) > 1:
            body.reject(f"stages.{place}.name", "The {label} field has a duplicate value.")


def _after_pipeline(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    """Make the stages that are named, and change those that are there; the others stay."""
    for place, stage in enumerate(_stages(sent), start=1):
        order = stage.get("display_order")
        values = {
            "name": stage["name"],
            "probability": stage["win_probability"],
            "position": place if order is None else order,
        }
        if stage.get("id") is None:
            create_stage(actor, {**values, "pipeline": record_id})
        else:
            update_stage(actor, int(stage["id"]), values)


def read_stage(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a stage."""
    body = Body(sent, creating=before is None)
    body.require("name", "win_probability", "pipeline_id")
    body.text("name")
    _probability(body)
    if sent.get("pipeline_id") is not None and sent.get("name") is not None:
        _refuse_taken_name(actor, body, before)
    body.finish()
    keys = {
        "name": "name",
        "win_probability": "probability",
        "pipeline_id": "pipeline",
        "display_order": "position",
    }
    return {key: sent[name] for name, key in keys.items() if sent.get(name) is not None}


def _refuse_taken_name(actor: Actor, body: Body, before: Document | None) -> None:
    """Reject the name of another stage of the pipeline, whatever else is wrong."""
    pipeline, name = str(body.sent["pipeline_id"]), fold(str(body.sent["name"]))
    for each in stages_by_id(actor).values():
        is_other = before is None or each["id"] != before["id"]
        if is_other and str(each["pipeline_id"]) == pipeline and fold(str(each["name"])) == name:
            body.reject("name", "The {label} has already been taken.")


def stages_of(actor: Actor, pipeline_id: int) -> Condition:
    """Return the condition of the stages of a pipeline."""
    return where(actor, "pipeline", "eq", pipeline_id, kind="stage")


def create_stage_of(actor: Actor, values: Values) -> Mapping[str, Any]:
    """Create a stage, last in its pipeline unless it says where."""
    return create_stage(actor, {"position": 1_000, **values})


PIPELINES = Resource(
    name="pipelines",
    model="Pipeline",
    kind="pipeline",
    rules=PIPELINE_RULES,
    order="id",
    write=write_pipelines,
    read=read_pipeline,
    create=create_pipeline,
    update=update_pipeline,
    delete=delete_pipeline,
    after=_after_pipeline,
    administered=True,
)
STAGES = Resource(
    name="pipeline-stages",
    model="Stage",
    kind="stage",
    rules=STAGE_RULES,
    order="id",
    write=write_stages,
    read=read_stage,
    create=create_stage_of,
    update=update_stage,
    delete=delete_stage,
    administered=True,
)
