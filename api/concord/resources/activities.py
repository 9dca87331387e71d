"""Activities, and calls: activities that have an outcome."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from api.concord.associations import (
    apply_named,
    calls,
    linked_ids,
    put,
    taking_part,
    usable_ids,
)
from api.concord.mapping import choices, guests, rules
from api.concord.mapping.bodies import Body, trimmed
from api.concord.mapping.contacts import brief, deal_brief
from api.concord.mapping.times import read_times
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
from contacts.query import Condition, Not
from contacts.query.surroundings import Asked, Surroundings, surroundings
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
# Texts with HTML: key on the wire, key in the catalogue.
HTML = {"description": "details", "note": "remarks"}
# One type of activity is called otherwise here.
CALL_NAME, PHONE_CALL = "Call", "Phone Call"
VIA = ("contacts", "companies", "deals")
_TYPE = rules.options_called("activity_type")


_OWNER = (
    rules.named("user.name", "owner", rules.users_called, "activity", order="owner_name"),
    rules.number("user_id", "owner", "activity"),
)
ACTIVITY_RULES = rules.table(
    rules.text("title", "subject", "activity"),
    rules.named("type.name", "type", _TYPE, "activity", order="type_name"),
    rules.number("activity_type_id", "type", "activity"),
    *_OWNER,
    rules.text("description", "details", "activity"),
    rules.text("note", "remarks", "activity"),
    rules.number("id", "id", "activity", is_default=False),
    rules.only_order("due_date", "starts_at", "activity"),
    rules.only_order("end_date", "ends_at", "activity"),
    rules.only_order("completed_at", "completed_at", "activity"),
    rules.only_order("created_at", "created_at", "activity"),
    rules.only_order("updated_at", "updated_at", "activity"),
    rules.only_order("reminder_minutes_before", "reminder_minutes", "activity", holds="number"),
)
CALL_RULES = rules.table(
    rules.number("id", "id", "activity"),
    rules.text("body", "details", "activity"),
    rules.named("outcome.name", "outcome", rules.options_called("call_outcome"), "activity"),
    rules.number("call_outcome_id", "outcome", "activity"),
    *_OWNER,
    rules.only_order("date", "starts_at", "activity"),
    rules.only_order("created_at", "created_at", "activity"),
    rules.only_order("updated_at", "updated_at", "activity"),
)


def write_activities(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return activities."""
    around = _around(actor, documents, shown, guests.invited(documents))
    return [
        _activity(document)
        | {"guests": guests.written(document, around.contacts)}
        | _ties(document, around, shown)
        | _closing(actor, document, shown)
        for document in documents
    ]


def write_calls(actor: Actor, documents: Sequence[Document], shown: Shown) -> list[Wire]:
    """Return calls."""
    around = _around(actor, documents, shown, set())
    return [
        _call(document) | _ties(document, around, shown) | _closing(actor, document, shown)
        for document in documents
    ]


def _closing(actor: Actor, document: Document, shown: Shown) -> Wire:
    word, relation = ("call", "calls") if _is_call(document) else ("activity", "activities")
    return {
        "comments_count": document.get("comment_count", 0),
        "timeline_component": word,
        "timeline_key": word,
        "timeline_relation": relation,
        "media": [],
        "authorizations": authorizations(actor, RIGHTS, document),
        "was_recently_created": shown.is_new,
        **({"actions": []} if shown.is_whole else {}),
    }


def _activity(document: Document) -> Wire:
    is_all_day = document["is_all_day"]
    starts = document.get("starts_at")
    ends = document.get("ends_at")
    is_due = bool(starts) and not document.get("completed_at") and _is_past(str(starts))
    return {
        "id": document["id"],
        "title": document["subject"],
        "display_name": document["subject"],
        "path": f"/activities/{document['id']}",
        "activity_type_id": document.get("type_id"),
        "type": type_of(document.get("type_id")),
        "description": choices.safe_html(document.get("details")),
        "note": choices.safe_html(document.get("remarks")),
        "due_date": _written(starts, is_all_day=is_all_day),
        # Without an end it is the day on which it is due.
        "end_date": _written(ends or starts, is_all_day=is_all_day or not ends),
        "reminder_minutes_before": document.get("reminder_minutes"),
        "reminded_at": None,
        "is_completed": bool(document.get("completed_at")),
        "completed_at": document.get("completed_at"),
        "is_due": is_due,
        "is_reminded": False,
        # Since when somebody owns it is kept of contacts and companies alone.
        "owner_assigned_date": None,
        **_people(document),
    }


def type_of(option_id: object) -> Wire | None:
    """Return a type of activity as it stands inside an activity."""
    found = choices.option(option_id)
    if found is None:
        return None
    name = CALL_NAME if found["name"] == PHONE_CALL else found["name"]
    return {**found, "name": name, "icon": None}


def _call(document: Document) -> Wire:
    outcome = choices.option(document.get("outcome_id"))
    return {
        "id": document["id"],
        "display_name": document["subject"],
        "body": choices.safe_html(document.get("details")) or "",
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


def _around(
    actor: Actor, documents: Sequence[Document], shown: Shown, people: set[int]
) -> Surroundings:
    """Return these people, and what the records are about where the answer shows it."""
    # The deals for their number: it must not tell of those that the caller does not see.
    deals = {pk for document in documents for pk in document.get("deal_ids") or ()}
    if any(shown.shows(name) for name in VIA):
        people = people | {pk for document in documents for pk in taking_part(document)}
    return surroundings(actor, Asked(contacts=people, deals=deals))


def _ties(document: Document, around: Surroundings, shown: Shown) -> Wire:
    """Return what a record is about where the answer shows it."""
    both = [around.contacts[pk] for pk in taking_part(document) if pk in around.contacts]
    own = [around.deals[pk] for pk in document.get("deal_ids") or () if pk in around.deals]
    tied: Wire = {
        "contacts": [brief(each) for each in both if each["kind"] == "person"],
        "companies": [brief(each) for each in both if each["kind"] != "person"],
        "deals": [deal_brief(deal) for deal in own],
    }
    count = len(taking_part(document)) + len(own)
    return {
        "associations_count": count,
        **{name: tied[name] for name in VIA if shown.shows(name)},
    }


def read_activity(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of an activity; raises RejectedError."""
    body = Body(sent, creating=before is None)
    body.require("title", "due_date", "user_id")
    values: Values = {}
    if "title" in sent:
        values["subject"] = body.text("title")
    if "activity_type_id" in sent:
        body.fill("activity_type_id")
        values["type"] = body.chosen("activity_type_id", _type_of)
    elif before is None:
        values["type"] = _type_of("Task")
    values |= _texts(actor, body, before)
    values |= read_times(body, before)
    if "user_id" in sent:
        values["owner"] = choices.owner_in(actor, body)
    values |= _progress(body, before)
    body.finish()
    return values


def _texts(actor: Actor, body: Body, before: Document | None) -> Values:
    """Return what is written about it, and who is asked to come."""
    values: Values = {}
    for name, key in HTML.items():
        if name in body.sent:
            values |= _html(key, body.text(name, most=MOST_HTML), before)
    if body.sent.get("guests") is not None:
        values["guests"] = guests.read(actor, body)
    return values


def _html(key: str, text: str | None, before: Document | None) -> Values:
    """Return a text with HTML, nothing where it is what is shown: harmful HTML is not shown."""
    shown = trimmed(choices.safe_html(before.get(key))) if before else None
    return {} if before and text == shown else {key: text or ""}


def _progress(body: Body, before: Document | None) -> Values:
    """Return when to remind, and whether it is done."""
    values: Values = {}
    if "reminder_minutes_before" in body.sent:
        minutes = body.whole("reminder_minutes_before")
        if minutes is not None and minutes < 1:
            body.reject("reminder_minutes_before", "The {label} field must be at least 1.")
        values["reminder_minutes"] = minutes
    is_done = body.truth("is_completed")
    was_done = bool(before and before.get("completed_at"))
    if is_done is not None and is_done != was_done:
        values["completed_at"] = timezone.now() if is_done else None
    return values


def _type_of(value: object) -> int | None:
    word = PHONE_CALL if str(value).strip().lower() == CALL_NAME.lower() else value
    return choices.option_of("activity_type", word)


def read_call(actor: Actor, sent: Sent, before: Document | None) -> Values:
    """Return the values of a call; raises RejectedError."""
    body = Body(sent, creating=before is None)
    body.require("call_outcome_id", "date", "body")
    body.fill("via_resource", "via_resource_id")
    values: Values = {}
    if sent.get("call_outcome_id") is not None:
        values["outcome"] = body.chosen("call_outcome_id", _outcome_of)
    if sent.get("date") is not None:
        moment = body.moment("date", str(sent["date"]))
        values |= {"starts_at": moment, "completed_at": moment}
    if sent.get("body") is not None:
        values |= _html("details", body.text("body", most=MOST_HTML), before)
    if "user_id" in sent:
        values["owner"] = choices.owner_in(actor, body)
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
    via = str(sent.get("via_resource"))
    if made is not None and via in VIA:
        present = linked_ids(actor, "calls", record_id, via)
        named = usable_ids(actor, via, sent.get("via_resource_id"))
        put(actor, "calls", record_id, via, [*present, *named])


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
    update=partial(update_activity, keeps_time=True),
    archive=archive_activity,
    restore=restore_activity,
    delete=delete_activity,
    after=_after_activity,
    links=("contacts", "companies", "deals"),
    rights=RIGHTS,
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
    update=partial(update_activity, keeps_time=True),
    delete=delete_call,
    after=_after_call,
    links=("contacts", "companies", "deals"),
    rights=RIGHTS,
)
