"""Pipelines and their stages, through which deals go."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.mapping import rules
from api.concord.mapping.bodies import Body
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

PIPELINE_RULES = rules.table(
    rules.number("id", "id", "pipeline"), rules.text("name", "name", "pipeline")
)
STAGE_RULES = rules.table(
    rules.number("id", "id", "stage"),
    rules.text("name", "name", "stage"),
    rules.number("pipeline_id", "pipeline", "stage"),
    rules.number("display_order", "position", "stage"),
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
    body = Body(sent, creating=before is None)
    body.require("name")
    stages = sent.get("stages")
    for place, stage in enumerate(stages if isinstance(stages, list) else []):
        for key in ("name", "win_probability"):
            if not isinstance(stage, Mapping) or stage.get(key) is None:
                body.reject(f"stages.{place}.{key}", "The {label} field is required.")
    name = body.text("name")
    body.finish()
    return {"name": name} if name is not None else {}


def _after_pipeline(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    stages = sent.get("stages")
    if made is None or not isinstance(stages, list):
        return
    for place, stage in enumerate(stages):
        values = {"name": stage["name"], "probability": stage["win_probability"]}
        create_stage(actor, {**values, "pipeline": record_id, "position": place})


def read_stage(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a stage."""
    body = Body(sent, creating=before is None)
    body.require("name", "win_probability", "pipeline_id")
    body.finish()
    keys = {
        "name": "name",
        "win_probability": "probability",
        "pipeline_id": "pipeline",
        "display_order": "position",
    }
    return {key: sent[name] for name, key in keys.items() if sent.get(name) is not None}


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
