"""Activities, and calls: activities that have an outcome."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from api.concord.associations import apply_named, calls, put, taking_part, usable_ids
from api.concord.mapping import choices, rules
from api.concord.mapping.bodies import Body
from api.concord.mapping.contacts import brief
from api.concord.resources.table import (
    Document,
    Resource,
    Sent,
    Shown,
    Values,
    Wire,
    authorizations,
)
from contacts.access import NEEDED, Actor
from contacts.fields import reference
from contacts.query import Condition, Not, Query, find_contacts, search, where
from contacts.services.activities import (
    archive_activity,
    create_activity,
    delete_activity,
    restore_activity,
    update_activity,
)

RIGHTS: Mapping[str, str] = {
    action: NEEDED["activity", action] for action in ("create", "update", "delete")
}
MOST_HTML = 1_000_000
VIA = ("contacts", "companies", "deals")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPE = rules.options_called("activity_type")


def _table(*listed: rules.Rule) -> dict[str, rules.Rule]:
    return {rule.name: rule for rule in listed}


ACTIVITY_RULES = _table(
    rules.number("id", "id", "activity"),
    rules.text("title", "subject", "activity"),
    rules.named("type.name", "type", _TYPE, "activity"),
    rules.number("activity_type_id", "type", "activity"),
    rules.named("user.name", "owner", rules.users_called, "activity"),
    rules.number("user_id", "owner", "activity"),
    rules.text("description", "details", "activity"),
    rules.only_order("due_date", "starts_at", "activity"),
    rules.only_order("end_date", "ends_at", "activity"),
    rules.only_order("completed_at", "completed_at", "activity"),
    rules.only_order("created_at", "created_at", "activity"),
    rules.only_order("updated_at", "updated_at", "activity"),
)
CALL_RULES = _table(
    rules.number("id", "id", "activity"),
    rules.text("body", "details", "activity"),
    rules.number("call_outcome_id", "outcome", "activity"),
    rules.number("user_id", "owner", "activity"),
    rules.only_order("date", "starts_at", "activity"),
    rules.only_order("created_at", "created_at", "activity"),
)


def write_activities(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return activities."""
    return [
        _activity(document) | tied | _closing(actor, shown)
        for document, tied in zip(documents, _ties(actor, documents), strict=True)
    ]


def write_calls(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return calls."""
    return [
        _call(document) | tied | _closing(actor, shown)
        for document, tied in zip(documents, _ties(actor, documents), strict=True)
    ]


def _closing(actor: Actor, shown: Shown) -> Wire:
    return {
        "comments_count": 0,
        "authorizations": authorizations(actor, RIGHTS),
        "was_recently_created": shown.is_new,
    }


def _activity(document: Document) -> Wire:
    is_all_day = document["is_all_day"]
    starts = document.get("starts_at")
    kind = choices.option(document.get("type_id"))
    is_due = bool(starts) and not document.get("completed_at") and _is_past(str(starts))
    return {
        "id": document["id"],
        "title": document["subject"],
        "display_name": document["subject"],
        "path": f"/activities/{document['id']}",
        "activity_type_id": document.get("type_id"),
        "type": {**kind, "icon": None} if kind else None,
        "description": document.get("details") or None,
        "note": None,
        "due_date": _written(starts, is_all_day=is_all_day),
        "end_date": _written(document.get("ends_at") or starts, is_all_day=is_all_day),
        "reminder_minutes_before": document.get("reminder_minutes"),
        "is_completed": bool(document.get("completed_at")),
        "completed_at": document.get("completed_at"),
        "is_due": is_due,
        "is_reminded": False,
        "guests": [],
        **_people(document),
    }


def _call(document: Document) -> Wire:
    outcome = choices.option(document.get("outcome_id"))
    return {
        "id": document["id"],
        "display_name": document["subject"],
        "body": document.get("details") or "",
        "date": document.get("starts_at"),
        "call_outcome_id": document.get("outcome_id"),
        "outcome": outcome,
        **_people(document),
    }


def _people(document: Document) -> Wire:
    return {
        "user_id": document.get("owner_id"),
        "user": choices.user(document.get("owner_id")),
        "created_by": document.get("author_id"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }


def _written(moment: object, *, is_all_day: bool) -> object:
    return str(moment)[:10] if moment and is_all_day else moment


def _is_past(moment: str) -> bool:
    return moment < timezone.now().isoformat()


def _ties(actor: Actor, documents: Sequence[Document]) -> list[Wire]:
    """Return what each activity is about; one statement for contacts, one for deals."""
    ids = {pk for document in documents for pk in taking_part(document)}
    people = find_contacts(actor, ids) if ids else {}
    asked = sorted({pk for document in documents for pk in document.get("deal_ids") or ()})
    deals: dict[int, Wire] = {}
    if asked:
        found = search(
            actor, Query("deal", where(actor, "id", "in", asked, kind="deal"), limit=len(asked))
        )
        deals = {
            pk: {"id": pk, "name": each["name"], "display_name": each["name"]}
            for pk, each in zip(found.ids, found.documents, strict=True)
        }
    ties: list[Wire] = []
    for document in documents:
        both = [people[pk] for pk in taking_part(document) if pk in people]
        ties.append(
            {
                "contacts": [brief(each) for each in both if each["kind"] == "person"],
                "companies": [brief(each) for each in both if each["kind"] != "person"],
                "deals": [deals[pk] for pk in document.get("deal_ids") or () if pk in deals],
            }
        )
    return ties


def read_activity(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of an activity; raises RejectedError."""
    body = Body(sent, creating=before is None)
    body.require("title", "due_date", "user_id")
    values: Values = {}
    if "title" in sent:
        values["subject"] = body.text("title")
    if sent.get("activity_type_id") is not None:
        values["type"] = body.chosen("activity_type_id", _type_of)
    elif before is None:
        values["type"] = _type_of("Task")
    if "description" in sent:
        values["details"] = body.text("description", most=MOST_HTML) or ""
    if sent.get("due_date") is not None:
        values |= _times(body)
    if "user_id" in sent:
        values["owner"] = body.chosen("user_id", choices.user_of)
    values |= _progress(sent, before)
    body.finish()
    return values


def _progress(sent: Sent, before: Document | None) -> Values:
    """Return when to remind, and whether it is done."""
    values: Values = {}
    if "reminder_minutes_before" in sent:
        values["reminder_minutes"] = sent["reminder_minutes_before"]
    if "is_completed" in sent:
        is_done = sent["is_completed"] in (True, 1, "1", "true", "on")
        was_done = bool(before and before.get("completed_at"))
        if is_done != was_done:
            values["completed_at"] = timezone.now() if is_done else None
    return values


def _type_of(value: object) -> int | None:
    word = "Phone Call" if str(value).lower() == "call" else value
    return choices.option_of("activity_type", word)


def _times(body: Body) -> Values:
    """Return start and end; a day without a time lasts all day."""
    due, clock = str(body.sent["due_date"]), body.sent.get("due_time")
    is_all_day = bool(_DAY.fullmatch(due)) and not clock
    start = f"{due}T{clock}:00Z" if clock else _moment(due)
    end = body.sent.get("end_date")
    finish = _moment(str(end)) if end is not None else None
    if end is not None and not is_all_day and _DAY.fullmatch(str(end)):
        # A day as the end of something at a time means that day whatever the hour.
        finish = None
    if finish is not None and finish[:19] < start[:19]:
        body.reject("end_date", "The {label} field must be a date after or equal to Due Date.")
    return {"starts_at": start, "ends_at": finish, "is_all_day": is_all_day}


def _moment(text: str) -> str:
    """Return a moment with its zone: times are UTC where they name none."""
    if _DAY.fullmatch(text):
        return f"{text}T00:00:00Z"
    has_zone = re.search(r"(Z|[+-]\d{2}:?\d{2})$", text)
    return text if has_zone else f"{text}Z"


def read_call(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a call; raises RejectedError."""
    body = Body(sent, creating=before is None)
    body.require("call_outcome_id", "date", "body")
    values: Values = {}
    if sent.get("call_outcome_id") is not None:
        values["outcome"] = body.chosen("call_outcome_id", _outcome_of)
    if sent.get("date") is not None:
        values["starts_at"] = values["completed_at"] = _moment(str(sent["date"]))
    if sent.get("body") is not None:
        values["details"] = body.text("body", most=MOST_HTML)
    if "user_id" in sent:
        values["owner"] = body.chosen("user_id", choices.user_of)
    body.finish()
    if before is None:
        values |= {"subject": "Call", "type": _type_of("call")}
    return values


def _outcome_of(value: object) -> int | None:
    found = choices.option_of("call_outcome", value)
    return found if found in reference.options().by_id else None


def _after_activity(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "activities", record_id, sent)


def _after_call(actor: Actor, record_id: int, sent: Sent, made: Document | None) -> None:
    apply_named(actor, "calls", record_id, sent)
    via = sent.get("via_resource")
    if made is not None and via in VIA and via not in sent:
        ids = usable_ids(actor, via, sent.get("via_resource_id"))
        if ids:
            put(actor, "calls", record_id, via, ids)


def _only_activities(actor: Actor) -> Condition:
    return Not(calls(actor))


def delete_call(actor: Actor, record_id: int) -> None:
    """Delete a call for good: calls have no trash here."""
    archive_activity(actor, record_id)
    delete_activity(actor, record_id)


def _is_call(document: Mapping[str, Any]) -> bool:
    return document.get("outcome_id") is not None


ACTIVITIES = Resource(
    name="activities",
    model="Activity",
    kind="activity",
    rules=ACTIVITY_RULES,
    order="title",
    write=write_activities,
    scope=_only_activities,
    holds=lambda document: not _is_call(document),
    read=read_activity,
    create=create_activity,
    update=update_activity,
    archive=archive_activity,
    restore=restore_activity,
    delete=delete_activity,
    after=_after_activity,
    links=("contacts", "companies", "deals"),
)
CALLS = Resource(
    name="calls",
    model="Call",
    kind="activity",
    rules=CALL_RULES,
    order="id",
    write=write_calls,
    scope=calls,
    holds=_is_call,
    read=read_call,
    create=create_activity,
    update=update_activity,
    delete=delete_call,
    after=_after_call,
    links=("contacts", "companies", "deals"),
)
