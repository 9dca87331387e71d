"""Read records: ``get``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.civicrm.calls import Asked, Record
from api.civicrm.contact.custom import is_reference
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING, Order
from api.civicrm.grammar.trees import Node, Tree, filters_in
from api.civicrm.mapping.fields import WireField
from api.civicrm.permissions import require
from api.civicrm.preparing import contact_fields
from api.civicrm.registry import entity_named
from api.civicrm.sources.shelves import names_contacts
from api.civicrm.v4 import choices
from api.civicrm.v4.naming import PLACES, Named, Naming, Place
from api.civicrm.v4.values import typed
from api.civicrm.v4.where import as_pattern, tree_of
from contacts.access import Actor

Params = Mapping[str, Any]  # JSON

PAGING = ("orderBy", "limit", "offset")
# Filters that say on which shelf to look; they work at the top of `where`.
_SHELVES = frozenset({"is_deleted"})


@dataclass(frozen=True, slots=True)
class Found:
    """Records with the number of all that match, where that was asked for."""

    records: list[Record]
    matched: int | None = None


def get(entity: Entity, params: Params, actor: Actor) -> Found:
    """Return the records that match; raises CiviApiError."""
    require(actor, entity.name, "get", entity.permissions.get)
    naming = Naming(entity, actor)
    wanted, counts = _selected(naming, params.get("select"))
    asked = _asked(naming, params, tuple(each.name for each in wanted if not each.place))
    records = [] if wanted == [] and counts else entity.source.find(actor, entity, asked)
    shown = _shown(naming, wanted, records)
    return Found(shown, entity.source.count(actor, entity, asked) if counts else None)


def ids_of(entity: Entity, where: object, actor: Actor, *, page: Params | None = None) -> list[int]:
    """Return the ids of the records that match, in order; ``page`` may hold order and limits."""
    paging = {name: page[name] for name in PAGING if name in page} if page else {}
    found = get(entity, {"where": where, "select": ["id"], **paging}, actor)
    return [record["id"] for record in found.records]


def _asked(naming: Naming, params: Params, names: Sequence[str]) -> Asked:
    entity, actor = naming.entity, naming.actor
    tree = tree_of(params.get("where") or [], contact_fields(entity, actor), actor)
    filters, where = _shelved(entity, tree)
    return Asked(
        filters=filters,
        sort=_order(naming, params.get("orderBy")),
        offset=whole(params.get("offset"), "offset"),
        limit=whole(params.get("limit"), "limit") or EVERYTHING,
        returned=tuple(dict.fromkeys(("id", *names))),
        where=_named(naming, where),
        of_any_stage=entity.name == "Contact" and names_contacts(tree),
    )


def _shelved(entity: Entity, tree: Tree) -> tuple[tuple[Filter, ...], Tree]:
    """Return the filters that choose a shelf, and the rest.

    Contacts in the trash are left out unless the call names ids or asks for the trash.
    """
    if entity.name != "Contact":
        return (), tree
    shelf = [part for part in tree.parts if isinstance(part, Filter) and _is_shelf(part)]
    rest = Tree("AND", tuple(part for part in tree.parts if part not in shelf))
    if not shelf and any(each.name in ("id", *_SHELVES) for each in filters_in(tree)):
        return (Filter("showAll", "=", "all"),), rest
    return tuple(shelf), rest


def _is_shelf(asked: Filter) -> bool:
    return asked.name in _SHELVES and asked.operator == "="


def _named(naming: Naming, node: Tree) -> Tree:
    """Return the same conditions under the names of version 3."""

    def renamed(each: Node) -> Node:
        if isinstance(each, Tree):
            return Tree(each.joint, tuple(map(renamed, each.parts)))
        named = naming.named(each.name)
        asked = _asked_by_id(naming, named, each)
        if not named.place:
            return asked
        # What does not hang on a contact has no value either.
        is_lacking = asked.operator == "IS NULL"
        looked = replace(asked, operator="IS NOT NULL") if is_lacking else asked
        ids = _owners(PLACES[named.place], naming.actor, looked)
        return Filter("id", "NOT IN" if is_lacking else "IN", ids or [0])

    return Tree(node.joint, tuple(map(renamed, node.parts)))


def _asked_by_id(naming: Naming, named: Named, each: Filter) -> Filter:
    """Return a filter under the name of version 3, on the id of a choice and not on its name."""
    field, operand = naming.field_of(named), each.operand
    if named.suffix and field is not None and each.operator not in _ALONE:
        operand = choices.read(operand, field, named.suffix, naming.actor)
    asked = Filter(named.name, each.operator, operand)
    if each.operator != "CONTAINS":
        return asked
    return replace(asked, operator="=") if _holds_several(field) else as_pattern(asked)


def _holds_several(field: WireField | None) -> bool:
    if field is None:
        return False
    is_several = field.custom is not None and field.custom["html_type"] == "Multi-Select"
    return field.format.is_list or is_several


_ALONE = frozenset({"IS NULL", "IS NOT NULL"})


def _owners(place: Place, actor: Actor, asked: Filter) -> list[int]:
    target = entity_named(place.entity)
    if target is None:
        return []
    question = Asked(
        (Filter(place.mark, "=", 1), asked), limit=EVERYTHING, returned=("contact_id",)
    )
    return [int(row["contact_id"]) for row in target.source.find(actor, target, question)]


def _order(naming: Naming, given: object) -> tuple[Order, ...]:
    return tuple(Order(naming.named(name).name, way) for name, way in orders_of(given))


def orders_of(given: object) -> Iterator[tuple[str, bool]]:
    """Yield the names of ``orderBy``, each with whether it goes down; raises CiviApiError."""
    if given and not isinstance(given, Mapping):
        raise CiviApiError('Parameter "orderBy" must be a map of fields and directions.', 0)
    for name, way in given.items() if isinstance(given, Mapping) else ():
        yield str(name), is_descending(name, way)


def is_descending(name: object, direction: object) -> bool:
    """Say which way an order goes; raises CiviApiError for a direction that is none."""
    way = str(direction).upper()
    if way not in ("ASC", "DESC"):
        raise CiviApiError(f"Invalid sort direction. Cannot order by {name} {direction}", 0)
    return way == "DESC"


def whole(value: object, name: str) -> int:
    """Return a limit or offset, 0 where nothing is said; raises CiviApiError."""
    if value is None or value == "":
        return 0
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise CiviApiError(f'Parameter "{name}" must be a whole number.', 0)
    return min(value, EVERYTHING)


def _selected(naming: Naming, select: object) -> tuple[list[Named], bool]:
    """Return the names to show, and whether the number of all matches is wanted."""
    if select in (None, "", []):
        select = ["*"]
    if not isinstance(select, list) or not all(isinstance(each, str) for each in select):
        raise CiviApiError('Parameter "select" must be a list of names.', 0)
    wanted: list[str] = []
    for asked in select:
        wanted += naming.matching(asked) if "*" in asked else [asked]
    # A name that is no field is left out of the answer, as the original does.
    found = [naming.named(each) for each in dict.fromkeys(wanted) if naming.has(each)]
    if select != ["row_count"] and not any(each.asked == "id" for each in found):
        found.insert(0, Named("id", "id"))
    return found, "row_count" in select


def _shown(naming: Naming, wanted: Sequence[Named], records: Sequence[Record]) -> list[Record]:
    joined = _records_beside(naming, wanted, records)
    shown: list[Record] = []
    for record in records:
        row: Record = {}
        for each in wanted:
            own = joined.get((each.place, str(record["id"])), {}) if each.place else record
            row[each.asked] = _value(naming, each, own)
        shown.append(row)
    return shown


def _value(naming: Naming, each: Named, record: Record) -> Any:  # noqa: ANN401 -- JSON
    field, name = naming.field_of(each), each.name
    if field is not None and is_reference(field) and f"{name}_id" in record:
        # Version 3 shows the name of such a contact, and its id beside.
        name = f"{name}_id"
    # What is asked of another record is never one of the record's own fields of that name.
    own = record.get(field.shown_as, "") if field and "." not in name else ""
    value = choices.listed(record.get(name, own), field) if field else record.get(name, own)
    if each.suffix and field is not None:
        return choices.side_of(value, field, each.suffix, naming.actor)
    return typed(value, field)


def _records_beside(
    naming: Naming, wanted: Sequence[Named], records: Sequence[Record]
) -> dict[tuple[str, str], Record]:
    """Return what hangs on the contacts and is asked for, by head of the name and contact."""
    found: dict[tuple[str, str], Record] = {}
    ids = [int(record["id"]) for record in records]
    for name in dict.fromkeys(each.place for each in wanted if each.place):
        target = entity_named(PLACES[name].entity)
        if target is None or not ids:
            continue
        filters = (Filter("contact_id", "IN", ids), Filter(PLACES[name].mark, "=", 1))
        names = ("contact_id", *(each.name for each in wanted if each.place == name))
        question = Asked(filters, limit=EVERYTHING, returned=names)
        rows = target.source.find(naming.actor, target, question)
        found.update({(name, str(row["contact_id"])): row for row in rows})
    return found
