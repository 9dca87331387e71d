"""EntityTag: which tags are on which contacts and activities.

Its answers have a shape of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from typing import Any

from api.civicrm.actions.writing import listed
from api.civicrm.calls import Asked, Call, Operation, Record, Result
from api.civicrm.contact.formats import several
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import CiviApiError, bad_reference
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import filters_in
from api.civicrm.mapping.conditions import EVERYTHING, NOTHING, each_operand
from api.civicrm.mapping.declaring import points_to, record_id
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import Integer, whole
from api.civicrm.mapping.named import id_in, pointing_to
from api.civicrm.mapping.offering import records
from api.civicrm.mapping.options import meets
from api.civicrm.mapping.tables_named import ACTIVITY_TABLE, CONTACT_TABLE, of_table, table_of
from api.civicrm.permissions import OPEN
from api.civicrm.sources.records import RecordSource, written
from api.civicrm.tying import gathered, with_ends
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.query import Condition, find_contacts, find_record, get_record
from contacts.services.activities import update_activity
from contacts.services.contacts import update_contact
from contacts.services.records import hold, together

# What becomes of a record, from its document.
Change = Callable[[Document], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Carriers:
    """The records of one table that carry tags: how they are read and changed.

    What a change makes of a record is asked while nobody else can change it.
    """

    entity: Entity
    find: Callable[[Actor, int], Document | None]
    update: Callable[[Actor, int, Change], object]


# Ids of links between tags and activities begin here: those of contacts are in another table.
ACTIVITY_TAGS_FROM = 1_000_000_000


class IdOfActivityTag(Integer):
    """The id of a tag on an activity, which is unlike those of tags on contacts."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the id on the wire."""
        return super().written(int(str(value)) + ACTIVITY_TAGS_FROM, field)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means in the table."""
        found = each_operand(asked, lambda item: whole(item, "id") - ACTIVITY_TAGS_FROM)
        return super().condition(actor, kind, field, changed(asked, operand=found))


class TagSource:
    """The tags on the records of the table that is asked for; on contacts if none is."""

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return the records that match, in order."""
        own = _carriers_asked(asked).entity
        return own.source.find(actor, own, asked)

    def count(self, actor: Actor, entity: Entity, asked: Asked) -> int:
        """Return how many match."""
        own = _carriers_asked(asked).entity
        return own.source.count(actor, own, asked)


def _carriers_asked(asked: Asked) -> Carriers:
    nested = filters_in(asked.where) if asked.where else ()
    for each in (*asked.filters, *nested):
        if each.name == "id" and _is_above(each.operand):
            return CARRIERS[ACTIVITY_TABLE]
        if each.name == "entity_table" and meets(each, ACTIVITY_TABLE):
            # A condition that both tables meet is about contacts, as one that says nothing is.
            return CARRIERS[CONTACT_TABLE if meets(each, CONTACT_TABLE) else ACTIVITY_TABLE]
    return CARRIERS[CONTACT_TABLE]


def _is_above(operand: object) -> bool:
    first = operand[0] if isinstance(operand, list) and operand else operand
    text = str(first).strip()
    return text.isdecimal() and len(text) < 19 and int(text) > ACTIVITY_TAGS_FROM


def create(call: Call) -> Result:
    """Put tags on records and say how many are new."""
    return _changed(call, "added", "Unable to add tags")


def delete(call: Call) -> Result:
    """Take tags off records and say how many were there."""
    return _changed(call, "removed", "Unable to remove tags")


def replace(call: Call) -> Result:
    """Give records exactly the tags that are listed; say how many are new and how many went."""
    params = gathered(call.params)
    if params.get("tag_id") in (None, ""):
        tags = [row.get("tag_id") for row in listed(call)]
        params = {**params, "tag_id": None if None in tags else tags}
    carriers = CARRIERS[table_of(params, ACTIVITY_TABLE)]
    record_ids, tag_ids = _ends(changed(call, params=params), may_be_none=True)
    swaps = [_swap(carriers, call.actor, pk, tag_ids) for pk in record_ids]
    added, removed = (sum(each) for each in zip(*swaps, strict=True))
    total = len(record_ids) * len(tag_ids)
    answer = {"is_error": 0, "not_added": total - added, "added": added, "total_count": total}
    return {**answer, "not_removed": 0, "removed": removed} if removed else answer


def _changed(call: Call, word: str, failure: str) -> Result:
    carriers = CARRIERS[table_of(gathered(call.params), ACTIVITY_TABLE)]
    if not call.params.get("entity_table") and _is_above(call.params.get("id")):
        carriers = CARRIERS[ACTIVITY_TABLE]
    is_adding = word == "added"
    if not is_adding:
        call = _with_all_tags(call, carriers)
    record_ids, tag_ids = _ends(call)
    done = sum(_change(carriers, call.actor, pk, tag_ids, is_adding=is_adding) for pk in record_ids)
    return _answer(word, done, len(record_ids) * len(tag_ids), failure)


def _with_all_tags(call: Call, carriers: Carriers) -> Call:
    """Return the call with all tags of the first record where it names none, as upstream."""
    params = gathered(call.params)
    named = several(params.get("contact_id") or params.get("entity_id") or [])
    if params.get("tag_id") or params.get("id") or not named:
        return call
    found = carriers.find(call.actor, whole(named[0], "contact_id"))
    tags = list(found.get("tags", ())) if found else []
    return changed(call, params={**call.params, "tag_id": tags}) if tags else call


def _swap(
    carriers: Carriers, actor: Actor, record_id: int, tag_ids: Sequence[int]
) -> tuple[int, int]:
    """Give one record these tags and no others; return how many are new and how many went."""
    before = carriers.find(actor, record_id)
    if before is None:
        return 0, 0
    has, wanted = set(before.get("tags", [])), set(tag_ids)
    if has != wanted:
        carriers.update(actor, record_id, lambda _before: {"tags": list(tag_ids)})
    return len(wanted - has), len(has - wanted)


def _answer(word: str, done: int, total: int, failure: str) -> Result:
    counts: Record = {f"not_{word}": total - done, word: done, "total_count": total}
    if done:
        return {"is_error": 0, **counts}
    return {"is_error": 1, **counts, "error_message": failure}


def ends_of(call: Call) -> tuple[list[int], list[int]]:
    """Return the contacts and the tags that a call names; raises CiviApiError."""
    table_of(gathered(call.params))
    return _ends(call)


def _ends(call: Call, *, may_be_none: bool = False) -> tuple[list[int], list[int]]:
    """Return the records and the tags that a call names; raises CiviApiError.

    Only where it `may_be_none` is an empty list of tags one.
    """
    params = gathered(call.params)
    if params.get("id") and not params.get("tag_id") and not may_be_none:
        params = with_ends(call, ("entity_id", "tag_id", "entity_table"))
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


def _change(
    carriers: Carriers, actor: Actor, record_id: int, tag_ids: Sequence[int], *, is_adding: bool
) -> int:
    """Change the tags of one record and return how many changed."""
    before = carriers.find(actor, record_id)
    if before is None or not _turned(before, tag_ids, is_adding=is_adding):
        return 0
    turned: list[int] = []

    def change(document: Document) -> dict[str, Any]:
        has: list[int] = document.get("tags", [])
        turned[:] = _turned(document, tag_ids, is_adding=is_adding)
        return {"tags": [*has, *turned] if is_adding else [pk for pk in has if pk not in turned]}

    try:
        carriers.update(actor, record_id, change)
    except NotFoundError:
        return 0
    return len(turned)


def _turned(document: Document, tag_ids: Sequence[int], *, is_adding: bool) -> list[int]:
    has = document.get("tags", [])
    return [pk for pk in tag_ids if (pk in has) != is_adding]


def _table(table: str, kind: str, key: str, entity: str) -> Entity:
    """Return the entity as the records of one table have it."""

    def write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
        shown = [{**document, "entity_table": table} for document in documents]
        return written(CARRIERS[table].entity, actor, shown, asked)

    is_of_contacts = table == CONTACT_TABLE
    own_id = record_id("Entity Tag ID")
    if not is_of_contacts:
        own_id = changed(own_id, format=IdOfActivityTag())
    aliases = ("contact_id",) if is_of_contacts else ()
    return Entity(
        name="EntityTag",
        source=RecordSource(kind, write),
        fields=fixed(
            own_id,
            of_table(ACTIVITY_TABLE, ask=lambda _actor, _field, asked: _meant(asked, table)),
            points_to(entity, "entity_id", "Entity ID", key, is_required=True, aliases=aliases),
            points_to(
                "Tag",
                "tag_id",
                "Tag ID",
                "tag",
                is_required=True,
                ask=pointing_to(reference.tags, kind, "tag"),
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


def _meant(asked: Filter, table: str) -> Condition:
    return EVERYTHING if meets(asked, table) else NOTHING


def _find_contact(actor: Actor, contact_id: int) -> Document | None:
    return find_contacts(actor, [contact_id]).get(contact_id)


def _find_activity(actor: Actor, activity_id: int) -> Document | None:
    return find_record(actor, "activity", activity_id)


def _update_activity(actor: Actor, activity_id: int, change: Change) -> None:
    with together():
        hold(actor, "activity", activity_id)
        update_activity(actor, activity_id, change(get_record(actor, "activity", activity_id)))


CARRIERS: Mapping[str, Carriers] = {
    CONTACT_TABLE: Carriers(
        _table(CONTACT_TABLE, "contact_tag", "contact", "Contact"),
        _find_contact,
        update_contact,
    ),
    ACTIVITY_TABLE: Carriers(
        _table(ACTIVITY_TABLE, "activity_tag", "activity", "Activity"),
        _find_activity,
        _update_activity,
    ),
}

ENTITIES = (changed(CARRIERS[CONTACT_TABLE].entity, source=TagSource()),)
