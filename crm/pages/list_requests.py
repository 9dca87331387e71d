"""Show the filter of the list of contacts as a request in every protocol."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.base.intentions import Intention
from contacts.admin import site
from contacts.admin.address_book.listing import asked_list
from contacts.admin.visitors import actor_of_request
from crm.pages.ways import ways_of

LIST = "admin:contacts_contact_changelist"


@require_safe
def list_requests(request: HttpRequest) -> HttpResponse:
    """Show the requests of the list that the rest of the address asks for."""
    actor = actor_of_request(request)
    asked = asked_list(actor, request.GET, archived=False)
    context = {
        **site.each_context(request),
        "title": _("The list as a request"),
        "filtering": asked.filtering,
        "ways": ways_of(actor, Intention(verb="list", query=asked.query)),
        "list_url": f"{reverse(LIST)}?{request.GET.urlencode()}",
    }
    return render(request, "pages/list_requests.html", context)
