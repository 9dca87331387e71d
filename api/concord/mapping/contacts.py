"""Write people and companies from their documents."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.concord.mapping import choices, custom, phones
from contacts.fields import Field
from contacts.query.standings import Standing
from contacts.query.surroundings import DealBrief

Wire = dict[str, object]
Document = Mapping[str, Any]

OUTCOMES = ("open", "won", "lost")
# Counts of what this server does not keep for each record.
ZERO = ("documents_count", "draft_documents_count", "unread_emails_for_user_count")


def person(document: Document, fields: Sequence[Field]) -> Wire:
    """Return a person without what other records tell of it."""
    first, last = document.get("first_name", ""), document.get("last_name") or None
    name = " ".join(part for part in (first, last) if part) or document.get("display_name", "")
    return {
        "id": document["id"],
        "first_name": first,
        "last_name": last,
        "display_name": name,
        "path": f"/contacts/{document['id']}",
        "email": email_of(document),
        "phones": phones.to_wire(document.get("phones")),
        "job_title": document.get("job_title"),
        **_common(document, "contact", name),
        **custom.to_wire(list(fields), document.get("custom")),
    }


def company(document: Document, fields: Sequence[Field]) -> Wire:
    """Return a company, or a household, without what other records tell of it."""
    name = document.get("organization_name") or document.get("display_name", "")
    industry = choices.option(document.get("industry_id"))
    return {
        "id": document["id"],
        "name": name,
        "display_name": name,
        "path": f"/companies/{document['id']}",
        "domain": document.get("domain"),
        "email": email_of(document),
        "phones": phones.to_wire(document.get("phones")),
        "industry_id": industry["id"] if industry else None,
        "industry": industry,
        "parent_company_id": document.get("parent_id"),
        **_common(document, "company", name),
        **custom.to_wire(list(fields), document.get("custom")),
    }


def brief(document: Document) -> Wire:
    """Return a person or company as it stands inside another record."""
    is_person = document["kind"] == "person"
    name = document.get("display_name", "")
    own: Wire = {"name": name, "domain": document.get("domain")}
    if is_person:
        own = {"first_name": document.get("first_name", ""), "last_name": document.get("last_name")}
    return {
        "id": document["id"],
        **own,
        "display_name": name,
        "path": f"/{'contacts' if is_person else 'companies'}/{document['id']}",
        "email": email_of(document),
        "phones": phones.to_wire(document.get("phones")),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }


def deal_brief(deal: DealBrief) -> Wire:
    """Return a deal as it stands inside another record."""
    stage = {"id": deal.stage_id, "name": deal.stage} if deal.stage_id else None
    return {
        "id": deal.id,
        "name": deal.name,
        "display_name": deal.name,
        "path": f"/deals/{deal.id}",
        "status": OUTCOMES[deal.outcome],
        "stage_id": deal.stage_id,
        "stage": stage,
    }


def deal_counts(deals: Iterable[DealBrief]) -> Mapping[str, object]:
    """Return how many deals there are, and in which state."""
    states = [OUTCOMES[deal.outcome] for deal in deals]
    if not states:
        return NO_DEALS
    return {
        "deals_count": len(states),
        "open_deals_count": states.count("open"),
        "closed_deals_count": len(states) - states.count("open"),
        "won_deals_count": states.count("won"),
        "lost_deals_count": states.count("lost"),
    }


NO_DEALS: Mapping[str, object] = {
    "deals_count": 0,
    "open_deals_count": 0,
    "closed_deals_count": 0,
    "won_deals_count": 0,
    "lost_deals_count": 0,
}


def standing(found: Standing) -> Wire:
    """Return how many notes, calls and activities there are, and what was and comes next."""
    return {
        "notes_count": found.notes,
        "calls_count": found.calls,
        "activities_count": found.activities,
        "incomplete_activities_for_user_count": found.open_own,
        "next_activity_date": found.next_at,
        "last_contacted_at": found.called_at,
    }


def email_of(document: Document) -> str | None:
    """Return the primary address, or None."""
    rows = document.get("emails") or []
    main = next((row for row in rows if row.get("is_primary")), rows[0] if rows else None)
    return main.get("address") if main else None


def primary_address(document: Document) -> Document:
    """Return the primary postal address; an empty one where there is none."""
    rows = document.get("addresses") or []
    return next((row for row in rows if row.get("is_primary")), rows[0] if rows else {})


def _common(document: Document, subject: str, name: str) -> Wire:
    place = primary_address(document)
    land = choices.country(place.get("country_id"))
    owner = choices.user(document.get("owner_id"))
    source = choices.option(document.get("lead_source_id"))
    return {
        "tags": choices.tags(document.get("tags")),
        "user_id": document.get("owner_id"),
        "user": owner,
        "owner_assigned_date": document.get("owner_assigned_at"),
        "source_id": source["id"] if source else None,
        "source": source,
        "street": place.get("street1"),
        "city": place.get("city"),
        "state": place.get("region"),
        "postal_code": place.get("postcode"),
        "country_id": land["id"] if land else None,
        "country": land,
        **dict.fromkeys(ZERO, 0),
        "avatar": None,
        "avatar_url": choices.avatar_of(name),
        "uploaded_avatar_url": None,
        "guest_email": email_of(document),
        "guest_display_name": name,
        "timeline_subject_key": subject,
        "created_by": document.get("author_id"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }
