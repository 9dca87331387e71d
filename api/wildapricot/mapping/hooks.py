"""Write the subscriptions by which programs are told that a contact has changed."""

from collections.abc import Mapping
from typing import Any

Wire = dict[str, object]

CONTACT_MODIFIED = "ContactModified"


def subscription(account_url: str, webhook: Mapping[str, Any]) -> Wire:
    """Return a subscription; its secret, by which messages are signed, is shown once."""
    wire: Wire = {
        "Id": webhook["id"],
        "Url": f"{account_url}/Webhooks/{webhook['id']}",
        "TargetUrl": webhook["url"],
        "MessageType": CONTACT_MODIFIED,
        "IsPaused": webhook["is_paused"],
    }
    return {**wire, "Secret": webhook["secret"]} if "secret" in webhook else wire
