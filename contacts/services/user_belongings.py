"""Hand over what a user owns to another one."""

from collections.abc import Callable

from django.db.models import Q

from contacts import history
from contacts.access import Actor
from contacts.models import (
    Activity,
    Attachment,
    Change,
    Contact,
    Deal,
    Note,
    SavedFilter,
    Ticket,
    User,
    WebForm,
)
from contacts.services.many_contacts import refresh_many

# The tables whose records have an owner.
OWNED: tuple[tuple[str, type[Deal | Ticket | Activity]], ...] = (
    ("deal", Deal),
    ("ticket", Ticket),
    ("activity", Activity),
)


def has_left_traces(user: User) -> bool:
    """Tell whether a user owns, wrote or changed anything besides its own contact."""
    by_user = Q(owner=user) | Q(author=user)
    own = user.contact_id or 0
    return (
        Contact.objects.filter(by_user).exclude(pk=own).exists()
        or any(model._default_manager.filter(by_user).exists() for _kind, model in OWNED)
        or Note.objects.filter(author=user).exists()
        or Attachment.objects.filter(author=user).exists()
        or Change.objects.filter(user=user).exists()
    )


def hand_over(actor: Actor, user: User, target: User | None, delete: Callable[[], None]) -> None:
    """Give what a user owns to another one, delete the user, and write its contacts anew."""
    named = Q(owner=user) | Q(author=user) | Q(editor=user)
    touched = list(Contact.objects.filter(named).values_list("pk", flat=True))
    owned = list(Contact.objects.filter(owner=user).values_list("pk", flat=True))
    target_id = target.pk if target else None
    Contact.objects.filter(pk__in=owned).update(owner=target)
    before, after = {"owner_id": user.pk}, {"owner_id": target_id}
    history.record_many(actor, "contact", [(pk, "updated", before, after) for pk in owned])
    for kind, model in OWNED:
        rows = model._default_manager.filter(owner=user)
        ids = list(rows.values_list("pk", flat=True))
        rows.update(owner=target)
        for pk in ids:
            history.record(actor, kind, pk, "updated", before=before, after=after)
    Note.objects.filter(owner=user).update(owner=target)
    Attachment.objects.filter(owner=user).update(owner=target)
    # What others use does not go with the one who made it.
    SavedFilter.objects.filter(owner=user, is_public=True).update(owner=target)
    WebForm.objects.filter(owner=user).update(owner=target)
    delete()
    refresh_many(touched)
