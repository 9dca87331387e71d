"""EntityTag: which tags are on which contacts. Its answers have a shape of their own."""

from collections.abc import Sequence
from dataclasses import replace as changed
from typing import Any

from api.civicrm.actions.writing import listed
from api.civicrm.calls import Asked, Call, Operation, Record, Result
from api.civicrm.contact.formats import several
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import CiviApiError, bad_reference
from api.civicrm.mapping.declaring import points_to, record_id
from api.civicrm.mapping.fields import Document
from api.civicrm.mapping.formats import whole
from api.civicrm.mapping.named import id_in, pointing_to
from api.civicrm.mapping.offering import records
from api.civicrm.mapping.tables_named import CONTACT_TABLE, of_contacts, require_contacts
from api.civicrm.permissions import OPEN
from api.civicrm.sources.records import RecordSource, written
from api.civicrm.tying import gathered, with_ends
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.query import find_contacts
from contacts.services.contacts import update_contact


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [{**document, "entity_table": CONTACT_TABLE} for document in documents]
    return written(ENTITY_TAG, actor, shown, asked)


def create(call: Call) -> Result:
    """Put tags on contacts and say how many are new."""
    contact_ids, tag_ids = ends_of(call)
    added = sum(_change(call.actor, pk, tag_ids, is_adding=True) for pk in contact_ids)
    return _answer("added", added, len(contact_ids) * len(tag_ids), "Unable to add tags")


def delete(call: Call) -> Result:
    """Take tags off contacts and say how many were there."""
    contact_ids, tag_ids = ends_of(call)
    removed = sum(_change(call.actor, pk, tag_ids, is_adding=False) for pk in contact_ids)
    return _answer("removed", removed, len(contact_ids) * len(tag_ids), "Unable to remove tags")


def replace(call: Call) -> Result:
    """Give contacts exactly the tags that are listed; say how many are new and how many went."""
    params = gathered(call.params)
    if params.get("tag_id") in (None, ""):
        tags = [row.get("tag_id") for row in listed(call)]
        params = {**params, "tag_id": None if None in tags else tags}
    contact_ids, tag_ids = ends_of(changed(call, params=params), may_be_none=True)
    swaps = [_swap(call.actor, pk, tag_ids) for pk in contact_ids]
    added, removed = (sum(each) for each in zip(*swaps, strict=True))
    total = len(contact_ids) * len(tag_ids)
    answer = {"is_error": 0, "not_added": total - added, "added": added, "total_count": total}
    return {**answer, "not_removed": 0, "removed": removed} if removed else answer


def _swap(actor: Actor, contact_id: int, tag_ids: Sequence[int]) -> tuple[int, int]:
    """Give one contact these tags and no others; return how many are new and how many went."""
    before = find_contacts(actor, [contact_id]).get(contact_id)
    if before is None:
        return 0, 0
    has, wanted = _tags_in(before), set(tag_ids)
    if has != wanted:
        update_contact(actor, contact_id, {"tags": list(tag_ids)})
    return len(wanted - has), len(has - wanted)


def _tags_in(document: Document) -> set[int]:
    return set(document.get("tags", []))


def _answer(word: str, done: int, total: int, failure: str) -> Result:
    counts: Record = {f"not_{word}": total - done, word: done, "total_count": total}
    if done:
        return {"is_error": 0, **counts}
    return {"is_error": 1, **counts, "error_message": failure}


def ends_of(call: Call, *, may_be_none: bool = False) -> tuple[list[int], list[int]]:
    """Return the contacts and the tags that a call names; raises CiviApiError.

    Only where it `may_be_none` is an empty list of tags one.
    """
    params = gathered(call.params)
    require_contacts(params)
    if params.get("id") and not params.get("tag_id") and not may_be_none:
        params = with_ends(call, ("entity_id", "tag_id"))
    contacts = params.get("contact_id") or params.get("entity_id")
    if not contacts:
        raise CiviApiError("contact_id is a required field")
    tags = params.get("tag_id")
    if tags in (None, "") or (tags == [] and not may_be_none):
        raise CiviApiError("tag_id is a required field")
    contact_ids = [whole(item, "contact_id") for item in several(contacts)]
    if not contact_ids:
        raise CiviApiError("contact_id is a required field")
    tag_ids = [id_in(reference.tags(), item, "tag_id") for item in several(tags)]
    unknown = next((pk for pk in tag_ids if pk not in reference.tags().by_id), None)
    if unknown is not None:
        raise bad_reference("tag_id", unknown)
    return list(dict.fromkeys(contact_ids)), list(dict.fromkeys(tag_ids))


def _change(actor: Actor, contact_id: int, tag_ids: Sequence[int], *, is_adding: bool) -> int:
    """Change the tags of one contact and return how many changed."""
    changed: list[int] = []

    def change(document: Document) -> dict[str, Any]:
        has: list[int] = document.get("tags", [])
        changed.extend(pk for pk in tag_ids if (pk in has) != is_adding)
        if is_adding:
            return {"tags": [*has, *changed]}
        return {"tags": [pk for pk in has if pk not in changed]}

    before = find_contacts(actor, [contact_id]).get(contact_id)
    if before is None or not change(before) or not changed:
        return 0
    changed.clear()
    try:
        update_contact(actor, contact_id, change)
    except NotFoundError:
        return 0
    return len(changed)


ENTITY_TAG = Entity(
    name="EntityTag",
    source=RecordSource("contact_tag", _write),
    fields=fixed(
        record_id("Entity Tag ID"),
        of_contacts(),
        points_to(
            "Contact",
            "entity_id",
            "Entity ID",
            "contact",
            is_required=True,
            aliases=("contact_id",),
        ),
        points_to(
            "Tag",
            "tag_id",
            "Tag ID",
            "tag",
            is_required=True,
            ask=pointing_to(reference.tags, "contact_tag", "tag"),
            offers=records(reference.tags),
        ),
    ),
    permissions=OPEN,
    actions={
        "create": Operation(create),
        "delete": Operation(delete),
        "replace": Operation(replace),
    },
    hidden_actions=frozenset({"setvalue", "update"}),
)

ENTITIES = (ENTITY_TAG,)
