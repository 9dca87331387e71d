"""Tell for whom a webhook speaks, and who may see it."""

from django.db.models import QuerySet

from contacts.access import Actor, actor_of, require_usable
from contacts.models import Webhook


def actor_of_webhook(webhook: Webhook) -> Actor:
    """Return the user of a webhook, who sees no more than the key by which it was made.

    Raises AuthenticationError where that key is revoked or has ended.
    """
    if webhook.credential is not None:
        require_usable(webhook.credential)
    return actor_of(webhook.user, credential=webhook.credential, dialect=webhook.dialect)


def visible_webhooks(actor: Actor) -> QuerySet[Webhook]:
    """Return the webhooks of the actor's user, for administrators those of all.

    Whoever came with a key of one project sees those that were made with such a key.
    """
    rows = Webhook.objects.all()
    if actor.is_administrator:
        return rows
    if actor.default_project_id is not None:
        rows = rows.filter(credential__project_id=actor.default_project_id)
    return rows.filter(user_id=actor.user_id or 0)
