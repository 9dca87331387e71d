"""Let developers put a call together, see it in every environment, and run it as themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from api.base.examples import CodeSample
from api.base.intentions import UnsayableError
from api.civicrm import DIALECT
from api.civicrm.exploring.choosing import COMPARISONS, choices_for, compares
from api.civicrm.exploring.drafts import Draft, Link, Row, draft_of
from api.civicrm.exploring.environments import environments_of
from api.civicrm.exploring.intending import intention_of
from api.civicrm.exploring.requests import is_read, request_of, request_of_version4
from api.civicrm.exploring.version4 import environments_of_version4, in_version4
from contacts.access import Actor
from contacts.admin import navigation, site
from contacts.admin.visitors import actor_of_request
from crm.pages.ways import Asked, Way, ran_of, requests_of, ways_of

SPARE_ROWS = 2


@require_http_methods(["GET", "HEAD", "POST"])
def explorer(request: HttpRequest) -> HttpResponse:
    """Show the call that the address describes; a POST runs it as well."""
    actor = actor_of_request(request)
    draft = draft_of(request.GET.urlencode())
    own, (ways, sentence) = _own_requests(actor, draft), _other_ways(actor, draft)
    ran = ran_of(request, actor, [*own, *requests_of(ways)]) if request.method == "POST" else None
    named = [row.name for row in draft.rows]
    choices = choices_for(actor, draft.entity, draft.action, named)
    context = {
        **site.each_context(request),
        "title": _("API explorer"),
        "draft": draft,
        "choices": choices,
        "known": {field.name for field in choices.fields},
        "listed": {field.name for field in choices.fields if field.options},
        "comparisons": COMPARISONS if compares(draft.action) else (),
        "rows": [*draft.rows, *(Row() for _spare in range(SPARE_ROWS))],
        "links": [*draft.links, Link()],
        "own": own[0],
        "newer": [each for each in own[1:] if each.name != DIALECT.name],
        "ways": ways,
        "sentence": sentence,
        "environments": _environments(actor, draft),
        "ran": ran,
        "run_url": f"{reverse('explorer')}?{request.META.get('QUERY_STRING', '')}",
    }
    return render(request, "pages/explorer.html", context)


@require_safe
def lead(request: HttpRequest, version: str | None = None) -> HttpResponse:
    """Lead from the explorer's address of the original, with everything that it preselects."""
    query = request.GET.copy()
    if version == "4":
        query["version"] = "4"
    address = reverse("explorer")
    return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)


def link(request: HttpRequest) -> navigation.Link:
    """Return the entry of the navigation."""
    url = reverse("explorer")
    return navigation.Link("doors", 90, _("API explorer"), url, "search", request.path == url)


def _own_requests(actor: Actor, draft: Draft) -> Sequence[Asked]:
    """Return the call in the versions that have words for it, the one that is wanted first."""
    call = (draft.entity, draft.action, draft.params)
    writes = not is_read(draft.action, draft.params)
    third = Asked(DIALECT.name, DIALECT.title, request_of(*call), writes)
    try:
        step = request_of_version4(*in_version4(actor, *call))
    except UnsayableError:
        return [third]
    fourth = Asked(f"{DIALECT.name}:4", _("Version 4"), step, writes)
    return [fourth, third] if draft.version == "4" else [third, fourth]


def _other_ways(actor: Actor, draft: Draft) -> tuple[Sequence[Way], str]:
    """Return the same in the other dialects, or the sentence why none of them says it."""
    try:
        intention = intention_of(actor, draft.entity, draft.action, draft.params)
    except UnsayableError as error:
        return (), error.sentence
    return ways_of(actor, intention, but=DIALECT.name), ""


def _environments(actor: Actor, draft: Draft) -> Sequence[CodeSample]:
    """Return the call in every environment, those of the version that is wanted first."""
    call = (draft.entity, draft.action, draft.params)
    third = environments_of(*call, settings.BASE_URL)
    try:
        fourth = environments_of_version4(*in_version4(actor, *call), settings.BASE_URL)
    except UnsayableError as error:
        fourth = [CodeSample(_("Version 4"), error.sentence)]
    return [*fourth, *third] if draft.version == "4" else [*third, *fourth]
