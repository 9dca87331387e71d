"""Contacts of a page whose ids are known, with their documents."""

from collections.abc import Sequence

from contacts.access.ids import IdSlot
from contacts.models import ContactDocument
from contacts.query.statements import Rows, rows_of


def written(ids: Sequence[int], using: str) -> Rows:
    """Return contacts with their documents, in this order; one statement."""
    if not ids:
        return []
    rows = ContactDocument.objects.filter(contact_id__among=IdSlot("page"))
    found = rows.order_by().values_list("contact_id", "body")
    bodies: dict[int, str] = dict(rows_of("written", lambda: found, using=using, ids={"page": ids}))
    return [(pk, bodies[pk]) for pk in ids if pk in bodies]
