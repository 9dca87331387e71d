"""Create, change, archive, restore and delete deals."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visibility import visible_deals
from contacts.errors import Fault
from contacts.fields.text import key_of
from contacts.models import Currency, Deal, DealCategory, DealContact, DealStatus
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.facts import replace_facts
from contacts.services.linking import relink
from contacts.services.pictures import take_custom_files
from contacts.services.records import (
    Document,
    assign,
    default_place,
    locked,
    project_faults,
    require_place,
    trail_of,
    written,
)
from contacts.services.stage_times import note_stay, stay_of
from contacts.services.tags import tag_record
from contacts.services.trash import delete_row, set_archived
from contacts.services.uniqueness import unique_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

_CURRENCY = re.compile(r"[A-Z]{3}")


def create_deal(actor: Actor, values: Values) -> Document:
    """Create a deal; without a project it goes to the actor's default one.

    Without a status it has the default status, without a probability that of its stage, without
    a currency the one that amounts are usually in. Raises ForbiddenError, InvalidError.
    """
    actor.require_write()
    if not values.get("project"):
        values = {**values, "project": default_place(actor, NEEDED["deal", "create"], "deal")}
    with transaction.atomic():
        now = timezone.now()
        deal = Deal(author_id=actor.user_id, created_at=now, updated_at=now)
        deal.entry_channel = actor.dialect
        deal.currency = default_currency()
        cleaned, faults = check_values(actor, "deal", values, creating=True)
        require_no_faults(faults + _faults(actor, deal, cleaned))
        require_place(actor, cleaned["project"], NEEDED["deal", "create"], "deal")  # type: ignore[arg-type]  # a cleaned id
        _store(actor, deal, with_defaults("deal", cleaned), status_before=None)
        history.record(
            actor,
            "deal",
            deal.pk,
            "created",
            after=trail_of(deal, "deal"),
            contact_id=deal.contact_id,
        )
        return written(actor, deal, "deal")


def update_deal(actor: Actor, deal_id: int, values: Values) -> Document:
    """Change what the values name; a move to another project needs the right to add there.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        deal = _locked(actor, deal_id, "update")
        before = trail_of(deal, "deal")
        project_before, status_before = deal.project_id, deal.status
        cleaned, faults = check_values(actor, "deal", values, creating=False)
        require_no_faults(faults + _faults(actor, deal, cleaned))
        if cleaned.get("project", project_before) != project_before:
            require_place(actor, cleaned["project"], NEEDED["deal", "create"], "deal")  # type: ignore[arg-type]  # a cleaned id
            # Categories belong to one project.
            cleaned.setdefault("category", None)
        deal.updated_at = timezone.now()
        deal.editor_id = actor.user_id
        _store(actor, deal, cleaned, status_before=status_before)
        history.record(
            actor,
            "deal",
            deal.pk,
            "updated",
            before=before,
            after=trail_of(deal, "deal"),
            contact_id=deal.contact_id,
        )
        return written(actor, deal, "deal")


def archive_deal(actor: Actor, deal_id: int) -> Document:
    """Put a deal into the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        deal = _locked(actor, deal_id, "archive")
        return set_archived(actor, deal, "deal", archived=True, contact_id=deal.contact_id)


def restore_deal(actor: Actor, deal_id: int) -> Document:
    """Take a deal out of the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        deal = _locked(actor, deal_id, "restore", archived=True)
        return set_archived(actor, deal, "deal", archived=False, contact_id=deal.contact_id)


def delete_deal(actor: Actor, deal_id: int) -> None:
    """Delete an archived deal for good, with its notes and files.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    with transaction.atomic():
        deal = _locked(actor, deal_id, "delete", archived=True)
        delete_row(actor, deal, "deal", contact_id=deal.contact_id)


def _locked(actor: Actor, deal_id: int, action: str, *, archived: bool = False) -> Deal:
    deal = locked(visible_deals(actor, archived=archived), "deal", deal_id)
    actor.require(NEEDED["deal", action], [deal.project_id], "deal")
    return deal


def _faults(actor: Actor, deal: Deal, cleaned: Values) -> list[Fault]:
    """Return what is wrong beyond single values; turns a currency into capitals first."""
    faults = project_faults(actor, cleaned) + unique_faults("deal", deal.pk, cleaned)
    currency = str(cleaned.get("currency") or "")
    if currency and not _CURRENCY.fullmatch(currency.upper()):
        faults.append(Fault("currency", "invalid", {"value": currency}))
    category_id = cleaned.get("category")
    if category_id is not None:
        project_id = cleaned.get("project", deal.project_id)
        categories = DealCategory.objects.filter(pk=category_id, project_id=project_id)  # type: ignore[misc]  # cleaned ids
        if not categories.exists():
            faults.append(Fault("category", "unknown", {"value": category_id}))
    return faults


def _store(actor: Actor, deal: Deal, cleaned: Values, *, status_before: DealStatus | None) -> None:
    before = stay_of(deal)
    assign(deal, "deal", cleaned)
    if deal.stage_id != before.stage_id:
        deal.stage_changed_at = deal.updated_at
    deal.currency = deal.currency.upper()
    deal.name_key = key_of(deal.name)
    if not deal.status_id:
        deal.status = default_status()
    if deal.probability is None and deal.stage is not None and cleaned.get("stage"):
        deal.probability = deal.stage.probability
    _note_outcome(deal, status_before)
    note_stay(deal, before)
    deal.save()
    replace_facts("deal", deal.pk, cleaned)
    if "contacts" in cleaned:
        relink(
            actor,
            DealContact.objects.filter(deal=deal),
            cleaned["contacts"],  # type: ignore[arg-type]  # cleaned ids
            lambda pk: DealContact(deal=deal, contact_id=pk),
        )
    tag_record(deal, cleaned)
    replace_custom_values("deal", deal.pk, cleaned)
    take_custom_files("deal", deal, cleaned)


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
