"""Tell programs that subscribed through this protocol: the record in its reduced form."""

from collections.abc import Mapping

from api.concord.hooks import RESOURCE
from api.concord.resources import RESOURCES
from api.concord.resources.table import Shown
from api.concord.views.base import reduced_for_zapier
from contacts.access import Actor
from contacts.services.webhook_sending import Event, hook_format


@hook_format("concord")
def record_of(actor: Actor, event: Event) -> Mapping[str, object] | None:
    """Return the record that an event is about; None where it is of another resource."""
    resource = RESOURCES[str(event.about[RESOURCE])]
    document = resource.get(actor, event.record_id)
    is_new = event.action == "created"
    (record,) = resource.write(actor, [document], Shown(is_new=is_new))
    reduced: Mapping[str, object] = reduced_for_zapier(record)
    return reduced
