"""Show with records what hangs on them: notes, calls, activities and files."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.concord.associations import taking_part
from api.concord.resources import RESOURCES
from api.concord.resources import notes as note_resource
from api.concord.resources.table import Document, Resource, Shown, Wire
from api.concord.views.media import MEDIA_KINDS, written
from contacts.access import Actor
from contacts.query import Condition, Or, Query, all_of, search, where
from contacts.query.attachments import find_attachments

MOST = 1_000
NAMES = ("notes", "calls", "activities")
Owners = Callable[[Document], Sequence[int]]


def with_belongings(
    actor: Actor, resource: Resource, records: list[Wire], asked: frozenset[str]
) -> list[Wire]:
    """Return the records of a page with what is asked for; one search for each kind of it."""
    ids = [int(str(record["id"])) for record in records]
    for name in NAMES:
        if name in asked and name in resource.links and ids:
            found = _found(actor, resource.name, ids, RESOURCES[name])
            for record in records:
                record[name] = found.get(int(str(record["id"])), [])
    if resource.name in MEDIA_KINDS and ids:
        _add_files(actor, resource, records, asked)
    return records


def _add_files(
    actor: Actor, resource: Resource, records: list[Wire], asked: frozenset[str]
) -> None:
    """Show files where they are asked for, and that there are no e-mails."""
    if "media" in asked:
        ids = [int(str(record["id"])) for record in records]
        files = find_attachments(actor, MEDIA_KINDS[resource.name], ids)
        for record, pk in zip(records, ids, strict=True):
            record["media"] = [written(resource, pk, each) for each in files[pk]]
    if "emails" in asked:
        for record in records:
            record["emails"] = []


def _found(
    actor: Actor, owner: str, ids: Sequence[int], other: Resource
) -> Mapping[int, list[Wire]]:
    condition, owners = (
        _notes(actor, owner, ids) if other.name == "notes" else _planned(actor, owner, ids)
    )
    query = Query(other.kind, all_of(other.scope(actor), condition), limit=MOST)
    documents: Sequence[Mapping[str, Any]] = search(actor, query).documents
    grouped: dict[int, list[Wire]] = {pk: [] for pk in ids}
    records = other.write(actor, documents, Shown())
    for document, record in zip(documents, records, strict=True):
        for pk in owners(document):
            if pk in grouped:
                grouped[pk].append(record)
    return grouped


def _notes(actor: Actor, owner: str, ids: Sequence[int]) -> tuple[Condition, Owners]:
    word = note_resource.ABOUT[owner]
    own = where(actor, word, "in", list(ids), kind="note")
    further = where(actor, f"further_{word}s", "has_any", list(ids), kind="note")
    owners = note_resource.deals_of if word == "deal" else note_resource.contacts_of
    return Or((own, further)), owners


def _planned(actor: Actor, owner: str, ids: Sequence[int]) -> tuple[Condition, Owners]:
    if owner == "deals":
        has = where(actor, "deals", "has_any", list(ids), kind="activity")
        return has, lambda document: document.get("deal_ids") or []
    return where(actor, "contacts", "has_any", list(ids), kind="activity"), taking_part
