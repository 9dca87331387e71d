"""What has changed since a second: records, and ids of those that are gone.

Clients remember a whole second and ask for what is later. So a page never ends within a second, and
an answer waits for the end of the present one where something has happened in it: otherwise what
happens in the rest of that second would never be told.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.field import Document, Wire
from api.vtiger.mapping.ids import write_id
from api.vtiger.modules import Module
from api.vtiger.records import write_records
from contacts.access import Actor
from contacts.fields.types import read_moment
from contacts.query import Condition, all_of, search, sorted_by, where
from contacts.query.removals import iter_removed_since

PAGE = 100
# Within one second there may be any number of changes.
MOST = 1_000_000
LAST_SECOND = int(datetime(9998, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Event:
    """A change of one record; without a document the record is gone."""

    second: int
    module: Module
    record_id: int
    document: Document | None = None


@dataclass(frozen=True)
class Wish:
    """What a client wants to hear of: these modules, and of them what these people own.

    No owners mean everybody's records.
    """

    actor: Actor
    modules: Sequence[Module]
    owners: Sequence[str]
    since: int


@dataclass(frozen=True)
class ChangesPage:
    """Some of the events, oldest first; all up to the second ``until``."""

    events: Sequence[Event]
    until: int
    has_more: bool


def changes_page(wish: Wish) -> ChangesPage:
    """Return one page, about a hundred events long."""
    page = _page(wish)
    second = time.time()
    if page.events and page.until >= int(second):
        time.sleep(1 - second % 1)
        page = _page(wish)
    return page


def write_page(wish: Wish, page: ChangesPage) -> Wire:
    """Return a page as this protocol writes it."""
    updated: list[Wire] = []
    for module in wish.modules:
        changed = [each.document for each in page.events if each.module is module and each.document]
        updated += write_records(wish.actor, module.fields_for(wish.actor), changed)
    gone = [each for each in page.events if each.document is None]
    return {
        "updated": updated,
        "deleted": [write_id(each.module.number, each.record_id) for each in gone],
        "more": page.has_more,
        "lastModifiedTime": page.until,
    }


def _page(wish: Wish) -> ChangesPage:
    events = _events(wish, LAST_SECOND, PAGE + 1)
    if len(events) <= PAGE:
        return ChangesPage(events, events[-1].second if events else wish.since, has_more=False)
    until = events[PAGE - 1].second
    # There may be none behind that second; then the next page is empty, and the last.
    return ChangesPage(_events(wish, until, MOST), until, has_more=True)


def _events(wish: Wish, until: int, most: int) -> list[Event]:
    """Return at most so many of the first events of each module, all in order."""
    found = [
        event
        for module in wish.modules
        for event in (*_updated(wish, module, until, most), *_removed(wish, module, until, most))
    ]
    return sorted(found, key=lambda event: event.second)


def _updated(wish: Wish, module: Module, until: int, most: int) -> Iterator[Event]:
    for document in _changed(wish, module, "updated_at", until, most):
        yield Event(_second(document["updated_at"]), module, document["id"], document)


def _removed(wish: Wish, module: Module, until: int, most: int) -> Iterator[Event]:
    if module.has_trash:
        for document in _changed(wish, module, "archived_at", until, most, archived=True):
            yield Event(_second(document["archived_at"]), module, document["id"])
    start = datetime.fromtimestamp(wish.since + 1, UTC)
    for removal in iter_removed_since(wish.actor, module.kind, start):
        second = int(removal.at.timestamp())
        if second <= until and module.holds(removal.document):
            yield Event(second, module, removal.record_id)


def _changed(  # one page of one sort of change
    wish: Wish, module: Module, key: str, until: int, most: int, *, archived: bool = False
) -> list[Document]:
    start = datetime.fromtimestamp(wish.since + 1, UTC)
    end = datetime.fromtimestamp(until + 1, UTC)
    condition = all_of(
        module.scope(wish.actor),
        where(wish.actor, key, "ge", start, kind=module.kind),
        where(wish.actor, key, "lt", end, kind=module.kind),
        _owned(wish, module),
    )
    sort = (sorted_by(wish.actor, key, kind=module.kind),)
    query = module.asked(condition, sort=sort, limit=most, archived=archived, total=False)
    return list(search(wish.actor, query).documents)


def _owned(wish: Wish, module: Module) -> Condition | None:
    owner = next((each for each in module.fields if each.type == "owner"), None)
    if owner is None or not wish.owners:
        return None
    return owner.condition(wish.actor, Comparison(owner.name, "in", tuple(wish.owners)))


def _second(moment: object) -> int:
    return int(read_moment(str(moment)).timestamp())
