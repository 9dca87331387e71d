"""Find records by the names of what they are tied to."""

from contacts.access import Actor
from contacts.query import Query, all_of, search, where

MOST = 1_000
FIRMS = ("organization", "household")
OPERATORS = {"=": "eq", "like": "contains"}


def companies_called(actor: Actor, operator: str, value: str) -> list[int]:
    """Return the companies of a name."""
    named = where(actor, "display_name", OPERATORS.get(operator, "contains"), value)
    asked = all_of(named, where(actor, "kind", "in", list(FIRMS)))
    return search(actor, Query(condition=asked, limit=MOST)).ids


def contacts_of_deals_called(actor: Actor, operator: str, value: str) -> list[int]:
    """Return the contacts of the deals of a name."""
    named = where(actor, "name", OPERATORS.get(operator, "contains"), value, kind="deal")
    found: dict[int, None] = {}
    for deal in search(actor, Query("deal", named, limit=MOST)).documents:
        main, further = deal.get("contact"), deal.get("contacts")
        rows = [main, *(further if isinstance(further, list) else [])]
        found |= {int(row["id"]): None for row in rows if isinstance(row, dict)}
    return list(found)
