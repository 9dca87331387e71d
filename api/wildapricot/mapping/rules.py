"""Rules of this protocol's own about contacts, beyond what the domain demands."""

from api.wildapricot.mapping.drafts import Draft, Pick
from contacts.query import Query, all_of, search, where

NOT_UNIQUE = "Email address must be unique."
NAMELESS = "First name, last name, organization or email is required."

_NAMES = ("first_name", "last_name", "household_name", "organization_name", "company")


def require_rules(draft: Draft) -> None:
    """Add to the draft what breaks the rules of this protocol."""
    _require_unique_email(draft)
    if not draft.restrictions:
        _require_name(draft)


def _require_unique_email(draft: Draft) -> None:
    """Refuse a primary address that another contact has, where it is being set.

    Duplicates that came another way stay readable, and changeable in everything else.
    """
    email = _email_in(draft.values.get("emails"))
    if not email or email.casefold() == _email_in(draft.document.get("emails")).casefold():
        return
    actor = draft.actor
    same = where(actor, "emails", "eq", email, scope="primary")
    others = where(actor, "id", "ne", draft.document["id"]) if draft.document else None
    condition = all_of(same, others)
    if search(actor, Query(condition=condition, limit=1, archived=None)).documents:
        draft.refuse("Email", email, NOT_UNIQUE)


def _email_in(items: object) -> str:
    main = Pick().find(items) if isinstance(items, list) else None
    return str(main.get("address", "")) if main else ""


def _require_name(draft: Draft) -> None:
    """Refuse a contact of which no name would be left."""
    after = {**draft.document, **draft.values}
    if not any(str(after.get(key) or "").strip() for key in _NAMES) and not after.get("emails"):
        draft.refuse("First name", "", NAMELESS)
