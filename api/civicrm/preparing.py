"""Make a call ready: its entity is found, its options are read, its contact ids are numbers."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from api.civicrm.calls import Asked, Call
from api.civicrm.contact_ids import resolved
from api.civicrm.entity import Entity
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import BadListError, Filter, filters_of
from api.civicrm.grammar.options import is_reserved, options_of, require_given
from api.civicrm.registry import entity_named
from contacts.access import Actor

VERSIONS = (None, 3, "3", "")
MAX_DOTS = 4


def prepared(
    entity: Entity, action: str, params: Mapping[str, Any], actor: Actor, *, depth: int = 0
) -> Call:
    """Return the call; raises CiviApiError."""
    if params.get("version") not in VERSIONS:
        raise CiviApiError("Unknown api version", 2000)
    names = contact_fields(entity, actor)
    # Deeper names are refused where the filters are read.
    dotted = (name for name in params if 0 < name.count(".") <= MAX_DOTS)
    names |= {name for name in dotted if _names_contact(entity, name, actor)}
    ready = resolved(_with_id(entity, params, actor), names, actor)
    if _is_map(ready.get("filters")):
        ready["filters"] = resolved(ready["filters"], names, actor)
    return Call(entity, action, ready, actor, options_of(ready), depth)


def _with_id(entity: Entity, params: Mapping[str, Any], actor: Actor) -> Mapping[str, Any]:
    """Return parameters with the id that they give by its longer name, as in ``email_id``."""
    given = params.get(entity.id_alias)
    if given is None or params.get("id") is not None:
        return params
    fields = entity.by_name(actor)
    if "id" not in fields or entity.id_alias in fields:
        return params
    others = {name: value for name, value in params.items() if name != entity.id_alias}
    return {**others, "id": given}


def contact_fields(entity: Entity, actor: Actor) -> frozenset[str]:
    """Return the parameters of an entity that name contacts."""
    found = {"contact_id"}
    for field in entity.fields(actor):
        if field.target == "Contact":
            found.update(field.names)
    if entity.name == "Contact":
        found |= {"id", "primary_contact_id", "to_keep_id", "to_remove_id", "main_id", "other_id"}
    return frozenset(found)


def _names_contact(entity: Entity, name: str, actor: Actor) -> bool:
    """Say whether a name that goes through other records ends at the id of a contact."""
    head, _, rest = name.partition(".")
    if not rest or rest.isdecimal():
        return head in contact_fields(entity, actor)
    field = entity.by_name(actor).get(head)
    target = entity_named(field.target) if field and field.target else None
    return target is not None and _names_contact(target, rest, actor)


def filters_in(call: Call) -> list[Filter]:
    """Return the filters of a call: everything that is no parameter about the call itself."""
    found: list[Filter] = []
    for name, value in _named(call):
        if is_reserved(name):
            continue
        require_short(name)
        if _is_known(call, name):
            field = call.entity.by_name(call.actor).get(name)
            ticked = _ticked(value) if field and field.is_ticked else None
            found.extend(_filters(call.entity, name, value if ticked is None else ticked))
    return found


def _ticked(value: object) -> list[str] | None:
    """Return the keys of a map in which all that is asked for is 1, or None for anything else."""
    if not _is_map(value) or not value or any(str(each) != "1" for each in value.values()):
        return None
    # PHP numbers its lists from 0: that is no id.
    return None if "0" in value else list(value)


def _filters(entity: Entity, name: str, value: object) -> list[Filter]:
    try:
        return list(filters_of(name, value))
    except BadListError as error:
        # Of contacts the original tells the list too.
        told = f"{error.message} []" if entity.name == "Contact" else error.message
        raise CiviApiError(told) from None


def _named(call: Call) -> Iterator[tuple[str, Any]]:
    """Yield the parameters; old ones for ranges, ``filter.x_low``, as operators of the field."""
    fields = call.entity.by_name(call.actor)
    listed = call.params.get("filters")
    old = {f"filter.{name}": item for name, item in listed.items()} if _is_map(listed) else {}
    for name, value in [*call.params.items(), *old.items()]:
        start = next((each for each in _OLD if name.startswith(each)), None)
        if start is None or name in fields:
            yield name, value
            continue
        plain = name.removeprefix(start)
        base, _, end = plain.rpartition("_")
        if plain not in fields and base in fields and end in _ENDS:
            yield base, {_ENDS[end]: value}
        else:
            yield plain, value


_OLD = ("filter.", "filter_")
_ENDS = {"low": ">=", "high": "<="}


def _is_map(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_known(call: Call, name: str) -> bool:
    """Say whether a parameter is a field; others mean nothing, whatever they hold."""
    fields = call.entity.by_name(call.actor)
    return name in fields or name.partition(".")[0] in fields


def undefined_in(call: Call) -> list[str]:
    """Return the parameters that mean nothing: no fields, and nothing about the call itself."""
    return [
        name for name, _value in _named(call) if not is_reserved(name) and not _is_known(call, name)
    ]


def require_short(name: str) -> None:
    """Raise CiviApiError for a name that goes through more records than is allowed."""
    if name.count(".") > MAX_DOTS:
        raise CiviApiError(f"Maximum number of joins exceeded in parameter {name}")


def asked_of(call: Call, *, is_complete: bool = False) -> Asked:
    """Return what a call asks its source for; raises CiviApiError."""
    options = call.options
    for name in (*(options.returned or ()), *(order.name for order in options.sort)):
        require_short(name)
    require_given(options.groups, set(call.params))
    return Asked(
        filters=filters_in(call),
        groups=options.groups,
        sort=options.sort,
        offset=options.offset,
        limit=options.limit,
        returned=options.returned,
        is_complete=is_complete,
    )
