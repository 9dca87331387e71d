"""Ask again what was saved under a name: ``query_id=3``."""

from collections.abc import Iterable, Iterator
from typing import Any

from api.base.requests import DialectRequest
from api.redmineup.mapping.places import named_project
from contacts.access import Actor
from contacts.errors import NotFoundError, UnknownFieldError
from contacts.query import Query, SortKey, all_of, from_json, get_record, sorted_by, where

MAX_ID = 2**63 - 1
# The field that holds the project of each kind of record.
PLACES = {"contact": "projects", "deal": "project", "ticket": "project"}


def saved_query(request: DialectRequest, kind: str) -> Query | None:
    """Return the query that the request names, or None when it names none.

    Raises NotFoundError for one that the actor does not see, or of another kind of record.
    """
    named = request.params.get("query_id")
    if named in (None, "") or kind not in PLACES:
        return None
    actor = request.actor
    kept = _get(actor, named, kind)
    condition = from_json(actor, kind, kept["condition"])
    if kept["project_id"] is not None and named_project(request.params) is None:
        place = where(actor, PLACES[kind], "has_any", [kept["project_id"]], kind=kind)
        condition = all_of(condition, place)
    sort = tuple(_sort_keys(actor, kept["sort"], kind))
    return Query(kind, condition, search=str(kept["search"]), sort=sort)


def _get(actor: Actor, named: object, kind: str) -> dict[str, Any]:
    text = str(named).strip()
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= MAX_ID):
        raise NotFoundError("saved_filter", text[:40])
    kept: dict[str, Any] = get_record(actor, "saved_filter", int(text))
    if kept["object_kind"] != kind:
        raise NotFoundError("saved_filter", text)
    return kept


def _sort_keys(actor: Actor, keys: Iterable[str], kind: str) -> Iterator[SortKey]:
    for key in keys:
        try:
            yield sorted_by(actor, key.removeprefix("-"), kind=kind, descending=key[:1] == "-")
        except UnknownFieldError:
            # The field is gone, or this actor may not read it; the order does without.
            continue
