"""Show a form as HTML or, to programs, its refusal as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from contacts.errors import Fault
from contacts.intake import reading, timing, wording, working
from contacts.intake.questions import Question, questions_of
from contacts.models import WebForm
from contacts.services.form_fields import form_fields

Entered = Mapping[str, Sequence[str]]


def show_form(
    request: HttpRequest,
    form: WebForm,
    entered: Entered | None = None,
    faults: Iterable[Fault] = (),
    *,
    status: int = 200,
    trial: str | None = None,
) -> HttpResponse:
    """Return the page of a form with what was entered and what is wrong with it.

    `trial` is for its owner, who only tries it: the address that takes the trial, "" for none.
    """
    faults = list(faults)
    questions = questions_of(form, form_fields(form), entered, faults)
    general = wording.refusal_words(status) if status not in (200, 422) else ""
    if status != 200 and wants_json(request):
        return _refusal_json(questions, faults, general, status)
    if status == 200:
        entered = None
    return render(
        request,
        "forms/form.html",
        {
            "form": form,
            "action": reverse("forms:form", args=[form.public_id]) if trial is None else trial,
            "is_trial": bool(trial),
            "is_draft": trial == "",
            "questions": questions,
            "summary": _summary(questions, faults),
            "general": general,
            "marks_optional": _mostly_required(questions),
            "rendered": _rendering(form, entered, faults),
            "zero_bits": working.ZERO_BITS if form.asks_for_work else 0,
            "trap": form.honeypot or reading.TRAP,
            "trapped": "".join((entered or {}).get(form.honeypot or reading.TRAP, ())),
            "names": reading,
            "landing": _first_of(entered, reading.LANDING) or request.META.get("QUERY_STRING", ""),
            "came_from": _first_of(entered, reading.CAME_FROM)
            or ("" if entered else request.headers.get("Referer", "")),
            "has_consented": bool(entered and any(entered.get(reading.CONSENT, ()))),
            "consent_errors": [wording.words_of(each) for each in faults if each.key == "consent"],
            "has_files": any(question.control == "file" for question in questions),
            "back": page_before(request),
        },
        status=status,
    )


def _first_of(entered: Entered | None, name: str) -> str:
    return "".join((entered or {}).get(name, ()))


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a program asks, such as a script on the owner's site."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def page_before(request: HttpRequest) -> dict[str, str] | None:
    """Return the page of another site from which the visitor came, if the browser says so."""
    address = request.headers.get("Referer", "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc == request.get_host():
        return None
    return {"address": address, "site": parts.hostname or ""}


def _summary(questions: Sequence[Question], faults: Iterable[Fault]) -> list[tuple[str, str, str]]:
    """Return (id of the control, label, words) of every fault, in the order of the page."""
    said = [(each.id, each.label, words) for each in questions for words in each.errors]
    for fault in faults:
        if fault.key == "consent":
            said.append((reading.CONSENT, "", wording.words_of(fault)))
        elif fault.key not in {each.key for each in questions}:
            said.append(("", "", wording.words_of(fault)))
    return said


def _mostly_required(questions: Sequence[Question]) -> bool:
    asked = [question for question in questions if question.control != "text"]
    return sum(question.is_required for question in asked) * 2 > len(asked)


def _rendering(form: WebForm, entered: Entered | None, faults: Iterable[Fault]) -> str:
    """Return the signed time; who corrects a page is not taken for a robot that is too quick."""
    if entered is None:
        return timing.sign_rendering(form)
    sent = "".join(entered.get(reading.RENDERED, ()))
    is_good = timing.read_rendering(form, sent) is not None
    if is_good and all(fault.code != "expired" for fault in faults):
        return sent
    earlier = timedelta(seconds=form.min_seconds) if is_good else timedelta()
    return timing.sign_rendering(form, earlier=earlier)


def _refusal_json(
    questions: Sequence[Question], faults: Iterable[Fault], general: str, status: int
) -> HttpResponse:
    errors = {each.key: list(each.errors) for each in questions if each.errors}
    for fault in faults:
        errors.setdefault(fault.key, [wording.words_of(fault)])
    body = {"status": "error", "message": general, "errors": errors}
    return JsonResponse(body, status=status)
