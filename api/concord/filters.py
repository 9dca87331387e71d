"""Turn the parameters of a list into a query of the domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.concord import grammar, rulesets
from api.concord.associations import KINDS
from api.concord.errors import BadListError, NoSearchFieldError
from api.concord.grammar import Search
from api.concord.mapping import rules
from api.concord.mapping.contacts import ZERO
from api.concord.mapping.orders import plain_name
from api.concord.mapping.rules import NOTHING, Rule
from api.concord.resources.table import Resource
from contacts.access import Actor
from contacts.errors import BadValueError
from contacts.query import (
    And,
    Condition,
    Or,
    Page,
    Query,
    SortKey,
    all_of,
    search,
    sorted_by,
    where,
)

PER_PAGE = 15
MOST_PER_PAGE = 1_000
# A bare array has no pages; nobody reads more at once.
MOST_FOUND = 10_000
# Filled whatever is selected.
ALWAYS = ("id", "display_name", "path")

# What stands in tables of its own is read whatever is selected.
STAYING = frozenset(
    {
        *("authorizations", "was_recently_created", "timeline_subject_key", "media", "actions"),
        *("tags", "phones", "companies", "contacts", "deals", "notes", "calls", "activities"),
        *("stages", "guests"),
    }
)

Wire = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """A list request: the query, and what of each record is shown."""

    query: Query
    number: int
    extra: frozenset[str]
    selected: Sequence[str] = field(default_factory=tuple)


def asked_of(
    actor: Actor,
    resource: Resource,
    params: Mapping[str, Any],
    *,
    within: Condition | None = None,
    archived: bool = False,
) -> Asked:
    """Return the list that the parameters ask for; ``within`` narrows it."""
    known = rules_of(actor, resource)
    per_page = grammar.whole_number(params.get("per_page"), PER_PAGE)
    number = grammar.whole_number(params.get("page"), 1)
    limit = min(per_page, MOST_PER_PAGE)
    wanted = grammar.search_of(params)
    condition = all_of(
        resource.scope(actor),
        within,
        rulesets.condition_of(actor, known, params.get("filters")),
        _searched(actor, known, wanted) if wanted else None,
        _since(actor, resource, params),
    )
    query = Query(
        resource.kind,
        condition,
        sort=_sorted(actor, resource, known, params),
        offset=(number - 1) * limit,
        limit=limit,
        archived=archived,
    )
    return Asked(query, number, _extra(params), tuple(grammar.names_of(params.get("select"))))


def found_of(actor: Actor, asked: Asked, *, take: int | None) -> Page:
    """Return everything that is found, at most ``take`` records."""
    limit = min(take or MOST_FOUND, MOST_FOUND)
    query = asked.query
    return search(
        actor,
        Query(query.kind, query.condition, sort=query.sort, limit=limit, archived=query.archived),
    )


def reduced(
    actor: Actor, resource: Resource, records: list[Wire], selected: Sequence[str]
) -> list[Wire]:
    """Return records in which what was not selected is null; raises BadListError.

    Keys stay, and so do counts, lists and what is derived.
    """
    if not selected:
        return records
    names = [name.removeprefix(f"{resource.name}.") for name in selected]
    known = {*rules_of(actor, resource), *ALWAYS, *(records[0] if records else ())}
    for name in names:
        if name not in known and not resource.writes(name):
            raise BadListError(f"Unknown field: {name[:100]}.")
    kept = {*ALWAYS, *names}
    kept |= {name.removesuffix("_id") for name in names if name.endswith("_id")}
    return [
        {key: value if _stays(key, kept) else None for key, value in record.items()}
        for record in records
    ]


def _stays(key: str, kept: set[str]) -> bool:
    return key in kept or key.endswith("_count") or key in STAYING


def rules_of(actor: Actor, resource: Resource) -> dict[str, Rule]:
    """Return everything that a list can be searched, filtered and ordered by, by name."""
    if resource.kind not in ("contact", "deal", "product"):
        return dict(resource.rules)
    own = rules.custom(actor, resource.kind, KINDS.get(resource.name, ()))
    last = {name: rule for name, rule in resource.rules.items() if name == "full_name"}
    first = {name: rule for name, rule in resource.rules.items() if name not in last}
    return {**first, **own, **last}


def _extra(params: Mapping[str, Any]) -> frozenset[str]:
    names = grammar.names_of(params.get("with"))
    return frozenset(name.partition(".")[0] for name in names)


def _sorted(
    actor: Actor, resource: Resource, known: Mapping[str, Rule], params: Mapping[str, Any]
) -> tuple[SortKey, ...]:
    orders = grammar.orders_of(params) or grammar.orders_of({"order": resource.order})
    keys = []
    for order in orders:
        name = plain_name(order.name, resource.name)
        if name in ZERO and not order.bad_direction:
            # The same everywhere.
            continue
        rule = known.get(name)
        if order.bad_direction or rule is None or not rule.order:
            raise BadListError(f"Cannot order by: {(order.bad_direction or name)[:100]}.")
        keys.append(sorted_by(actor, rule.order, kind=resource.kind, descending=order.descending))
    return tuple(keys) or (sorted_by(actor, "id", kind=resource.kind),)


def _since(actor: Actor, resource: Resource, params: Mapping[str, Any]) -> Condition | None:
    since = params.get("updated_since")
    if since in (None, "") or "updated_at" not in resource.rules:
        return None
    try:
        return where(actor, "updated_at", "ge", since, kind=resource.kind)
    except BadValueError:
        raise BadListError("Cannot filter by updated_since.") from None


def _searched(actor: Actor, known: Mapping[str, Rule], wanted: Search) -> Condition:
    """Return the condition of a search; raises NoSearchFieldError, BadListError."""
    usable = {name: (rule, "") for name, rule in known.items() if rule.is_default}
    if wanted.fields is not None:
        usable = {
            name: (known[name], operator) for name, operator in wanted.fields if name in known
        }
        if not usable:
            raise NoSearchFieldError([name for name, rule in known.items() if rule.is_default])
    # What is only ordered by is no field to search in.
    values = {
        name: value
        for name, value in wanted.pairs.items()
        if name in usable or (name in known and known[name].is_default)
    }
    if values and not values.keys() & usable.keys():
        raise BadListError("Invalid search fields.")
    # A colon in a text that names no field is part of the text.
    found = [
        rule.condition(actor, operator, values[name] if values else wanted.text)
        for name, (rule, operator) in usable.items()
        if not values or name in values
    ]
    parts = tuple(part for part in found if part is not None)
    if not parts:
        return NOTHING
    return And(parts) if wanted.match_all else Or(parts)
