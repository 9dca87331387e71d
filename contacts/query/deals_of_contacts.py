"""The deals of many contacts at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from contacts.access import Actor
from contacts.access.visibility import visible_deals
from contacts.models import DealContact
from contacts.query.record_documents import with_links


@dataclass(frozen=True, slots=True)
class DealBrief:
    """What a contact's document may want to say of a deal."""

    id: int
    name: str
    outcome: int
    stage_id: int | None
    stage: str


def deals_of_contacts(actor: Actor, contact_ids: Collection[int]) -> dict[int, list[DealBrief]]:
    """Return the living deals that the actor sees, by contact, oldest first; one statement."""
    found: dict[int, list[DealBrief]] = {pk: [] for pk in contact_ids}
    if not found:
        return found
    further = DealContact.objects.filter(contact_id__in=list(found)).values("deal_id")
    taking_part = Q(contact_id__in=list(found)) | Q(pk__in=further)
    for row in with_links("deal", visible_deals(actor).filter(taking_part)).order_by("pk"):
        stage = row.stage.name if row.stage else ""
        brief = DealBrief(row.pk, row.name, row.status.outcome, row.stage_id, stage)
        for pk in dict.fromkeys([row.contact_id, *(row.linked or [])]):
            if pk in found:
                found[pk].append(brief)
    return found
