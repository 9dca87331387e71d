"""Tell of a single record what it has been through: numbers of notes and calls, what comes next."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from api.concord.resources import notes as note_resource
from api.concord.resources.table import Resource, Wire
from contacts.access import Actor
from contacts.query import Query, search, where

MOST = 1_000


def summary(actor: Actor, resource: Resource, record_id: int) -> Wire:
    """Return the numbers and dates of a record; nothing for what no activity is about."""
    if resource.name not in note_resource.ABOUT:
        return {}
    planned = _planned(actor, resource.name, record_id)
    calls = [each for each in planned if each.get("outcome_id")]
    others = [each for each in planned if not each.get("outcome_id")]
    coming = [each for each in others if not each.get("completed_at") and _is_coming(each)]
    mine = [each for each in others if not each.get("completed_at")]
    mine = [each for each in mine if each.get("owner_id") == actor.user_id]
    return {
        "notes_count": note_resource.count(actor, resource.name, record_id),
        "calls_count": len(calls),
        "activities_count": len(others),
        "incomplete_activities_for_user_count": len(mine),
        "next_activity_date": min((str(each["starts_at"]) for each in coming), default=None),
        "last_contacted_at": max((str(each["starts_at"]) for each in calls), default=None),
    }


def _planned(actor: Actor, owner: str, record_id: int) -> Sequence[Mapping[str, Any]]:
    key = "deals" if owner == "deals" else "contacts"
    has = where(actor, key, "has_any", [record_id], kind="activity")
    return search(actor, Query("activity", has, limit=MOST)).documents


def _is_coming(document: Mapping[str, Any]) -> bool:
    starts = document.get("starts_at")
    return bool(starts) and str(starts) >= timezone.now().strftime("%Y-%m-%dT%H:%M:%S")
