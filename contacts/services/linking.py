"""Link records to several contacts."""

from collections.abc import Callable, Sequence

from django.db.models import Model, QuerySet

from contacts.access import Actor
from contacts.access.visibility import visible_contacts


def relink(
    actor: Actor,
    links: QuerySet,  # type: ignore[type-arg]  # rows of any table with a contact_id
    contact_ids: Sequence[int],
    make: Callable[[int], Model],
) -> None:
    """Make the links of a record exactly these contacts, in this order.

    Links to contacts that the actor does not see, and so cannot name, stay.
    """
    present = {link.contact_id: link for link in links}
    seen = set(visible_contacts(actor).filter(pk__in=present).values_list("pk", flat=True))
    links.filter(contact_id__in=seen - set(contact_ids)).delete()
    for position, pk in enumerate(contact_ids):
        link = present.get(pk)
        if link is None:
            link = make(pk)
        if getattr(link, "position", None) not in (None, position):
            link.position = position  # type: ignore[union-attr]  # just seen to be there
            link.save()
        elif link.pk is None:
            link.save()
