"""What became of contacts that were merged into others."""

from contacts.access import Actor
from contacts.models import FormerContact
from contacts.query.reading import find_contacts


def successor_of(actor: Actor, contact_id: int) -> int | None:
    """Return the id of the contact that another one was merged into; None for none that is seen."""
    rows = FormerContact.objects.filter(pk=contact_id)
    kept_id = rows.values_list("contact_id", flat=True).first()
    if kept_id is None or kept_id not in find_contacts(actor, [kept_id], archived=None):
        return None
    return kept_id


def former_of(actor: Actor, contact_id: int) -> list[int]:
    """Return the ids of the contacts that were merged into one that is seen."""
    if contact_id not in find_contacts(actor, [contact_id], archived=None):
        return []
    rows = FormerContact.objects.filter(contact_id=contact_id).order_by("pk")
    return list(rows.values_list("pk", flat=True))
