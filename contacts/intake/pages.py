"""The pages that visitors see: a form, its thanks, and what to do when something is wrong.

Nothing here is authorised by a cookie, so none is set and none is needed against forged posts.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contacts.access import find_form, find_form_at
from contacts.access.counting import today
from contacts.access.view_counts import count_view
from contacts.errors import ForbiddenError, InvalidError, ThrottledError
from contacts.intake import reading, timing
from contacts.intake.answering import error_page, received, thanks_page
from contacts.intake.colors import style_of
from contacts.intake.headers import framed
from contacts.intake.redirects import marked
from contacts.intake.sending import Outcome
from contacts.intake.showing import show_form, wants_json
from contacts.intake.submitting import submit
from contacts.models import Project, WebForm
from contacts.services.form_fields import form_fields

__all__ = ["colors", "error_page", "form_page", "thanks", "thanks_page"]

View = Callable[..., HttpResponse]


def _of_form(view: View) -> View:
    """Find the form of an address, speak its language and add its headers."""

    @wraps(view)
    def found(request: HttpRequest, key: str) -> HttpResponse:
        form = find_form_at(key) or find_form(key)
        if form is None or not _is_open(form):
            return render(request, "forms/missing.html", status=404)
        with translation.override(form.language or translation.get_language()):
            return framed(request, view(request, form), form)

    return found


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_of_form
def form_page(request: HttpRequest, form: WebForm) -> HttpResponse:
    """Show a form, or take what was entered into it."""
    if request.method != "POST":
        _count_view(request, form)
        return show_form(request, form)
    entered = reading.entered_in(request.POST)
    values = reading.values_of(form_fields(form), entered, request.FILES)
    try:
        outcome = submit(form, values, reading.sender_of(request, form, entered))
    except InvalidError as error:
        return show_form(request, form, entered, error.faults, status=422)
    except ThrottledError as error:
        response = show_form(request, form, entered, status=429)
        response["Retry-After"] = str(error.wait)
        return response
    except ForbiddenError:
        return show_form(request, form, entered, status=403)
    return _taken(request, form, outcome)


@never_cache
@require_http_methods(["GET", "HEAD"])
@_of_form
def thanks(request: HttpRequest, form: WebForm) -> HttpResponse:
    """Thank the visitor; what was received is repeated where the owner wants it."""
    values = received(form, request.GET.get("sent", "")) if form.repeats_values else {}
    return thanks_page(request, form=form, values=values)


@require_http_methods(["GET", "HEAD"])
@_of_form
def colors(request: HttpRequest, form: WebForm) -> HttpResponse:
    """Return the style sheet of a form's own colours."""
    return HttpResponse(style_of(form), content_type="text/css; charset=utf-8")


def _count_view(request: HttpRequest, form: WebForm) -> None:
    """Count somebody who looks at the page; a browser that only fetches ahead is nobody."""
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        count_view(form.pk, today())


def _taken(request: HttpRequest, form: WebForm, outcome: Outcome) -> HttpResponse:
    if wants_json(request):
        body = {"status": "ok", "redirect_to": outcome.redirect_to}
        return JsonResponse(body, status=201)
    if outcome.redirect_to:
        return _see_other(marked(outcome.redirect_to))
    address = reverse("forms:thanks", args=[form.public_id])
    if form.repeats_values and outcome.submission_id is not None:
        address += f"?sent={timing.sign_sending(outcome.submission_id)}"
    return _see_other(address)


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    # A reload of what follows must not send the form again.
    response.status_code = 303
    return response


def _is_open(form: WebForm) -> bool:
    """Tell whether the form's project takes contacts."""
    project = form.project
    return project.status == Project.Status.ACTIVE and "contacts" in project.modules
