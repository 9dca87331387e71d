"""Tell programs that subscribed through this protocol of contacts that have changed."""

from collections.abc import Mapping

from django.conf import settings

from api.wildapricot.auth import DIALECT_NAME
from api.wildapricot.mapping.hooks import CONTACT_MODIFIED
from contacts.access import Actor
from contacts.query import get_contact
from contacts.services.webhook_formats import Event, hook_format


@hook_format(DIALECT_NAME, kinds=["contact"])
def message_of(actor: Actor, event: Event) -> Mapping[str, object] | None:
    """Return the message about a contact.

    Of one that is gone nobody knows any more who saw it: that is told to administrators alone.
    """
    if not actor.is_administrator:
        get_contact(actor, event.record_id, archived=None)
    return {
        "AccountId": str(settings.WILDAPRICOT_ACCOUNT_ID),
        "MessageType": CONTACT_MODIFIED,
        "Parameters": {"Contact.Id": str(event.record_id)},
    }
