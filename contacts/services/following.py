"""Follow records: a mark that each user sets for itself, and that nobody else sees as its own."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from contacts import history, index
from contacts.access import Actor
from contacts.access.visibility import (
    visible_activities,
    visible_attachments,
    visible_contacts,
    visible_deals,
    visible_tickets,
)
from contacts.errors import ForbiddenError
from contacts.models import (
    ActivityFollower,
    AttachmentFollower,
    ContactFollower,
    DealFollower,
    TicketFollower,
    User,
)
from contacts.models.followers import Follower
from contacts.services.records import locked

FOLLOWERS: dict[str, type[Follower]] = {
    "contact": ContactFollower,
    "deal": DealFollower,
    "ticket": TicketFollower,
    "activity": ActivityFollower,
    "attachment": AttachmentFollower,
}


def follow(actor: Actor, kind: str, record_id: int, *, follows: bool = True) -> None:
    """Let the actor's user follow a record, or follow it no longer.

    Whoever sees a record may follow it; its time of change stays. Raises NotFoundError,
    ForbiddenError.
    """
    actor.require_write()
    if actor.user_id is None:
        raise ForbiddenError("user", kind)
    with transaction.atomic():
        row = _seen(actor, kind, record_id)
        before = _followers(kind, record_id)
        marks = FOLLOWERS[kind]._default_manager
        mark: dict[str, Any] = {f"{kind}_id": record_id, "user_id": actor.user_id}
        if follows:
            marks.get_or_create(**mark)
            if kind == "contact" and actor.user_id not in before:
                # What happened before one followed is no news.
                ContactFollower.objects.filter(**mark).update(seen=history.last_number())
        else:
            marks.filter(**mark).delete()
        after = _followers(kind, record_id)
        if before == after:
            return
        if kind == "contact":
            index.refresh([record_id])
        history.record(
            actor,
            kind,
            record_id,
            "updated",
            before={"followers": before},
            after={"followers": after},
            contact_id=getattr(row, "contact_id", None),
        )


def see_news(actor: Actor, *, up_to: int) -> None:
    """Note that the actor's user knows of all changes of followed contacts up to a number.

    It is a mark for oneself: nobody else reads it, and it leaves no entry.
    """
    marks = ContactFollower.objects.filter(user_id=actor.user_id or 0, seen__lt=up_to)
    marks.update(seen=min(up_to, history.last_number()))


def hear_by_mail(actor: Actor, *, wants: bool) -> None:
    """Switch on or off that the actor's user is told of followed contacts by e-mail."""
    User.objects.filter(pk=actor.user_id or 0).update(
        hears_by_mail=wants, mailed=history.last_number()
    )


def _followers(kind: str, record_id: int) -> list[int]:
    marks = FOLLOWERS[kind]._default_manager.filter(**{f"{kind}_id": record_id})
    return list(marks.order_by("pk").values_list("user_id", flat=True))


def _seen(actor: Actor, kind: str, record_id: int) -> Model:
    rows: QuerySet[Any] = _VISIBLE[kind](actor)
    row: Model = locked(rows, kind, record_id)
    return row


# Of each kind's own model, which no signature for all kinds can name.
_VISIBLE: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "contact": visible_contacts,
    "deal": visible_deals,
    "ticket": visible_tickets,
    "activity": visible_activities,
    "attachment": visible_attachments,
}
