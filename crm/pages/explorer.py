"""Let developers put a call together, see it in every environment, and run it as themselves."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from api.base import in_house
from api.base.examples import CodeSample, Step
from api.civicrm import DIALECT
from api.civicrm.exploring.choosing import COMPARISONS, choices_for, compares
from api.civicrm.exploring.drafts import Draft, Link, Row, draft_of
from api.civicrm.exploring.environments import environments_of
from api.civicrm.exploring.requests import is_read, request_of
from contacts.access import Actor
from contacts.access.credentials import require_program_use
from contacts.admin import navigation, site
from contacts.admin.doors import Answer
from contacts.admin.visitors import actor_of_request
from contacts.models import User

SPARE_ROWS = 2


@dataclass(frozen=True, slots=True)
class Request:
    """A request that can be run here; ``writes`` says that it may change something."""

    door: str
    title: str
    step: Step
    writes: bool


@require_http_methods(["GET", "HEAD", "POST"])
def explorer(request: HttpRequest) -> HttpResponse:
    """Show the call that the address describes; a POST runs it as well."""
    actor = actor_of_request(request)
    draft = draft_of(request.META.get("QUERY_STRING", ""))
    ran = _ran(request, actor, draft) if request.method == "POST" else None
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
        "own": _own_request(draft),
        "environments": _environments(draft),
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


def _own_request(draft: Draft) -> Request:
    params = draft.params
    writes = not is_read(draft.action, params)
    step = request_of(draft.entity, draft.action, params)
    return Request(DIALECT.name, DIALECT.title, step, writes)


def _environments(draft: Draft) -> Sequence[CodeSample]:
    return environments_of(draft.entity, draft.action, draft.params, settings.BASE_URL)


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a request, and whether it was only rehearsed."""

    door: str
    title: str
    answer: Answer
    is_rehearsal: bool


def _ran(request: HttpRequest, actor: Actor, draft: Draft) -> Ran:
    if isinstance(request.user, User):
        require_program_use(request.user)
    own = _own_request(draft)
    is_rehearsal = own.writes and request.POST.get("dry_run") == "1"
    started = time.perf_counter()
    response = in_house.asked_as(
        replace(actor, dialect=own.door), request, own.step, is_rehearsal=is_rehearsal
    )
    spent = round((time.perf_counter() - started) * 1000)
    is_good = response.status_code < 400 and b'"is_error":1' not in response.content
    answer = Answer(response.status_code, in_house.pretty(response), spent, is_good)
    return Ran(own.door, own.title, answer, is_rehearsal)
