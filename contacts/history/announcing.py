"""Put what happened on its way to the webhooks that want to be told of it.

Which those are is kept in memory, so that a change costs nothing more where nobody listens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contacts.fields import reference
from contacts.jobs import enqueue
from contacts.models import Change, Delivery, Webhook

JOB = "send_webhook"
# The action of a webhook that wants to be told of all of them.
ANY = "any"
# Only changes of what is there touch single fields; whoever listens for fields hears all the rest.
CHANGED = "updated"
CUSTOM = "custom"
# They belong to people, and change as rarely.
STAMP = "people"


@dataclass(frozen=True, slots=True)
class Listener:
    """A webhook, with the fields of which one has to change; none where all changes are told."""

    id: int
    fields: frozenset[str]

    def wants(self, change: Change) -> bool:
        """Tell whether a change touches what is listened for."""
        if not self.fields or change.action != CHANGED:
            return True
        return bool(self.fields & touched_fields(change))


def is_anybody_listening() -> bool:
    """Tell whether there is a webhook at all."""
    return bool(reference.kept("webhooks", STAMP, _wanted))


def is_awaited(changes: Sequence[Change]) -> bool:
    """Tell whether a webhook wants to be told of any of these changes."""
    wanted = reference.kept("webhooks", STAMP, _wanted)
    return bool(wanted) and any(_listening(wanted, change) for change in changes)


def announce(changes: Sequence[Change]) -> None:
    """Store a delivery and its job for each webhook that wants one of the changes.

    Runs in the transaction of the change: what is rolled back is never told.
    """
    wanted = reference.kept("webhooks", STAMP, _wanted)
    for change in changes:
        for webhook_id in _listening(wanted, change):
            delivery = Delivery.objects.create(
                webhook_id=webhook_id, record_id=change.record_id, change=change
            )
            enqueue(JOB, {"delivery_id": delivery.pk})


def number_told(change_id: int) -> int:
    """Return how many webhooks are told of a change."""
    if not reference.kept("webhooks", STAMP, _wanted):
        return 0
    told = Delivery.objects.order_by().filter(change_id=change_id)
    return told.values("webhook_id").distinct().count()


def touched_fields(change: Change) -> set[str]:
    """Return the keys of the fields that a change touches; references count by their fields."""
    keys = change.before.keys() | change.after.keys()
    found = {key.removesuffix("_id") for key in keys if key != CUSTOM}
    before, after = (side.get(CUSTOM) or {} for side in (change.before, change.after))
    custom = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return found | {f"custom_{key}" for key in custom}


def _listening(wanted: Mapping[tuple[str, str], list[Listener]], change: Change) -> list[int]:
    listeners = [
        listener
        for action in (change.action, ANY)
        for listener in wanted.get((change.record_kind, action), ())
    ]
    return [listener.id for listener in listeners if listener.wants(change)]


def _wanted() -> dict[tuple[str, str], list[Listener]]:
    found: dict[tuple[str, str], list[Listener]] = {}
    rows = Webhook.objects.filter(paused_at=None).order_by("pk")
    for pk, kind, action, fields in rows.values_list("pk", "record_kind", "action", "fields"):
        found.setdefault((kind, action), []).append(Listener(pk, frozenset(fields)))
    return found
