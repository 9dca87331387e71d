"""Put what happened on its way to the webhooks that want to be told of it.

Which those are is kept in memory, so that a change costs nothing more where nobody listens.
"""

from collections.abc import Mapping, Sequence

from contacts.fields import reference
from contacts.jobs import enqueue
from contacts.models import Change, Delivery, Webhook

JOB = "send_webhook"
# The action of a webhook that wants to be told of all of them.
ANY = "any"
# They belong to people, and change as rarely.
STAMP = "people"


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


def _listening(wanted: Mapping[tuple[str, str], list[int]], change: Change) -> list[int]:
    actions = (change.action, ANY)
    return [pk for action in actions for pk in wanted.get((change.record_kind, action), ())]


def _wanted() -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    rows = Webhook.objects.filter(paused_at=None).order_by("pk")
    for pk, kind, action in rows.values_list("pk", "record_kind", "action"):
        found.setdefault((kind, action), []).append(pk)
    return found
