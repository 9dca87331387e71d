"""Show the owner of a web form how visitors will see it, and what would become of an answer.

Here because both rooms are needed: the editor of the browser UI and the pages of visitors.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST

from contacts.admin import site
from contacts.admin.doorways.web_forms import WebFormAdmin
from contacts.admin.framing import framed
from contacts.admin.visitors import actor_of_request
from contacts.errors import InvalidError
from contacts.fields import reference
from contacts.intake import reading
from contacts.intake.showing import show_form
from contacts.intake.wording import label_of, words_of
from contacts.models import WebForm
from contacts.services.filing import faults_of
from contacts.services.form_fields import form_fields, prepare
from contacts.services.form_texts import told
from contacts.services.web_forms import draft_web_form, get_web_form


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show what the editor holds at the moment as visitors would see it; nothing is stored."""
    actor = actor_of_request(request)
    editor = WebFormAdmin(WebForm, site)
    editor.require_view(request)
    try:
        form = draft_web_form(actor, editor.drafted(request))
    except InvalidError as error:
        faults = [(label_of(fault.key), words_of(fault)) for fault in error.faults]
        return framed(request, render(request, "forms/draft.html", {"faults": faults}))
    with translation.override(form.language or translation.get_language()):
        return framed(request, show_form(request, form, trial=""))


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, form_id: int) -> HttpResponse:
    """Let the owner fill in a form, and show what would be stored; nothing is."""
    form = get_web_form(actor_of_request(request), form_id)
    with translation.override(form.language or translation.get_language()):
        if request.method != "POST":
            return show_form(request, form, trial=request.path)
        entered = reading.entered_in(request.POST)
        fields = form_fields(form)
        prepared, faults = prepare(form, reading.values_of(fields, entered, {}))
        faults += [fault for fault in faults_of(form, prepared) if fault not in faults]
        if faults:
            return show_form(request, form, entered, faults, status=422, trial=request.path)
        context = {
            "form": form,
            "lines": [line.split(": ", 1) for line in told(prepared).splitlines() if ": " in line],
            "owner": reference.users().name_of(form.owner_id),
            "address": request.path,
        }
        return render(request, "forms/tried.html", context)
