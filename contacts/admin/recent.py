"""Remember in somebody's session which contacts were looked at last."""

from django.http import HttpRequest

KEPT = "recent_contacts"
MOST = 8


def seen_last(request: HttpRequest) -> list[int]:
    """Return the ids of the contacts that were looked at, the last one first."""
    return [pk for pk in request.session.get(KEPT, []) if isinstance(pk, int)]


def remember(request: HttpRequest, contact_id: int) -> None:
    """Put a contact first; nothing is written while somebody stays with the same one."""
    ids = seen_last(request)
    if ids[:1] != [contact_id]:
        request.session[KEPT] = [contact_id, *(pk for pk in ids if pk != contact_id)][:MOST]
