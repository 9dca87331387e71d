"""Names that boxes offer while somebody types (`crm/page.js` asks for them)."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of, users_of
from contacts.admin.choosing import suggested
from contacts.admin.naming import fitting
from contacts.admin.visitors import actor_of_request
from contacts.fields import reference


def _groups(actor: Actor) -> inputs.Options:
    return [(each.id, each.name) for each in reference.groups().by_id.values()]


NAMED: dict[str, Callable[[Actor], inputs.Options]] = {
    "users": users_of,
    "projects": projects_of,
    "groups": _groups,
}


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer names for a box of contacts, or `of` users, projects or groups."""
    actor, typed = actor_of_request(request), request.GET.get("q", "")[:200]
    options = NAMED.get(request.GET.get("of", ""))
    found: Iterable[str] = (
        suggested(actor, typed) if options is None else fitting(options(actor), typed.strip())
    )
    return JsonResponse({"suggestions": list(found)})
