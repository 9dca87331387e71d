"""Records that belong to others: which there are, reading them, adding to them."""

from collections.abc import Sequence

from api.vtiger.calls import body_of, text_of
from api.vtiger.errors import VtigerError
from api.vtiger.grammar import Select, module_name_in, read_query
from api.vtiger.mapping.field import Wire
from api.vtiger.modules import get_module
from api.vtiger.modules.relations import RELATIONS, Relation
from api.vtiger.querying import page_size, run
from api.vtiger.records import Found, find_by_id
from api.vtiger.registry import Context, vtiger_operation
from contacts.services.one_change import one_change

# No pages have longer numbers.
MOST_DIGITS = 10


@vtiger_operation("relatedtypes", params=[("elementType", "string", "name")])
def relatedtypes(ctx: Context, name: str) -> Wire:
    """List the relations of a module under their labels."""
    module = get_module(ctx.actor, name)
    relations = RELATIONS.get(module.name, ())
    return {
        "types": [relation.module for relation in relations],
        "information": {
            relation.label: {
                "name": relation.module,
                # The relation's own name, in no language: it is what the other operations take.
                "label": relation.label,
                "isEntity": "1",
            }
            for relation in relations
        },
    }


@vtiger_operation(
    "retrieve_related",
    params=[
        ("id", "string", "source_id"),
        ("relatedType", "string", "name"),
        ("relatedLabel", "string", "label"),
        ("page", "string"),
    ],
)
def retrieve_related(ctx: Context, source_id: str, name: str, label: str, page: str) -> list[Wire]:
    """Return the related records, as many as a query may have: the first, or those of a page.

    Clients that number pages ask until one is not full.
    """
    source = find_by_id(ctx.actor, source_id)
    relation = _relation(source, label or name)
    if name and name != relation.module:
        raise _no_relation()
    before = int(page) - 1 if page.isascii() and page.isdecimal() and len(page) < MOST_DIGITS else 0
    return _rows(
        ctx, source, relation, Select(relation.module, offset=max(0, before) * page_size(None))
    )


@vtiger_operation(
    "query_related",
    params=[
        ("query", "string", "text"),
        ("id", "string", "source_id"),
        ("relatedLabel", "string", "label"),
    ],
)
def query_related(ctx: Context, text: str, source_id: str, label: str) -> list[Wire]:
    """Return those of the related records that a query asks for."""
    source = find_by_id(ctx.actor, source_id)
    relation = _relation(source, label)
    if module_name_in(text) != relation.module:
        raise _no_relation()
    return _rows(ctx, source, relation, read_query(text))


@vtiger_operation(
    "add_related",
    method="POST",
    params=[
        ("sourceRecordId", "string", "source_id"),
        ("relatedRecordId", "string", "related_id"),
        ("relationIdLabel", "string", "label"),
    ],
)
def add_related(ctx: Context, source_id: str, related_id: str, label: str) -> Wire:
    """Tie records to another one."""
    source = find_by_id(ctx.actor, source_id)
    # A label that is none is refused before any id.
    relation = _relation(source, label) if label else None
    # Several come as a list, which is no text.
    sent = body_of(ctx.request).get("relatedRecordId")
    texts: Sequence[object] = sent if isinstance(sent, list) else [related_id]
    related = [find_by_id(ctx.actor, text_of(text)) for text in texts]
    if relation is None:
        relation = _relation_with(source, related)
    if relation.tie is None or any(each.module.name != relation.module for each in related):
        raise VtigerError("FAILED_TO_CREATE_RELATION", "The records cannot be related so")
    with one_change():
        for each in related:
            relation.tie(ctx.actor, source.record_id, each.record_id)
    return {"message": "successfull"}


def _rows(ctx: Context, source: Found, relation: Relation, select: Select) -> list[Wire]:
    belonging = relation.belonging(ctx.actor, source.document)
    return run(ctx.actor, get_module(ctx.actor, relation.module), select, extra=belonging)


def _relation(source: Found, label: str) -> Relation:
    relations = RELATIONS.get(source.module.name, ())
    found = next((relation for relation in relations if relation.label == label), None)
    if found is None:
        raise _no_relation()
    return found


def _relation_with(source: Found, related: Sequence[Found]) -> Relation:
    """Return the relation that clients mean who send no label: the one with that module."""
    names = {each.module.name for each in related}
    relations = RELATIONS.get(source.module.name, ())
    found = next((each for each in relations if {each.module} == names and each.tie), None)
    if found is None:
        raise _no_relation()
    return found


def _no_relation() -> VtigerError:
    return VtigerError("UNKOWN_ENTITY", "Relation specified is incorrect")
