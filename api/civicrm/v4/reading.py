"""Read records: ``get``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.civicrm.calls import Asked, Record
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import EVERYTHING, Order
from api.civicrm.grammar.trees import Node, Tree, filters_in
from api.civicrm.permissions import require
from api.civicrm.preparing import contact_fields
from api.civicrm.registry import entity_named
from api.civicrm.v4.naming import Named, Naming
from api.civicrm.v4.values import typed, with_suffix
from api.civicrm.v4.where import tree_of
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
    asked = _asked(naming, params, tuple(each.name for each in wanted if not each.primary))
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
    )


def _shelved(entity: Entity, tree: Tree) -> tuple[tuple[Filter, ...], Tree]:
    """Return the filters that choose a shelf, and the rest.

    Contacts in the trash are left out unless the call names ids or asks for the trash.
    """
    if entity.name != "Contact":
        return (), tree
    shelf = [part for part in tree.parts if isinstance(part, Filter) and part.name in _SHELVES]
    rest = Tree("AND", tuple(part for part in tree.parts if part not in shelf))
    if not shelf and any(each.name in ("id", *_SHELVES) for each in filters_in(tree)):
        return (Filter("showAll", "=", "all"),), rest
    return tuple(shelf), rest


def _named(naming: Naming, node: Tree) -> Tree:
    """Return the same conditions under the names of version 3."""

    def renamed(each: Node) -> Node:
        if isinstance(each, Tree):
            return Tree(each.joint, tuple(map(renamed, each.parts)))
        named = naming.named(each.name)
        if not named.primary:
            return Filter(named.name, each.operator, each.operand)
        target = entity_named(named.primary)
        ids = _owners(target, naming.actor, Filter(named.name, each.operator, each.operand))
        return Filter("id", "IN", ids or [0])

    return Tree(node.joint, tuple(map(renamed, node.parts)))


def _owners(target: Entity | None, actor: Actor, asked: Filter) -> list[int]:
    if target is None:
        return []
    question = Asked(
        (Filter("is_primary", "=", 1), asked), limit=EVERYTHING, returned=("contact_id",)
    )
    return [int(row["contact_id"]) for row in target.source.find(actor, target, question)]


def _order(naming: Naming, given: object) -> tuple[Order, ...]:
    if not given:
        return ()
    if not isinstance(given, Mapping):
        raise CiviApiError('Parameter "orderBy" must be a map of fields and directions.', 0)
    return tuple(
        Order(naming.named(str(name)).name, str(direction).upper() == "DESC")
        for name, direction in given.items()
    )


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
    found: list[Named] = []
    for asked in select:
        if asked == "*":
            found += [Named(each.name, each.name) for each in naming.plain_fields()]
        elif asked == "custom.*":
            found += [Named(shown, name) for shown, name in naming.custom.items()]
        elif asked != "row_count":
            found.append(naming.named(asked))
    if found and not any(each.asked == "id" for each in found):
        found.insert(0, Named("id", "id"))
    return found, "row_count" in select


def _shown(naming: Naming, wanted: Sequence[Named], records: Sequence[Record]) -> list[Record]:
    joined = _primary_records(naming, wanted, records)
    shown: list[Record] = []
    for record in records:
        row: Record = {}
        for each in wanted:
            own = joined.get((each.primary, str(record["id"])), {}) if each.primary else record
            row[each.asked] = _value(naming, each, own)
        shown.append(row)
    return shown


def _value(naming: Naming, each: Named, record: Record) -> Any:  # noqa: ANN401 -- JSON
    fields, name = naming.fields, each.name
    if each.primary:
        target = entity_named(each.primary)
        fields = target.by_name(naming.actor) if target else {}
    elif "." in name:
        head, _dot, rest = name.partition(".")
        target = entity_named(fields[head].target)
        inner = target.by_name(naming.actor).get(rest) if target else None
        return typed(record.get(name, ""), inner)
    field = fields.get(name)
    value = record.get(name, record.get(field.shown_as, "") if field else "")
    return with_suffix(value, field, each.suffix) if each.suffix else typed(value, field)


def _primary_records(
    naming: Naming, wanted: Sequence[Named], records: Sequence[Record]
) -> dict[tuple[str, str], Record]:
    """Return the primary records that are asked for, by entity and contact."""
    found: dict[tuple[str, str], Record] = {}
    ids = [int(record["id"]) for record in records]
    for name in dict.fromkeys(each.primary for each in wanted if each.primary):
        target = entity_named(name)
        if target is None or not ids:
            continue
        filters = (Filter("contact_id", "IN", ids), Filter("is_primary", "=", 1))
        rows = target.source.find(
            naming.actor, target, Asked(filters, limit=EVERYTHING, is_complete=True)
        )
        found.update({(name, str(row["contact_id"])): row for row in rows})
    return found
