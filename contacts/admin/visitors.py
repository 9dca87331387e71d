"""On whose behalf a page of the browser UI is made."""

from django.http import HttpRequest

from contacts.access import Actor, actor_of
from contacts.models import User

DOOR = "browser"


def actor_of_request(request: HttpRequest) -> Actor:
    """Return the actor of a signed-in request, made once a request."""
    known = getattr(request, "crm_actor", None)
    if isinstance(known, Actor):
        return known
    user = request.user
    if not isinstance(user, User):
        raise TypeError("actor_of_request is for pages behind the sign-in")
    actor = actor_of(user, dialect=DOOR, request_id=request.META.get("HTTP_X_REQUEST_ID", ""))
    request.crm_actor = actor  # type: ignore[attr-defined]  # kept for the rest of the request
    return actor
