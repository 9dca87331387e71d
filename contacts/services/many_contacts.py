"""Change what hangs on many contacts, with their derived data and an entry for each."""

from collections.abc import Callable, Iterable, Sequence

import orjson

from contacts import history, index
from contacts.access import Actor
from contacts.models import ContactDocument

BATCH = 1_000


def change_many(
    actor: Actor, contact_ids: Iterable[int], change: Callable[[list[int]], object]
) -> None:
    """Call `change` with a thousand ids at a time and record what became of each contact.

    Within the caller's transaction; rights are the caller's matter.
    """
    ids = sorted(set(contact_ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        before = _documents(batch)
        change(batch)
        after = index.refresh(batch)
        entries = [(pk, "updated", before[pk], after[pk]) for pk in batch]
        changed = [entry for entry in entries if any(history.difference(entry[2], entry[3]))]
        history.record_many(actor, "contact", changed)


def refresh_many(contact_ids: Iterable[int]) -> None:
    """Write the derived data of many contacts anew, a thousand at a time."""
    ids = sorted(set(contact_ids))
    for start in range(0, len(ids), BATCH):
        index.refresh(ids[start : start + BATCH])


def _documents(ids: Sequence[int]) -> dict[int, index.Document]:
    rows = ContactDocument.objects.filter(contact_id__in=ids).values_list("contact_id", "body")
    return {pk: orjson.loads(body) for pk, body in rows}
