"""Tell a webhook of one event: written in its format, signed, tried again, given up.

A receiver proves that a body is ours by the header `X-Webhook-Signature`: the HMAC-SHA256 of
"time.body" under the secret of the webhook, where time is the header `X-Webhook-Timestamp`.
"""

import hashlib
import hmac
import http.client
import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.access.secrets import decrypt
from contacts.errors import DomainError
from contacts.fields import reference
from contacts.history.announcing import ANY, JOB, STAMP
from contacts.jobs import Work, job
from contacts.models import Delivery, Webhook
from contacts.services.network_targets import PrivateTargetError, post
from contacts.services.webhook_actors import actor_of_webhook
from contacts.services.webhook_formats import Event, formats

# With the pauses between them the tries of one delivery take about an hour and a half.
TRIES = 10
PAUSED_AFTER = 20
KEPT_FOR = timedelta(days=30)
GONE = 410
DONE, FAILED, DROPPED = Delivery.Status.DONE, Delivery.Status.FAILED, Delivery.Status.DROPPED


class NotDeliveredError(Exception):
    """The other end did not take it; the job is tried again later."""


@job(JOB, title=_("Tell a webhook"), attempts=TRIES)
def send_webhook(work: Work, *, delivery_id: int) -> None:
    """Send a delivery; one whose webhook is gone or paused is let go."""
    delivery = (
        Delivery.objects.select_related("webhook__user", "webhook__credential__user", "change")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None or delivery.status != Delivery.Status.WAITING:
        return
    webhook = delivery.webhook
    if webhook.paused_at is not None or not webhook.user.is_active:
        _finish(delivery, FAILED, error="The webhook is paused.")
        return
    if not delivery.body:
        body = _written(delivery)
        if body is None:
            _finish(delivery, DROPPED)
            return
        delivery.body = body
        Delivery.objects.filter(pk=delivery.pk).update(body=body)
    _send(delivery, is_last=work.job.attempts >= TRIES)


def forget_deliveries() -> int:
    """Delete the deliveries that ended long ago; return how many."""
    old = Delivery.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR)
    count, _by_model = old.delete()
    return count


def signature_of(secret: str, moment: int, body: bytes) -> str:
    """Return the signature of a body that is sent at a moment."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def _written(delivery: Delivery) -> str | None:
    webhook = delivery.webhook
    told_in = formats().get(webhook.dialect)
    if told_in is None:
        return None
    change, waits_for = delivery.change, webhook.action
    happened = change.action if change else ("updated" if waits_for == ANY else waits_for)
    event = Event(webhook.record_kind, waits_for, delivery.record_id, webhook.about, happened)
    try:
        body = told_in.write(actor_of_webhook(webhook), event)
    except DomainError:
        # The user does not see the record, nobody does any more, or the key has ended.
        return None
    return None if body is None else json.dumps(body, ensure_ascii=False)


def _send(delivery: Delivery, *, is_last: bool) -> None:
    webhook, body = delivery.webhook, delivery.body.encode()
    try:
        answer = post(webhook.url, body, _headers(webhook, delivery.pk, body))
    except PrivateTargetError:
        _finish(delivery, FAILED, error="The address is inside a private network.")
        _fail(webhook)
        return
    except (OSError, http.client.HTTPException) as error:
        _not_taken(delivery, error=type(error).__name__, is_last=is_last)
        return
    delivery.answer = answer.status
    if answer.status == GONE:
        # So receivers say that nobody listens there any more.
        webhook.delete()
        reference.bump(STAMP)
    elif 200 <= answer.status < 300:
        _finish(delivery, DONE)
        Webhook.objects.filter(pk=webhook.pk).update(failures=0, delivered_at=timezone.now())
    else:
        _not_taken(delivery, error=f"HTTP {answer.status}", is_last=is_last)


def _headers(webhook: Webhook, number: int, body: bytes) -> dict[str, str]:
    moment = int(timezone.now().timestamp())
    secret = decrypt(bytes(webhook.secret)) or ""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Rosetta-CRM",
        "X-Webhook-Id": str(number),
        "X-Webhook-Timestamp": str(moment),
        "X-Webhook-Signature": signature_of(secret, moment, body),
    }


def _not_taken(delivery: Delivery, *, error: str, is_last: bool) -> None:
    if is_last:
        _finish(delivery, FAILED, error=error)
        _fail(delivery.webhook)
        return
    delivery.tries += 1
    delivery.error = error
    delivery.save(update_fields=["tries", "error", "answer"])
    raise NotDeliveredError(error)


def _finish(delivery: Delivery, status: str, *, error: str = "") -> None:
    delivery.status, delivery.error = status, error
    delivery.tries += 1
    delivery.finished_at = timezone.now()
    delivery.save(update_fields=["status", "error", "answer", "tries", "finished_at"])


def _fail(webhook: Webhook) -> None:
    """Count a delivery that failed for good, and pause who fails again and again."""
    with transaction.atomic():
        row = Webhook.objects.select_for_update().get(pk=webhook.pk)
        row.failures += 1
        if row.failures >= PAUSED_AFTER and row.paused_at is None:
            row.paused_at = timezone.now()
            reference.bump(STAMP)
        row.save(update_fields=["failures", "paused_at"])
