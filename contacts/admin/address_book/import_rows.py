"""What became of the single rows of a file, or would become of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.http import HttpRequest, HttpResponse
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
from contacts.admin.wording import WORDS, sentence_of
from contacts.errors import Fault
from contacts.services.taking_in import ASKED, CHANGED, NEW, REFUSED, SAME, SKIPPED
from contacts.transfer.findings import REPEATED, Finding, findings_of

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
        sentence_of(Fault(key, code)) if key and code in WORDS else _plain(code)
        for key, code in finding.faults
    ]
    if finding.keys:
        labels = dict.fromkeys(label_of(key) for key in finding.keys if key not in UNTOLD)
        told.append(", ".join(labels))
    if finding.others:
        told.append(_("Several contacts are meant; the oldest counts."))
    return told


def _plain(code: str) -> str:
    if code == "forbidden":
        return _("You may not change this contact.")
    return code
