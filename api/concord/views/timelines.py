"""Tell what happened with a record: its changes, notes, calls and activities, newest first."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope, grammar
from api.concord.mapping import choices
from api.concord.resources import RESOURCES
from api.concord.resources import notes as note_resource
from api.concord.resources.table import Resource, Wire
from api.concord.views.base import ConcordViewSet, answered
from api.concord.views.belonging import NAMES, with_belongings
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query.pins import pins_of
from contacts.query.trail import entries_of

PER_PAGE = 15
MOST = 1_000
LABELS = {"notes": "Notes", "calls": "Calls", "activities": "Activities"}
# Key of a belonging's moment: when it is or was.
MOMENTS = {"notes": "created_at", "calls": "date", "activities": "created_at"}


class TimelineSet(ConcordViewSet):
    """What happened with one record."""

    def list(self, request: DialectRequest, resource: str, record_id: str) -> Response:
        """Return the events and the kinds of record they are about."""
        owner = answered(resource)
        if owner.name not in note_resource.ABOUT:
            raise NotFoundError("resource")
        number = int(owner.get(request.actor, record_id)["id"])
        events = sorted(_events(request.actor, owner, number), key=_place, reverse=True)
        page = grammar.whole_number(request.params.get("page"), 1)
        size = min(grammar.whole_number(request.params.get("per_page"), PER_PAGE), MOST)
        shown = events[(page - 1) * size : page * size]
        resources = [
            {"name": name, "label": LABELS[name], "timeline_relation": name} for name in NAMES
        ]
        return envelope.single({"data": shown, "resources": resources})


def _place(event: Wire) -> tuple[bool, str]:
    """Return by what events are ordered: what is pinned, then what is newer."""
    return bool(event["is_pinned"]), str(event["pinned_date"] or event["date"])


def _events(actor: Actor, owner: Resource, number: int) -> Sequence[Wire]:
    (record,) = with_belongings(actor, owner, [{"id": number}], frozenset(NAMES))
    pins = pins_of(owner.kind, number)
    events: list[Wire] = []
    for name in NAMES:
        listed = record.get(name)
        for each in listed if isinstance(listed, list) else []:
            pinned = pins.get((RESOURCES[name].kind, each["id"]))
            about: Wire = {
                "timeline_component": RESOURCES[name].model.lower(),
                "resource_name": name,
            }
            about |= {"is_pinned": pinned is not None, "pinned_date": pinned}
            events.append({**each, "date": each[MOMENTS[name]], **about})
    events += [_change(entry) for entry in entries_of(actor, owner.kind, number, limit=MOST)]
    return events


def _change(entry: Mapping[str, Any]) -> Wire:
    return {
        "id": entry["id"],
        "timeline_component": "changelog",
        "resource_name": "changelog",
        "is_pinned": False,
        "pinned_date": None,
        "description": entry["action"],
        "module": "changelog",
        "identifier": entry["action"],
        "properties": {"attributes": entry["after"], "old": entry["before"]},
        "causer": choices.user(entry["user_id"]),
        "causer_id": entry["user_id"],
        "created_at": entry["at"],
        "date": entry["at"],
    }
