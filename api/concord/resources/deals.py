"""Deals."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from api.concord.associations import apply_named, participants, taking_part
from api.concord.errors import LockedStatusError
from api.concord.mapping import choices, custom, rules
from api.concord.mapping.bodies import Body, tags_of
from api.concord.mapping.contacts import OUTCOMES, ZERO, brief, standing
from api.concord.resources.pipelines import stage_brief
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
from contacts.fields.text import fold
from contacts.query import Condition, Query, search, where
from contacts.query.pipelines import pipelines_by_id, stages_by_id
from contacts.query.surroundings import Asked, Surroundings, surroundings
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
_MONEY = re.compile(r"^([A-Za-z]{3})?\s*(-?[\d,]*\.?\d+)$")


def _status(actor: Actor, rule: rules.Rule, operator: str, value: str) -> Condition | None:
    word = value.strip().lower()
    found = [place for place, name in enumerate(OUTCOMES) if word and word in name]
    return where(actor, "outcome", "in", found, kind="deal") if found else rules.NOTHING


DEAL_RULES = rules.table(
    rules.number("id", "id", "deal"),
    rules.text("name", "name", "deal"),
    rules.text("pipeline.name", "pipeline_name", "deal"),
    rules.number("pipeline_id", "pipeline", "deal"),
    rules.text("stage.name", "stage_name", "deal"),
    rules.number("stage_id", "stage", "deal"),
    rules.number("amount", "amount", "deal"),
    rules.Rule("status", "outcome", "deal", "=", _status, "outcome"),
    rules.text("lost_reason", "lost_reason", "deal"),
    rules.named("user.name", "owner", rules.users_called, "deal", order="owner_name"),
    rules.number("user_id", "owner", "deal"),
    rules.named("tags.name", "tags", rules.tags_called, "deal", is_default=False),
    rules.only_order("expected_close_date", "due_on", "deal"),
    rules.only_order("stage_changed_date", "stage_changed_at", "deal"),
    rules.only_order("board_order", "board_position", "deal", holds="number"),
    rules.only_order("won_date", "closed_at", "deal"),
    rules.only_order("lost_date", "closed_at", "deal"),
    rules.only_order("created_at", "created_at", "deal"),
    rules.only_order("updated_at", "updated_at", "deal"),
    rules.count("products_count", "product_count", "deal"),
    rules.count("contacts_count", "people_count", "deal"),
    rules.count("companies_count", "company_count", "deal"),
    rules.count("associations_count", "people_company_count", "deal"),
    rules.count("notes_count", "note_count", "deal"),
    rules.count("calls_count", "call_count", "deal"),
    rules.count("activities_count", "activity_count", "deal"),
    rules.count("incomplete_activities_for_user_count", "open_activity_count", "deal"),
    rules.count("next_activity_date", "next_activity_at", "deal"),
    rules.count("last_contacted_at", "last_called_at", "deal"),
)


def write_deals(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return deals; their contacts and companies where the answer shows them."""
    stages, pipelines = stages_by_id(actor), pipelines_by_id(actor)
    fields = readable_custom_fields(actor, "deal")
    around = _around(actor, documents, shown)
    people = around.contacts
    written = []
    for document in documents:
        record = _deal(document) | _way(document, stages, pipelines)
        record |= custom.to_wire(fields, document.get("custom"))
        both = participants(document)
        persons = [each["id"] for each in both if each["kind"] == "person"]
        firms = [each["id"] for each in both if each["kind"] != "person"]
        record |= {"contacts_count": len(persons), "companies_count": len(firms)}
        record["associations_count"] = len(both)
        record |= standing(around.standing_of[document["id"]])
        for name, ids in (("contacts", persons), ("companies", firms)):
            if shown.shows(name):
                record[name] = [brief(people[pk]) for pk in ids if pk in people]
        record["authorizations"] = authorizations(actor, RIGHTS, document)
        record["was_recently_created"] = shown.is_new
        if shown.is_whole:
            record |= {"media": [], "actions": [], "billable": None}
        written.append(record)
    return written


def _around(actor: Actor, documents: Sequence[Document], shown: Shown) -> Surroundings:
    """Return who takes part where the answer shows it, and the numbers of notes and activities."""
    people: set[int] = set()
    if shown.shows("contacts") or shown.shows("companies"):
        people = {pk for document in documents for pk in taking_part(document)}
    ids = [document["id"] for document in documents]
    return surroundings(actor, Asked(contacts=people, standing_of=ids, deals_stand=True))


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
        "tags": choices.tags(document.get("tags"), "deals"),
        "swatch_color": document.get("color") or None,
        "stage_changed_date": document.get("stage_changed_at"),
        "time_in_stages": _time_in_stages(document),
        "board_order": document.get("board_position"),
        "products_count": document.get("product_count"),
        **dict.fromkeys(ZERO, 0),
        # Since when somebody owns it is kept of contacts and companies alone.
        "owner_assigned_date": None,
        "timeline_subject_key": "deal",
        "created_by": document.get("author_id"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }


def _time_in_stages(document: Document) -> Wire:
    """Return the seconds in each stage that the deal has seen, the present one included."""
    seconds: dict[str, int] = dict(document.get("stage_seconds") or {})
    stage, since = document.get("stage_id"), document.get("stage_changed_at")
    if stage and since:
        until = document.get("closed_at")
        ended = datetime.fromisoformat(until) if until else timezone.now()
        present = max(0, int((ended - datetime.fromisoformat(since)).total_seconds()))
        seconds[str(stage)] = max(0, seconds.get(str(stage), 0) + present)
    return dict(seconds)


def _way(
    document: Document, stages: Mapping[int, Document], pipelines: Mapping[int, Document]
) -> Wire:
    stage = stages.get(document.get("stage_id") or 0)
    pipeline = pipelines.get(stage["pipeline_id"]) if stage else None
    return {
        "stage_id": document.get("stage_id"),
        "stage": stage_brief(stage) if stage else None,
        "pipeline_id": pipeline["id"] if pipeline else None,
        "pipeline": {"id": pipeline["id"], "name": pipeline["name"]} if pipeline else None,
    }


def read_deal(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a deal; raises RejectedError, LockedStatusError."""
    body = Body(sent, creating=before is None, labels=LABELS)
    # One that came without a stage through another door may be sent back as it is.
    has_none = before is not None and not before.get("stage_id") and sent.get("stage_id") is None
    body.require("name", *(() if has_none else ("stage_id",)))
    values = custom.from_wire(actor, body, before, "deal")
    if "name" in sent:
        values["name"] = body.text("name")
    values |= _place(actor, body)
    if "amount" in sent:
        values |= _amount(body, before)
    values |= _details(actor, body)
    names = tags_of(body)
    if names is not None:
        values["tags"] = names
    if sent.get("status") is not None:
        values |= _new_status(actor, body, before)
    values |= _reason(body, values, before)
    body.finish()
    return values


def _place(actor: Actor, body: Body) -> Values:
    """Return the stage; where only a pipeline is changed, its stage has to be said as well.

    Of a number the stage decides about the pipeline, as in the original; of a name the pipeline
    tells which stage is meant.
    """
    stages, pipelines = stages_by_id(actor), pipelines_by_id(actor)
    pipeline = body.chosen("pipeline_id", lambda each: id_among(each, pipelines))
    if pipeline is not None and body.sent.get("stage_id") is None and not body.creating:
        body.reject("stage_id", "The {label} field is required.")
    stage = body.chosen("stage_id", lambda each: stage_among(each, stages, pipeline))
    return {} if stage is None else {"stage": stage}


def id_among(value: object, known: Mapping[int, Document]) -> int | None:
    """Return the id of the stage or pipeline with this id or name."""
    word = str(value).strip()
    if word.isascii() and word.isdecimal() and len(word) < 19 and int(word) in known:
        return int(word)
    named = (pk for pk, row in known.items() if fold(word) == fold(str(row["name"])))
    return next(named, None)


def stage_among(
    value: object, stages: Mapping[int, Document], pipeline_id: int | None
) -> int | None:
    """Return the id of the stage with this id, or with this name, first in one pipeline."""
    near = {pk: row for pk, row in stages.items() if row["pipeline_id"] == pipeline_id}
    found = id_among(value, near)
    return id_among(value, stages) if found is None else found


def _details(actor: Actor, body: Body) -> Values:
    values: Values = {}
    if "expected_close_date" in body.sent:
        values["due_on"] = body.day("expected_close_date")
    if "swatch_color" in body.sent:
        values["color"] = body.color("swatch_color") or ""
    if body.sent.get("board_order") is not None:
        values["board_position"] = body.whole("board_order")
    if "user_id" in body.sent:
        values["owner"] = choices.owner_in(actor, body)
    return values


def _amount(body: Body, before: Document | None) -> Values:
    value = body.sent["amount"]
    if value is None:
        return {"amount": None}
    found = _MONEY.fullmatch(str(value).strip())
    if isinstance(value, bool) or found is None:
        body.reject("amount", "The {label} field must be a number.")
        return {}
    currency = {"currency": found[1].upper()} if found[1] else {}
    if before is not None and before.get("amount") is None and not float(found[2].replace(",", "")):
        # None is shown as zero.
        return currency
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
    if word == "lost" and settings.CONCORD_LOST_REASON_NEEDED and not body.sent.get("lost_reason"):
        body.reject("lost_reason", "The {label} field is required.")
    return {"status": fitting[0]["id"]}


def _reason(body: Body, values: Values, before: Document | None) -> Values:
    """Return why a deal is lost: what is not lost has no such reason, whatever is sent."""
    present = OUTCOMES[before["status"]["outcome"]] if before else "open"
    word = str(body.sent["status"]).lower() if "status" in values else present
    if word != "lost":
        return {"lost_reason": ""} if "status" in values else {}
    return {"lost_reason": body.text("lost_reason") or ""} if "lost_reason" in body.sent else {}


def _after(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "deals", record_id, sent)


DEALS = Resource(
    name="deals",
    model="Deal",
    kind="deal",
    rules=DEAL_RULES,
    order="name",
    write=write_deals,
    read=read_deal,
    create=create_deal,
    update=partial(update_deal, keeps_time=True),
    archive=archive_deal,
    restore=restore_deal,
    delete=delete_deal,
    after=_after,
    links=("contacts", "companies", "activities", "calls", "notes"),
    rights=RIGHTS,
)
