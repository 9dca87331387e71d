"""From a parsed query to rows: names become fields, comparisons the domain's conditions."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from api.vtiger.errors import VtigerError
from api.vtiger.grammar import All, Comparison, Condition, Select
from api.vtiger.mapping.field import Wire, WireField
from api.vtiger.modules import Module
from api.vtiger.modules.table import fields_by_name
from api.vtiger.records import write_records
from contacts import query
from contacts.access import Actor
from contacts.query import SortKey, all_of, search, sorted_by

Fields = Mapping[str, WireField]


def run(
    actor: Actor, module: Module, select: Select, extra: query.Condition | None = None
) -> list[Wire]:
    """Return the rows of a query, or their number; ``extra`` narrows it further.

    Raises VtigerError for names that are none.
    """
    fields = fields_by_name(module.fields_for(actor))
    shown = _columns(fields, select)
    condition = all_of(module.scope(actor), extra, resolved(actor, fields, select.condition))
    if select.is_count:
        return [{"count": str(module.count(actor, module.asked(condition, limit=0)))}]
    page = search(
        actor,
        module.asked(
            condition,
            sort=_order(actor, module, fields, select),
            offset=select.offset,
            limit=page_size(select.limit),
            total=False,
        ),
    )
    return write_records(actor, shown, page.documents)


def page_size(limit: int | None) -> int:
    """Return how many rows a query may have: what it asks for, up to the setting."""
    most: int = settings.VTIGER_MAX_ROWS
    return most if limit is None else min(limit, most)


def _columns(fields: Fields, select: Select) -> Sequence[WireField]:
    """Return the columns to show: those named and the id, or all."""
    for name in select.columns:
        if name not in fields:
            # The dots are the original's.
            raise _unknown(f"'.{name}.'")
    if not select.columns:
        return list(fields.values())
    names = dict.fromkeys([*select.columns, "id"])
    return [fields[name] for name in names]


def resolved(actor: Actor, fields: Fields, condition: Condition | None) -> query.Condition | None:
    """Return the condition on the domain's fields; raises VtigerError for names that are none."""
    if condition is None:
        return None
    if isinstance(condition, Comparison):
        return _named(fields, condition.name).condition(actor, condition)
    parts = tuple(resolved(actor, fields, part) for part in condition.parts)
    found = tuple(part for part in parts if part is not None)
    return query.And(found) if isinstance(condition, All) else query.Or(found)


def _order(actor: Actor, module: Module, fields: Fields, select: Select) -> tuple[SortKey, ...]:
    named = [_named(fields, name) for name in select.order]
    last = len(named) - 1
    keys = [
        field.sort_key(actor, descending=select.is_descending and place == last)
        for place, field in enumerate(named)
    ]
    found = tuple(key for key in keys if key is not None)
    return found or (sorted_by(actor, "id", kind=module.kind),)


def _named(fields: Fields, name: str) -> WireField:
    if name not in fields:
        raise _unknown(name)
    return fields[name]


def _unknown(name: str) -> VtigerError:
    return VtigerError("ACCESS_DENIED", f"Permission to access {name} attribute denied.")
