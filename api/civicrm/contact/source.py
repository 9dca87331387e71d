"""Find contacts: the trash, wildcards, and which fields a list shows."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from django.utils import timezone

from api.base.kept_writing import KeptWriting
from api.civicrm.calls import Asked, Record
from api.civicrm.contact.asking import in_trash, wild
from api.civicrm.contact.circles import within_circle
from api.civicrm.contact.custom import is_reference, name_references
from api.civicrm.contact.documents import flat
from api.civicrm.contact.fields import COMPANIONS, contact_fields
from api.civicrm.contact.forms import Form
from api.civicrm.entity import Entity
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import Tree
from api.civicrm.mapping.fields import Document, Fields, WireField, fields_by_name
from api.civicrm.mapping.formats import Text, whole
from api.civicrm.sources.joining import split_joined
from api.civicrm.sources.records import RecordSource
from api.civicrm.sources.shelves import names_contacts, shelf_of
from contacts.access import Actor
from contacts.query import Condition, Query, count_contacts, find_contacts

# Contacts are in the trash or not; what both filters mean by it.
_TRASH = frozenset({"is_deleted", "contact_is_deleted"})
_SHOW = {"all": None, "trash": True}


@dataclass(frozen=True)
class ContactSource(RecordSource):
    """The contacts."""

    def find(self, actor: Actor, entity: Entity, asked: Asked) -> list[Record]:
        """Return one page of contacts; those that are asked for by id take one statement."""
        asked = _prepared(actor, asked)
        ids = _only_ids(asked)
        own, joined = split_joined(asked.returned)
        if ids is None or joined:
            return RecordSource.find(self, actor, entity, asked)
        found = find_contacts(actor, ids, archived=self.shelf(actor, asked))
        page = sorted(found)[asked.offset : asked.offset + asked.limit]
        return write(
            actor, [found[contact_id] for contact_id in page], replace(asked, returned=own)
        )

    def count(self, actor: Actor, entity: Entity, asked: Asked) -> int:
        """Return how many match."""
        asked = _prepared(actor, asked)
        return count_contacts(actor, self.query(actor, entity, asked))

    def query(self, actor: Actor, entity: Entity, asked: Asked) -> Query:
        """Return the domain's question; leads are in it where contacts are named by their ids."""
        query = RecordSource.query(self, actor, entity, asked)
        return replace(query, stage=None) if asked.of_any_stage else query

    def shelf(self, actor: Actor, asked: Asked) -> bool | None:
        """Return whether the living are looked through, the trash, or both."""
        if asked.is_complete:
            return None
        shelf: bool | None = False
        for each in asked.filters:
            if each.name in _TRASH:
                shelf = shelf_of(each)
            elif each.name == "showAll":
                shelf = _SHOW.get(str(each.operand).lower(), shelf)
        return shelf

    def condition(self, actor: Actor, fields: Fields, asked: Filter) -> Condition | None:
        """Return what one filter means; text with a wildcard is a pattern, but for e-mails."""
        field = fields.get(asked.name)
        if field is not None and isinstance(field.format, Text) and field.name != "email":
            asked = wild(asked)
        return RecordSource.condition(self, actor, fields, asked)

    def nested_one(self, actor: Actor, fields: Fields, asked: Filter) -> Condition | None:
        """Return what one nested filter means: equal text is equal, the trash a value."""
        field = fields.get(asked.name)
        if field is not None and field.name in _TRASH:
            return in_trash(actor, field, asked)
        if field is not None and isinstance(field.format, Text) and asked.operator == "=":
            asked = replace(asked, operator="IN", operand=[asked.operand])
        return self.condition(actor, fields, asked)


def _prepared(actor: Actor, asked: Asked) -> Asked:
    """Return what is asked for with the circle as ids, of which none is named by the call."""
    together = {name for group in asked.groups for name in group}
    alone = tuple(each for each in asked.filters if each.name not in together)
    is_named = asked.of_any_stage or names_contacts(Tree("AND", alone))
    return replace(asked, filters=within_circle(actor, asked), of_any_stage=is_named)


def _only_ids(asked: Asked) -> list[int] | None:
    """Return the ids that are asked for, where nothing else is; None for any other question."""
    filters = [each for each in asked.filters if each.name not in _TRASH]
    if asked.sort or asked.groups or len(filters) != 1 or filters[0].operator not in ("=", "IN"):
        return None
    (only,) = filters
    if only.name not in ("id", "contact_id"):
        return None
    items = only.operand if isinstance(only.operand, list) else [only.operand]
    return [whole(item, only.name) for item in items]


def write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    """Return contacts as lists show them: every field that is wanted, empty or not."""
    fields = contact_fields(actor)
    if asked.is_complete:
        shown = [each for each in fields if each.is_writable or each.name in _COLUMNS]
        names = [(each.name, each) for each in shown if each.path and each.name != "email"]
    else:
        names = [(each.shown_as, each) for each in _wanted(fields, asked)]
    form = Form(names)
    is_hashed = any(name == "hash" for name, _field in names)
    # Ages are those of today.
    manner = (timezone.localdate(), *[(name, field.name) for name, field in names])
    kept = _kept.written(
        actor, manner, documents, lambda each: form.filled(flat(each, is_hashed=is_hashed))
    )
    records = [_copied(record) for record in kept]
    if not asked.is_complete:
        name_references(actor, records, [each.name for _name, each in names if is_reference(each)])
    return records


def _copied(record: Record) -> Record:
    """Return a record of which everything may be changed: it is joined with others, or reduced."""
    copied = record.copy()
    for name, value in record.items():
        if type(value) in (list, dict):
            copied[name] = deepcopy(value)
    return copied


_kept: KeptWriting[Record] = KeptWriting()

# Shown by `create` though nobody writes them.
_COLUMNS = frozenset(
    {
        *("id", "sort_name", "display_name", "created_date", "modified_date"),
        *("contact_sub_type", "hash"),
    }
)


def _wanted(fields: Sequence[WireField], asked: Asked) -> list[WireField]:
    if asked.returned is None:
        return [each for each in fields if each.is_default and each.path]
    known = fields_by_name(fields)
    names = {known[name].name for name in asked.returned if name in known}
    for name in list(names):
        names.update(COMPANIONS.get(name, ()))
    everything = "custom" in asked.returned
    names |= {"contact_id", "id"}
    if not any(each.name in ("id", "contact_id") for each in asked.filters):
        names.add("is_deleted")
    return [
        each
        for each in fields
        if each.path and (each.name in names or (everything and (each.is_default or each.custom)))
    ]


SOURCE = ContactSource("contact", write)
