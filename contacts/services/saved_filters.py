"""Keep queries under a name, for oneself or for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from contacts.access import NEEDED, Actor, find_readable
from contacts.access.visible_setup import visible_saved_filters
from contacts.errors import Fault, QueryError
from contacts.models import SavedFilter
from contacts.query import Condition, SortKey, from_json, sorted_by, to_json
from contacts.query.tree import require_bounded
from contacts.services.records import Document, locked, project_faults
from contacts.services.setup import delete_setup, store_change, store_new
from contacts.services.values import check_values, require_no_faults
from contacts.services.wastebasket import keep

Values = Mapping[str, object]

KIND = "saved_filter"


@dataclass(frozen=True, slots=True)
class KeptQuery:
    """What a filter keeps besides its plain values; None means "leave".

    `sort` holds field keys, with a minus before those that go down; `columns` holds field keys.
    """

    condition: Condition | None = None
    has_condition: bool = False
    sort: Sequence[str] | None = None
    columns: Sequence[str] | None = None


def create_saved_filter(actor: Actor, values: Values, query: KeptQuery | None = None) -> Document:
    """Keep a filter for the actor, or for everybody with the right to.

    Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    with transaction.atomic():
        row = SavedFilter(owner_id=actor.user_id)
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        kind = str(cleaned.get("object_kind") or row.object_kind)
        faults += _keep(actor, row, kind, query or KeptQuery())
        require_no_faults(faults + project_faults(actor, cleaned))
        _require_may_share(actor, row, cleaned)
        return store_new(actor, row, KIND, cleaned)


def update_saved_filter(
    actor: Actor, filter_id: int, values: Values, query: KeptQuery | None = None
) -> Document:
    """Change a filter of one's own, or a public one with the right to; its kind stays.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, filter_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        if cleaned.get("object_kind", row.object_kind) != row.object_kind:
            faults.append(Fault("object_kind", "read_only"))
        faults += _keep(actor, row, row.object_kind, query or KeptQuery())
        require_no_faults(faults + project_faults(actor, cleaned))
        _require_may_share(actor, row, cleaned)
        return store_change(actor, row, KIND, cleaned)


def delete_saved_filter(actor: Actor, filter_id: int) -> None:
    """Delete a filter; it can be brought back for a while. Raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = _locked(actor, filter_id)
        keep(actor, KIND, [row])
        delete_setup(actor, row, KIND)


def restored_query(
    actor: Actor, document: Mapping[str, object]
) -> tuple[Condition | None, tuple[SortKey, ...]]:
    """Return the condition and sort of a filter's document, as this actor may use them.

    Raises UnknownFieldError for a field that the actor may not read or that is gone.
    """
    kind = str(document["object_kind"])
    condition = from_json(actor, kind, document.get("condition") or {})  # type: ignore[arg-type]  # kept JSON
    keys: Sequence[str] = document.get("sort") or ()  # type: ignore[assignment]  # kept keys
    return condition, tuple(_sort_key(actor, kind, key) for key in keys)


def _locked(actor: Actor, filter_id: int) -> SavedFilter:
    row = locked(visible_saved_filters(actor), KIND, filter_id)
    actor.require_write()
    if row.owner_id != actor.user_id or actor.user_id is None:
        _require_shared(actor, row.project_id)
    return row


def _require_may_share(actor: Actor, row: SavedFilter, cleaned: Values) -> None:
    """Raise ForbiddenError unless who makes a filter public manages contacts where it is shown."""
    was_public = row.is_public
    is_public = cleaned.get("is_public", was_public)
    project_id = cleaned.get("project", row.project_id)
    if is_public and (not was_public or project_id != row.project_id):
        _require_shared(actor, project_id)  # type: ignore[arg-type]  # a cleaned id


def _require_shared(actor: Actor, project_id: int | None) -> None:
    if project_id is None:
        actor.require_administrator()
        return
    actor.require(NEEDED["public_filter", "manage"], [project_id], KIND)


def _keep(actor: Actor, row: SavedFilter, kind: str, query: KeptQuery) -> list[Fault]:
    """Set what the query names; returns what is wrong with it."""
    faults = []
    if query.condition is not None or query.has_condition:
        kept = to_json(query.condition)
        try:
            if query.condition is not None:
                require_bounded(query.condition)
            from_json(actor, kind, kept)
        except QueryError as error:
            faults.append(Fault("condition", "invalid", {"value": error.name}))
        row.condition = kept
    if query.sort is not None:
        faults += _unsortable(actor, kind, query.sort)
        row.sort = list(query.sort)
    if query.columns is not None:
        unknown = [key for key in query.columns if find_readable(actor, kind, key) is None]
        faults += [Fault("columns", "unknown", {"value": key}) for key in unknown]
        row.columns = list(query.columns)
    return faults


def _unsortable(actor: Actor, kind: str, keys: Sequence[str]) -> list[Fault]:
    faults = []
    for key in keys:
        try:
            _sort_key(actor, kind, key)
        except QueryError:
            faults.append(Fault("sort", "unknown", {"value": key}))
    return faults


def _sort_key(actor: Actor, kind: str, key: str) -> SortKey:
    return sorted_by(actor, key.removeprefix("-"), kind=kind, descending=key.startswith("-"))
