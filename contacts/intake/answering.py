"""Answer visitors once their form was sent, here or from another site."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from contacts.errors import Fault
from contacts.intake import wording
from contacts.intake.headers import framed
from contacts.intake.questions import Question, questions_of
from contacts.intake.redirects import marked
from contacts.intake.showing import page_before, show_form
from contacts.intake.timing import read_sending
from contacts.models import Submission, WebForm
from contacts.services.form_fields import flattened, form_fields


def thanks_page(
    request: HttpRequest,
    *,
    form: WebForm | None = None,
    values: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page that thanks a visitor, for a form of ours or of another site."""
    with translation.override(_language_of(form)):
        context = {
            "form": form,
            "values": values or {},
            "onward": _onward(form),
            "back": page_before(request),
        }
        return render(request, "forms/thanks.html", context, status=status)


def error_page(
    request: HttpRequest,
    faults: Iterable[Fault],
    values: Mapping[str, object],
    status: int = 422,
    *,
    form: WebForm | None = None,
) -> HttpResponse:
    """Return the page for a visitor of another site whose entries were refused.

    With a form it is the form itself, filled in, so that the visitor can go on at once; else the
    entries are listed, so that nothing that was written is lost.
    """
    faults = list(faults)
    with translation.override(_language_of(form)):
        if form is not None and status in (422, 429):
            entered = _entered(values)
            return framed(request, show_form(request, form, entered, faults, status=status), form)
        said = [(wording.label_of(each.key), wording.words_of(each)) for each in faults]
        listed = [
            (wording.label_of(key), ", ".join(_lines(value))) for key, value in values.items()
        ]
        context = {
            "said": said,
            "general": "" if status == 422 else wording.refusal_words(status),
            "values": [(label, text) for label, text in listed if text],
            "back": page_before(request),
        }
        return render(request, "forms/foreign_error.html", context, status=status)


def received(form: WebForm, signed: str) -> dict[str, str]:
    """Return what a thank-you page repeats, by label; nothing without a good signature."""
    submission_id = read_sending(signed)
    submission = Submission.objects.filter(pk=submission_id or 0, form=form).first()
    if submission is None:
        return {}
    shown = [each for each in form_fields(form) if not each.is_hidden]
    entered = _entered(submission.prepared)
    questions = questions_of(form, [each for each in shown if each.key in entered], entered, ())
    return {question.label: _told(question) for question in questions if _told(question)}


def _onward(form: WebForm | None) -> dict[str, str] | None:
    """Return where the owner leads visitors once they were thanked."""
    if form is None or not form.is_thanked_first or not form.redirect_to:
        return None
    host = urlsplit(form.redirect_to).hostname or ""
    return {"address": marked(form.redirect_to), "site": host}


def _entered(values: Mapping[str, object]) -> dict[str, list[str]]:
    return {key: list(_lines(value)) for key, value in flattened(values).items()}


def _told(question: Question) -> str:
    if question.control == "checkbox":
        return "✓" if question.value else ""
    chosen = [answer.label for answer in question.answers if answer.is_chosen]
    return ", ".join(chosen) or question.value


def _lines(value: object) -> Iterable[str]:
    """Yield the texts of a value as a visitor would have written them."""
    if value in (None, ""):
        return
    if isinstance(value, bool):
        yield "1" if value else ""
    elif isinstance(value, Mapping):
        # The first text of a channel is the channel itself; the others say what kind it is.
        yield next((str(item) for item in value.values() if item), "")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _lines(item)
    else:
        yield str(value)


def _language_of(form: WebForm | None) -> str:
    return (form.language if form else "") or translation.get_language() or settings.LANGUAGE_CODE
