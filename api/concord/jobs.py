"""Tell programs that subscribed through this protocol: the record in its reduced form."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from api.concord.hooks import ACTIONS, KINDS, RESOURCE
from api.concord.resources import RESOURCES
from api.concord.resources.table import Document, Resource, Shown
from api.concord.views.base import reduced_for_zapier
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.services.webhook_formats import Event, hook_format

TOLD = frozenset(ACTIONS.values())


@hook_format("concord", kinds=KINDS.values())
def record_of(actor: Actor, event: Event) -> Mapping[str, object] | None:
    """Return the record that an event is about; None for an event that this protocol lacks.

    A subscription that was made in the browser names no resource: then the record says which.
    """
    if event.happened not in TOLD:
        return None
    named = event.about.get(RESOURCE)
    names = [str(named)] if named else [name for name, kind in KINDS.items() if kind == event.kind]
    found = _first(actor, names, event.record_id)
    if found is None:
        return None
    resource, document = found
    is_new = event.happened == "created"
    (record,) = resource.write(actor, [document], Shown(is_new=is_new))
    reduced: Mapping[str, object] = reduced_for_zapier(record)
    return reduced


def _first(actor: Actor, names: Sequence[str], record_id: int) -> tuple[Resource, Document] | None:
    """Return the first resource that has the record, with the record."""
    for name in names:
        with suppress(NotFoundError):
            return RESOURCES[name], RESOURCES[name].get(actor, record_id)
    return None
