"""Say which changes programs may be told of, and write a subscription."""

from collections.abc import Mapping
from typing import Any

Wire = dict[str, object]

# Resource: kind of record in the domain.
KINDS: Mapping[str, str] = {
    "contacts": "contact",
    "companies": "contact",
    "deals": "deal",
    "activities": "activity",
}
ACTIONS: Mapping[str, str] = {"create": "created", "update": "updated"}
# What the domain keeps for us with a subscription.
RESOURCE, WORD, ZAP, DATA = "resource", "action", "zap_id", "data"


def to_wire(webhook: Mapping[str, Any]) -> Wire:
    """Return a subscription."""
    about = webhook["about"]
    written: Wire = {
        "id": webhook["id"],
        "hook": webhook["url"],
        "resource_name": about.get(RESOURCE),
        "action": about.get(WORD),
        "user_id": webhook["user_id"],
        "zap_id": about.get(ZAP),
        "data": about.get(DATA),
    }
    return written | ({"secret": webhook["secret"]} if "secret" in webhook else {})
