"""Let programs be told of changes: subscribe, list, resume, unsubscribe."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from contacts import history, query
from contacts.access import Actor, find_readable, meet_demand
from contacts.access.secrets import encrypt, new_secret
from contacts.errors import ConflictError, Fault, ForbiddenError, InvalidError, NotFoundError
from contacts.fields import reference
from contacts.history.announcing import ANY, JOB, STAMP
from contacts.jobs import enqueue
from contacts.models import Delivery, User, Webhook
from contacts.query.submissions import newest_submission
from contacts.services.network_targets import check_target
from contacts.services.wastebasket import bring_back, find_kept, keep
from contacts.services.webhook_actors import actor_of_webhook, visible_webhooks
from contacts.services.webhook_formats import KINDS, formats

Document = dict[str, object]

# What may happen to each kind of record.
_RECORD = ("created", "updated", "archived", "restored", "deleted", ANY)
ACTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(KINDS, _RECORD),
    "contact": (*_RECORD, "merged"),
    "submission": ("received", "accepted", "rejected", ANY),
}
MOST_OF_ONE_USER = 100
KIND = "webhook"


def create_webhook(  # noqa: PLR0913  # what one says of a subscription
    actor: Actor,
    *,
    kind: str,
    action: str,
    url: str,
    fields: Sequence[str] = (),
    about: Mapping[str, object] | None = None,
    dialect: str = "",
) -> Document:
    """Subscribe an address to an action and return the webhook with its `secret`, shown once.

    What is sent has the format of a dialect, else of the actor's own. Where `fields` are named,
    changes that touch none of them are not told. Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if actor.user_id is None:
        raise ForbiddenError("user", KIND)
    dialect = dialect or actor.dialect
    _check_event(kind, action, dialect)
    _check_fields(actor, kind, fields)
    check_target(url)
    with transaction.atomic():
        # Of two that come at the same moment the second sees the first.
        User.objects.select_for_update().get(pk=actor.user_id)
        if Webhook.objects.filter(user_id=actor.user_id).count() >= MOST_OF_ONE_USER:
            raise InvalidError([Fault("url", "too_large", {"limit": MOST_OF_ONE_USER})])
        secret = new_secret()
        row = Webhook.objects.create(
            user_id=actor.user_id,
            credential_id=actor.key_id,
            url=url,
            record_kind=kind,
            action=action,
            dialect=dialect,
            fields=list(fields),
            about=dict(about or {}),
            secret=encrypt(secret),
        )
        reference.bump(STAMP)
        document = document_of_webhook(row)
        history.record(actor, KIND, row.pk, "created", after=document)
    return {**document, "secret": secret}


def update_webhook(actor: Actor, webhook_id: int, values: Mapping[str, Any]) -> Document:
    """Change `url`, `kind`, `action`, `dialect` or `fields` of a subscription; the secret stays.

    What a program subscribed to is its own affair: of that only address and fields change. Raises
    NotFoundError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        before = document_of_webhook(row)
        given = {_COLUMNS[key]: value for key, value in values.items() if key in _COLUMNS}
        if row.about:
            given = {key: value for key, value in given.items() if key in ("url", "fields")}
        for column, value in given.items():
            setattr(row, column, value)
        _check_event(row.record_kind, row.action, row.dialect)
        _check_fields(actor, row.record_kind, row.fields)
        check_target(row.url)
        row.save(update_fields=list(_COLUMNS.values()))
        reference.bump(STAMP)
        after = document_of_webhook(row)
        history.record(actor, KIND, webhook_id, "updated", before=before, after=after)
    return after


_COLUMNS = {
    "url": "url",
    "kind": "record_kind",
    "action": "action",
    "dialect": "dialect",
    "fields": "fields",
}


def list_webhooks(actor: Actor) -> list[Document]:
    """Return the webhooks of the actor's user, for administrators those of all."""
    return [document_of_webhook(row) for row in visible_webhooks(actor).order_by("pk")]


def resume_webhook(actor: Actor, webhook_id: int) -> Document:
    """Let a paused webhook be told again; raises NotFoundError."""
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        row.failures, row.paused_at = 0, None
        row.save(update_fields=["failures", "paused_at"])
        reference.bump(STAMP)
        history.record(actor, KIND, webhook_id, "resumed")
    return document_of_webhook(row)


def delete_webhook(actor: Actor, webhook_id: int) -> None:
    """End a subscription, which can be brought back for a while.

    Raises NotFoundError for one of somebody else.
    """
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        before = document_of_webhook(row)
        keep(actor, KIND, [row])
        row.delete()
        reference.bump(STAMP)
        history.record(actor, KIND, webhook_id, "deleted", before=before)


def bring_back_webhook(actor: Actor, webhook_id: int) -> None:
    """Put a deleted webhook back; only who deleted it may, or an administrator.

    Raises NotFoundError, ForbiddenError; ConflictError "gone" where its user is gone.
    """
    with transaction.atomic():
        bring_back(actor, find_kept(KIND, webhook_id))
        reference.bump(STAMP)


def send_sample(actor: Actor, webhook_id: int) -> None:
    """Tell a webhook of the newest record that its user sees, as if it had just happened.

    Raises NotFoundError, AuthenticationError; ConflictError "empty" where there is none.
    """
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        found = _newest(actor_of_webhook(row), row.record_kind)
        if found is None:
            raise ConflictError("empty")
        _deliver(row, found, None)


def send_again(actor: Actor, webhook_id: int, delivery_id: int) -> None:
    """Tell a webhook once more what a delivery told, as it is now; raises NotFoundError."""
    with transaction.atomic():
        row = _locked(actor, webhook_id)
        told = row.deliveries.filter(pk=delivery_id).first()
        if told is None:
            raise NotFoundError("delivery", delivery_id)
        _deliver(row, told.record_id, told.change_id)


def _newest(actor: Actor, kind: str) -> int | None:
    if kind == "submission":
        return newest_submission(actor)
    newest = query.sorted_by(actor, "id", kind=kind, descending=True)
    asked = query.Query(kind=kind, sort=(newest,), limit=1, total=False)
    found = query.search(actor, asked).documents
    return int(str(found[0]["id"])) if found else None


def _deliver(row: Webhook, record_id: int, change_id: int | None) -> None:
    made = Delivery.objects.create(webhook=row, record_id=record_id, change_id=change_id)
    enqueue(JOB, {"delivery_id": made.pk})


def document_of_webhook(row: Webhook) -> Document:
    """Return a webhook as a document; its secret is not part of it."""
    return {
        "id": row.pk,
        "user_id": row.user_id,
        "url": row.url,
        "kind": row.record_kind,
        "action": row.action,
        "dialect": row.dialect,
        "fields": row.fields,
        "about": row.about,
        "is_paused": row.paused_at is not None,
    }


def _check_event(kind: str, action: str, dialect: str) -> None:
    """Raise InvalidError for what does not happen, and for what a format has no words for."""
    if action not in ACTIONS.get(kind, ()):
        raise InvalidError([Fault("action", "unknown", {"value": f"{kind} {action}"})])
    told_in = formats().get(dialect)
    if told_in is None or kind not in told_in.kinds:
        raise InvalidError([Fault("dialect", "unknown", {"value": f"{kind} {dialect}"})])


def _check_fields(actor: Actor, kind: str, fields: Sequence[str]) -> None:
    """Raise InvalidError for fields that the actor cannot read."""
    unknown = [key for key in fields if find_readable(actor, kind, key) is None]
    if unknown:
        raise InvalidError([Fault("fields", "unknown", {"value": ", ".join(unknown)})])


def _locked(actor: Actor, webhook_id: int) -> Webhook:
    actor.require_write()
    row = visible_webhooks(actor).select_for_update().filter(pk=webhook_id).first()
    if row is None:
        raise NotFoundError(KIND, webhook_id)
    meet_demand(KIND, webhook_id, None)
    return row
