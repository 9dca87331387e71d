"""Definitions of custom fields as a file: sent, and taken over after a look at what would come."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.visitors import actor_of_request
from contacts.admin.wording import sentence_of
from contacts.errors import InvalidError
from contacts.services.custom_definitions import Read, read_definitions, written_definitions
from contacts.services.records import rehearsed

MOST_BYTES = 2_000_000
OUTCOMES = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("as it is here"),
    "refused": gettext_lazy("refused"),
}
TONES = {"new": "good", "changed": "warn", "same": "", "refused": "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """One definition of the file, and what would become of it."""

    label: str
    outcome: str
    tone: str
    faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found in a file; `text` is sent again to take it over for good."""

    text: str = ""
    problem: str = ""
    lines: Sequence[Line] = ()
    sentence: str = ""
    is_done: bool = False
    can_go_on: bool = False


def definitions_file(actor: Actor) -> HttpResponse:
    """Answer all definitions as a file."""
    text = json.dumps(written_definitions(actor), ensure_ascii=False, indent=2)
    response = HttpResponse(f"{text}\n", content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="custom-fields.json"'
    return response


def taken_definitions(request: HttpRequest) -> Taken:
    """Return what is in the file that was sent; nothing is kept until it is sent as a text."""
    if request.method != "POST":
        return Taken()
    actor, is_sure = actor_of_request(request), "sure" in request.POST
    text = request.POST.get("text", "") if is_sure else _text_of(request)
    if not text:
        return Taken(problem=_("Choose a file that was exported here."))
    try:
        said: object = json.loads(text)
        found = read_definitions(actor, said) if is_sure else _rehearsed(actor, said)
    except (ValueError, RecursionError, InvalidError):
        return Taken(problem=_("This file holds no definitions of custom fields."))
    return _taken(text, found, is_sure=is_sure)


def _rehearsed(actor: Actor, said: object) -> list[Read]:
    with rehearsed():
        return read_definitions(actor, said)


def _text_of(request: HttpRequest) -> str:
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > MOST_BYTES:
        return ""
    try:
        return upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return " "


def _taken(text: str, found: Sequence[Read], *, is_sure: bool) -> Taken:
    counts = Counter(each.outcome for each in found)
    sentence = _("%(new)s new, %(changed)s changed, %(same)s as they are here, %(refused)s refused")
    is_refused = counts["refused"] > 0
    return Taken(
        text=text,
        lines=[_line(each) for each in found],
        sentence=sentence % {name: counts[name] for name in OUTCOMES},
        is_done=is_sure and not is_refused,
        can_go_on=not is_refused and counts["new"] + counts["changed"] > 0,
    )


def _line(each: Read) -> Line:
    faults = [sentence_of(fault, "custom_field") for fault in each.faults]
    return Line(each.label, str(OUTCOMES[each.outcome]), TONES[each.outcome], faults)
