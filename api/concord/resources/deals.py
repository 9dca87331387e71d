"""Deals, and the pipelines and stages through which they go."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.concord.associations import apply_named, taking_part
from api.concord.errors import LockedStatusError
from api.concord.mapping import choices, custom, rules
from api.concord.mapping.bodies import Body
from api.concord.mapping.contacts import OUTCOMES, brief
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import NEEDED, Actor, readable_custom_fields
from contacts.query import Condition, Query, find_contacts, search, where
from contacts.services.deal_setup import (
    create_pipeline,
    create_stage,
    delete_pipeline,
    delete_stage,
    update_pipeline,
    update_stage,
)
from contacts.services.deals import (
    archive_deal,
    create_deal,
    delete_deal,
    restore_deal,
    update_deal,
)

RIGHTS: Mapping[str, str] = {
    action: NEEDED["deal", action] for action in ("create", "update", "delete")
}
LABELS = {"name": "Deal Name"}
MOST_STAGES = 1_000
_MONEY = re.compile(r"^([A-Za-z]{3})?\s*(-?[\d,]*\.?\d+)$")


def _status(actor: Actor, rule: rules.Rule, operator: str, value: str) -> Condition | None:
    word = value.strip().lower()
    found = [place for place, name in enumerate(OUTCOMES) if word and word in name]
    return where(actor, "outcome", "in", found, kind="deal") if found else rules.NOTHING


def _table(*listed: rules.Rule) -> dict[str, rules.Rule]:
    return {rule.name: rule for rule in listed}


DEAL_RULES = _table(
    rules.number("id", "id", "deal"),
    rules.text("name", "name", "deal"),
    rules.number("stage_id", "stage", "deal"),
    rules.number("amount", "amount", "deal"),
    rules.Rule("status", "outcome", "deal", "=", _status),
    rules.text("lost_reason", "lost_reason", "deal"),
    rules.named("user.name", "owner", rules.users_called, "deal"),
    rules.number("user_id", "owner", "deal"),
    rules.only_order("expected_close_date", "due_on", "deal"),
    rules.only_order("created_at", "created_at", "deal"),
    rules.only_order("updated_at", "updated_at", "deal"),
)
PIPELINE_RULES = _table(
    rules.number("id", "id", "pipeline"), rules.text("name", "name", "pipeline")
)
STAGE_RULES = _table(
    rules.number("id", "id", "stage"),
    rules.text("name", "name", "stage"),
    rules.number("pipeline_id", "pipeline", "stage"),
    rules.number("display_order", "position", "stage"),
)


def stage_documents(actor: Actor) -> dict[int, Document]:
    """Return all stages by id; one statement."""
    found = search(actor, Query("stage", limit=MOST_STAGES))
    return dict(zip(found.ids, found.documents, strict=True))


def pipeline_names(actor: Actor) -> dict[int, str]:
    """Return the names of all pipelines by id; one statement."""
    found = search(actor, Query("pipeline", limit=MOST_STAGES))
    return {pk: str(each["name"]) for pk, each in zip(found.ids, found.documents, strict=True)}


def write_deals(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return deals."""
    stages, pipelines = stage_documents(actor), pipeline_names(actor)
    fields = readable_custom_fields(actor, "deal")
    ids = {pk for document in documents for pk in taking_part(document)}
    people = find_contacts(actor, ids) if ids else {}
    written = []
    for document in documents:
        record = _deal(document) | _way(document, stages, pipelines)
        record |= custom.to_wire(fields, document.get("custom"))
        both = [people[pk] for pk in taking_part(document) if pk in people]
        persons = [brief(each) for each in both if each["kind"] == "person"]
        firms = [brief(each) for each in both if each["kind"] != "person"]
        record |= {"contacts_count": len(persons), "companies_count": len(firms)}
        if shown.is_whole or "contacts" in shown.extra:
            record["contacts"] = persons
        if shown.is_whole or "companies" in shown.extra:
            record["companies"] = firms
        record["authorizations"] = authorizations(actor, RIGHTS)
        record["was_recently_created"] = shown.is_new
        written.append(record)
    return written


def _deal(document: Document) -> Wire:
    outcome = document["status"]["outcome"]
    closed, due = document.get("closed_at"), document.get("due_on")
    return {
        "id": document["id"],
        "name": document["name"],
        "display_name": document["name"],
        "path": f"/deals/{document['id']}",
        "amount": float(document["amount"]) if document.get("amount") else 0,
        "expected_close_date": f"{due}T00:00:00.000000Z" if due else None,
        "status": OUTCOMES[outcome],
        "lost_reason": document.get("lost_reason") or None,
        "won_date": closed if outcome == 1 else None,
        "lost_date": closed if outcome == 2 else None,
        "user_id": document.get("owner_id"),
        "user": choices.user(document.get("owner_id")),
        "tags": [],
        "swatch_color": None,
        "stage_changed_date": None,
        "board_order": 0,
        "products_count": 0,
        "next_activity_date": None,
        "created_by": document.get("author_id"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }


def _way(document: Document, stages: Mapping[int, Document], names: Mapping[int, str]) -> Wire:
    stage = stages.get(document.get("stage_id") or 0)
    pipeline_id = stage["pipeline_id"] if stage else None
    pipeline = {"id": pipeline_id, "name": names.get(pipeline_id or 0, "")} if stage else None
    return {
        "stage_id": document.get("stage_id"),
        "stage": _stage(stage) if stage else None,
        "pipeline_id": pipeline_id,
        "pipeline": pipeline,
    }


def _stage(document: Document) -> Wire:
    return {
        "id": document["id"],
        "name": document["name"],
        "win_probability": document["probability"],
        "display_order": document["position"],
        "pipeline_id": document["pipeline_id"],
    }


def read_deal(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a deal; raises RejectedError, LockedStatusError."""
    body = Body(sent, creating=before is None, labels=LABELS)
    body.require("name", "stage_id")
    values = custom.from_wire(actor, sent, "deal")
    if "name" in sent:
        values["name"] = body.text("name")
    if sent.get("stage_id") is not None:
        values["stage"] = sent["stage_id"]
    elif sent.get("pipeline_id") is not None and before is not None:
        body.reject("stage_id", "The {label} field is required.")
    if "amount" in sent:
        values |= _amount(body)
    values |= _details(body)
    if sent.get("status") is not None:
        values |= _new_status(actor, body, before)
    body.finish()
    return values


def _details(body: Body) -> Values:
    values: Values = {}
    if "expected_close_date" in body.sent:
        values["due_on"] = body.sent["expected_close_date"]
    if "user_id" in body.sent:
        values["owner"] = body.chosen("user_id", choices.user_of)
    if "lost_reason" in body.sent:
        values["lost_reason"] = body.text("lost_reason") or ""
    return values


def _amount(body: Body) -> Values:
    value = body.sent["amount"]
    if value is None:
        return {"amount": None}
    found = _MONEY.fullmatch(str(value).strip())
    if isinstance(value, bool) or found is None:
        body.reject("amount", "The {label} field must be a number.")
        return {}
    currency = {"currency": found[1].upper()} if found[1] else {}
    return {"amount": found[2].replace(",", ""), **currency}


def _new_status(actor: Actor, body: Body, before: Document | None) -> Values:
    word = str(body.sent["status"]).lower()
    if word not in OUTCOMES:
        body.reject("status", "The selected {label} is invalid.")
        return {}
    present = before["status"]["outcome"] if before else 0
    wanted = OUTCOMES.index(word)
    if wanted == present and before is not None:
        return {}
    if present and wanted:
        raise LockedStatusError(word)
    rows = search(actor, Query("deal_status", limit=100)).documents
    fitting = [row for row in rows if row["outcome"] == wanted]
    fitting.sort(key=lambda row: not row["is_default"])
    if not fitting:
        body.reject("status", "The selected {label} is invalid.")
        return {}
    cleared = {} if word == "lost" else {"lost_reason": ""}
    return {"status": fitting[0]["id"], **cleared}


def _after(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "deals", record_id, sent)


def write_pipelines(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return pipelines with their stages."""
    stages = [_stage(each) for each in stage_documents(actor).values()]
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
    return [{**_stage(each), "display_name": each["name"], **shared} for each in documents]


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


DEALS = Resource(
    name="deals",
    model="Deal",
    kind="deal",
    rules=DEAL_RULES,
    order="name",
    write=write_deals,
    read=read_deal,
    create=create_deal,
    update=update_deal,
    archive=archive_deal,
    restore=restore_deal,
    delete=delete_deal,
    after=_after,
    links=("contacts", "companies", "activities", "calls", "notes"),
)
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
)
