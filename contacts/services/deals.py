"""Create, change, archive, restore and delete deals."""

import re
from collections.abc import Mapping

from django.db.models import QuerySet

from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_deals
from contacts.errors import Fault
from contacts.fields.text import key_of
from contacts.models import Currency, Deal, DealCategory, DealContact, DealStatus
from contacts.services.custom_values import replace_custom_values
from contacts.services.facts import replace_facts
from contacts.services.linking import relink
from contacts.services.pictures import take_custom_files
from contacts.services.records import (
    Document,
    assign,
    project_faults,
)
from contacts.services.stage_times import note_stay, stay_of
from contacts.services.tags import tag_record
from contacts.services.uniqueness import unique_faults
from contacts.services.work_records import WorkRecords, leave_category

Values = Mapping[str, object]

_CURRENCY = re.compile(r"[A-Z]{3}")


class _Deals(WorkRecords[Deal]):
    kind = "deal"
    model = Deal

    def visible(self, actor: Actor, *, archived: bool) -> QuerySet[Deal]:
        return visible_deals(actor, archived=archived)

    def require(self, actor: Actor, row: Deal, action: str) -> None:
        actor.require(NEEDED["deal", action], [row.project_id], "deal")

    def faults(self, actor: Actor, row: Deal, cleaned: Values) -> list[Fault]:
        """Return what is wrong beyond single values; turns a currency into capitals first."""
        faults = project_faults(actor, cleaned) + unique_faults("deal", row.pk, cleaned)
        currency = str(cleaned.get("currency") or "")
        if currency and not _CURRENCY.fullmatch(currency.upper()):
            faults.append(Fault("currency", "invalid", {"value": currency}))
        category_id = cleaned.get("category")
        if category_id is not None:
            project_id = cleaned.get("project", row.project_id)
            categories = DealCategory.objects.filter(pk=category_id, project_id=project_id)  # type: ignore[misc]  # cleaned ids
            if not categories.exists():
                faults.append(Fault("category", "unknown", {"value": category_id}))
        return faults

    def admit(self, actor: Actor, row: Deal, cleaned: dict[str, object]) -> None:
        super().admit(actor, row, cleaned)
        leave_category(row, cleaned)

    def store(self, actor: Actor, row: Deal, cleaned: Values) -> None:
        before = stay_of(row)
        status_before = row.status if row.status_id else None
        if row._state.adding:
            row.currency = default_currency()
        assign(row, "deal", cleaned)
        if row.stage_id != before.stage_id:
            row.stage_changed_at = row.updated_at
        row.currency = row.currency.upper()
        row.name_key = key_of(row.name)
        if not row.status_id:
            row.status = default_status()
        if row.probability is None and row.stage is not None and cleaned.get("stage"):
            row.probability = row.stage.probability
        _note_outcome(row, status_before)
        note_stay(row, before)
        row.save()
        replace_facts("deal", row.pk, cleaned)
        if "contacts" in cleaned:
            relink(
                actor,
                DealContact.objects.filter(deal=row),
                cleaned["contacts"],  # type: ignore[arg-type]  # cleaned ids
                lambda pk: DealContact(deal=row, contact_id=pk),
            )
        tag_record(row, cleaned)
        replace_custom_values("deal", row.pk, cleaned)
        take_custom_files("deal", row, cleaned)

    def contact_of(self, row: Deal) -> int | None:
        return row.contact_id


_DEALS = _Deals()


def create_deal(actor: Actor, values: Values) -> Document:
    """Create a deal; without a project it goes to the actor's default one.

    Without a status it has the default status, without a probability that of its stage, without
    a currency the one that amounts are usually in. Raises ForbiddenError, InvalidError.
    """
    return _DEALS.create(actor, values)


def update_deal(
    actor: Actor, deal_id: int, values: Values, *, keeps_time: bool = False
) -> Document:
    """Change what the values name; a move to another project needs the right to add there.

    With `keeps_time` values that are there already leave the deal as it is.
    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    return _DEALS.update(actor, deal_id, values, keeps_time=keeps_time)


def archive_deal(actor: Actor, deal_id: int) -> Document:
    """Put a deal into the trash; raises NotFoundError, ForbiddenError."""
    return _DEALS.archive(actor, deal_id)


def restore_deal(actor: Actor, deal_id: int) -> Document:
    """Take a deal out of the trash; raises NotFoundError, ForbiddenError."""
    return _DEALS.restore(actor, deal_id)


def delete_deal(actor: Actor, deal_id: int) -> None:
    """Delete an archived deal for good, with its notes and files.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    _DEALS.delete(actor, deal_id)


def default_status() -> DealStatus:
    """Return the status of a deal that names none."""
    return DealStatus.objects.order_by("-is_default", "outcome", "position", "pk")[0]


def default_currency() -> str:
    """Return the code of the currency that amounts are usually in, "" where there is none."""
    return Currency.objects.filter(is_default=True).values_list("code", flat=True).first() or ""


def _note_outcome(deal: Deal, before: DealStatus | None) -> None:
    """Remember when a deal was closed; a deal that is opened again is not closed any more."""
    if deal.status.outcome == DealStatus.Outcome.OPEN:
        deal.closed_at = None
    elif before is None or before.outcome == DealStatus.Outcome.OPEN:
        deal.closed_at = deal.updated_at
