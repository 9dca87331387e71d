"""Let programs be told of changes: subscribe, list, resume, unsubscribe."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from contacts import history
from contacts.access import Actor
from contacts.access.secrets import encrypt, new_secret
from contacts.errors import Fault, ForbiddenError, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.history.announcing import ANY, STAMP
from contacts.models import User, Webhook
from contacts.services.network_targets import check_target

Document = dict[str, object]

KINDS = ("contact", "deal", "activity", "note", "ticket")
ACTIONS = ("created", "updated", "archived", "restored", "deleted", ANY)
MOST_OF_ONE_USER = 100


def create_webhook(
    actor: Actor,
    *,
    kind: str,
    action: str,
    url: str,
    about: Mapping[str, object] | None = None,
) -> Document:
    """Subscribe an address to an action and return the webhook with its `secret`, shown once.

    What is sent has the format of the actor's dialect. Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if actor.user_id is None:
        raise ForbiddenError("user", "webhook")
    if kind not in KINDS or action not in ACTIONS:
        raise InvalidError([Fault("action", "unknown", {"value": f"{kind} {action}"})])
    check_target(url)
    with transaction.atomic():
        # Of two that come at the same moment the second sees the first.
        User.objects.select_for_update().get(pk=actor.user_id)
        if Webhook.objects.filter(user_id=actor.user_id).count() >= MOST_OF_ONE_USER:
            raise InvalidError([Fault("url", "too_large", {"limit": MOST_OF_ONE_USER})])
        secret = new_secret()
        row = Webhook.objects.create(
            user_id=actor.user_id,
            url=url,
            record_kind=kind,
            action=action,
            dialect=actor.dialect,
            about=dict(about or {}),
            secret=encrypt(secret),
        )
        reference.bump(STAMP)
        document = document_of_webhook(row)
        history.record(actor, "webhook", row.pk, "created", after=document)
    return {**document, "secret": secret}


def list_webhooks(actor: Actor) -> list[Document]:
    """Return the webhooks of the actor's user, for administrators those of all."""
    return [document_of_webhook(row) for row in _own(actor).order_by("pk")]


def resume_webhook(actor: Actor, webhook_id: int) -> Document:
    """Let a paused webhook be told again; raises NotFoundError."""
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        row.failures, row.paused_at = 0, None
        row.save(update_fields=["failures", "paused_at"])
        reference.bump(STAMP)
        history.record(actor, "webhook", webhook_id, "resumed")
    return document_of_webhook(row)


def delete_webhook(actor: Actor, webhook_id: int) -> None:
    """End a subscription; raises NotFoundError for one of somebody else."""
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        before = document_of_webhook(row)
        row.delete()
        reference.bump(STAMP)
        history.record(actor, "webhook", webhook_id, "deleted", before=before)


def document_of_webhook(row: Webhook) -> Document:
    """Return a webhook as a document; its secret is not part of it."""
    return {
        "id": row.pk,
        "user_id": row.user_id,
        "url": row.url,
        "kind": row.record_kind,
        "action": row.action,
        "dialect": row.dialect,
        "about": row.about,
        "is_paused": row.paused_at is not None,
    }


def _own(actor: Actor) -> QuerySet[Webhook]:
    rows = Webhook.objects.all()
    return rows if actor.is_administrator else rows.filter(user_id=actor.user_id or 0)


def _locked(actor: Actor, webhook_id: int) -> Webhook:
    actor.require_write()
    row = _own(actor).select_for_update().filter(pk=webhook_id).first()
    if row is None:
        raise NotFoundError("webhook", webhook_id)
    return row
