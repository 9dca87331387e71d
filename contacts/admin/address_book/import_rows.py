"""What became of the single rows of a file, or would become of them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import query
from contacts.access import Actor
from contacts.admin.address_book.importing import path_of
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.timeline import UNTOLD
from contacts.admin.address_book.words import label_of
from contacts.admin.inputs import Text
from contacts.admin.nouns import DomainAdmin
from contacts.admin.paging import asked_page
from contacts.admin.visitors import actor_of_request
from contacts.admin.wording import WORDS, sentence_of, words_of
from contacts.errors import Fault
from contacts.fields.spreadsheets import as_cell
from contacts.services.taking_in import ASKED, CHANGED, NEW, REFUSED, SAME, SKIPPED
from contacts.transfer.findings import REPEATED, Finding, findings_of, report_beside
from contacts.transfer.reading import NO_CARD, NO_OBJECT
from contacts.transfer.writing import line_writer

SHOWN = 100
WHATS: Mapping[str, tuple[Text, str]] = {
    REFUSED: (gettext_lazy("Refused"), "bad"),
    ASKED: (gettext_lazy("Left to decide"), "warn"),
    REPEATED: (gettext_lazy("Repeated in the file"), "warn"),
    CHANGED: (gettext_lazy("Known: changed"), "good"),
    SKIPPED: (gettext_lazy("Known: skipped"), "quiet"),
    SAME: (gettext_lazy("Known: unchanged"), "quiet"),
    NEW: (gettext_lazy("New"), "good"),
}

# What is wrong with a row as a whole.
PLAIN: Mapping[str, Text] = {
    "forbidden": gettext_lazy("You may not change this contact."),
    NO_CARD: gettext_lazy("This is no vCard that can be read."),
    NO_OBJECT: gettext_lazy("This is no JSON object."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: what became of it, why, and of which contact."""

    number: int
    what: Text
    tone: str
    reasons: Sequence[str]
    contacts: Sequence[tuple[str, str]]


def import_rows(noun: DomainAdmin, request: HttpRequest, token: str) -> HttpResponse:
    """Show the rows of a file of which there is something to say, narrowed to one kind."""
    actor = actor_of_request(request)
    path = path_of(actor, token)
    what = request.GET.get("what", "")
    number = asked_page(request.GET).number
    found = _found(path, what if what in WHATS else "")
    shown = list(islice(found, (number - 1) * SHOWN, number * SHOWN + 1))
    context: dict[str, object] = {
        "title": _("The rows of the file"),
        "lines": _lines(actor, shown[:SHOWN]),
        "what": what,
        "whats": [
            (name, label) for name, (label, _tone) in WHATS.items() if name not in (NEW, SAME)
        ],
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(shown) > SHOWN else None,
        "file_url": noun.address("import_file", token),
    }
    return noun.page(request, "admin/contacts/import_rows.html", context)


def refused_rows(noun: DomainAdmin, request: HttpRequest, token: str) -> StreamingHttpResponse:
    """Answer the rows that were refused, each with the reason in words, as a file."""
    actor = actor_of_request(request)
    path = path_of(actor, token)
    if not report_beside(path).exists():
        raise Http404
    response = StreamingHttpResponse(
        _with_reasons(actor, path, translation.get_language()), content_type="text/csv"
    )
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return response


def _with_reasons(actor: Actor, path: Path, language: str | None) -> Iterator[str]:
    """Yield the lines of the report, in which the reasons stand as programs know them."""
    refused = (each for each in findings_of(path) if each.what in (REFUSED, ASKED))
    line_of = line_writer()
    with report_beside(path).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        # Spreadsheets take a file without this mark for another encoding.
        yield "\ufeff" + line_of(next(rows, []))
        while some := list(islice(refused, SHOWN)):
            # What is streamed is made when the language of the request is forgotten.
            with translation.override(language):
                reasons = [_reason(line) for line in _lines(actor, some)]
            for reason, row in zip(reasons, rows, strict=False):
                yield line_of([row[0], as_cell(reason), *row[2:]])


def _reason(line: Line) -> str:
    """Return in a line of text why a row is not in."""
    known = ", ".join(name for name, _address in line.contacts)
    told = [_("Known already: %(contacts)s.") % {"contacts": known}] if known else []
    return " ".join([*line.reasons, *told])


def _found(path: Path, what: str) -> Iterator[Finding]:
    return (each for each in findings_of(path) if not what or each.what == what)


def _lines(actor: Actor, findings: Sequence[Finding]) -> list[Line]:
    ids = {pk for each in findings for pk in (each.contact, *each.others) if pk is not None}
    names = query.names_of_contacts(actor, sorted(ids))
    lines = []
    for each in findings:
        label, tone = WHATS[each.what]
        meant = [pk for pk in (each.contact, *each.others) if pk is not None]
        contacts = [(str(names.get(pk) or f"#{pk}"), contact_url(pk)) for pk in meant]
        lines.append(Line(each.row, label, tone, _reasons(each), contacts))
    return lines


def _reasons(finding: Finding) -> list[str]:
    told = [
        sentence_of(fault) if fault.key and fault.code in WORDS else _plain(fault)
        for fault in finding.faults
    ]
    if finding.keys:
        labels = dict.fromkeys(label_of(key) for key in finding.keys if key not in UNTOLD)
        told.append(", ".join(labels))
    if finding.others:
        told.append(_("Several contacts are meant; the oldest counts."))
    return told


def _plain(fault: Fault) -> str:
    if fault.code in PLAIN:
        return str(PLAIN[fault.code])
    return words_of(fault)
