"""Contacts from a file: sent, looked at, checked as a whole, taken in by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.access import NEEDED, Actor
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.inputs import Text
from contacts.admin.nouns import DomainAdmin
from contacts.admin.visitors import actor_of_request
from contacts.errors import NotFoundError
from contacts.fields import Field
from contacts.services.background import start_job
from contacts.services.new_contacts import require_may_add
from contacts.transfer.cells import keys_of
from contacts.transfer.importing import report_beside
from contacts.transfer.jobs import IMPORT
from contacts.transfer.portable import portable_fields
from contacts.transfer.reading import TABLES, FormatError, beginning, format_of, read
from contacts.transfer.uploads import find_upload, keep_upload

SHOWN = 20
LONGEST_CELL = 80
# For each of them the page offers every field.
MOST_COLUMNS = 200
UNPROCESSABLE = 422
COLUMN = "column-"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading and the field that its cells go into, "" for none."""

    name: str
    heading: str
    key: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file; only tables have columns to choose fields for."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


def import_screen(noun: DomainAdmin, request: HttpRequest) -> HttpResponseBase:
    """Ask for a file and keep it for the next step."""
    actor = actor_of_request(request)
    require_may_add(actor)
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        token, problem = _kept(actor, upload if isinstance(upload, UploadedFile) else None)
        if token:
            return HttpResponseRedirect(noun.address("import_file", token))
    context: dict[str, object] = {"title": _("Import contacts"), "problem": problem}
    status = UNPROCESSABLE if problem else 200
    return noun.page(request, "admin/contacts/import.html", context, status=status)


def _kept(actor: Actor, upload: UploadedFile | None) -> tuple[str, str]:
    """Return the word under which the file is kept, or what is wrong with it."""
    if upload is None or not upload.size:
        return "", _("Choose a file that is not empty.")
    try:
        path = Path(upload.name or "")
        file_format = format_of(path, "csv" if path.suffix.lower() == ".tsv" else "")
    except FormatError:
        return "", _("Choose a file that ends in .csv, .xlsx, .vcf or .json.")
    return keep_upload(actor, upload.chunks(), file_format), ""


def import_file_screen(noun: DomainAdmin, request: HttpRequest, token: str) -> HttpResponse:
    """Show how a file begins and what its columns mean; check it or take it in by a job."""
    actor = actor_of_request(request)
    require_may_add(actor)
    path = _path_of(actor, token)
    context: dict[str, object] = {"title": _("Import contacts")}
    try:
        if request.method == "POST":
            number = start_job(actor, IMPORT, _parameters(actor, request, path))
            return HttpResponseRedirect(reverse("admin:contacts_job_page", args=[number]))
        context["preview"] = _preview(actor, path)
    except FormatError as error:
        context["problem"] = _("The file cannot be read: %(reason)s") % {"reason": error}
        return noun.page(request, "admin/contacts/import_file.html", context, status=UNPROCESSABLE)
    context["projects"] = projects_of(actor, NEEDED["contact", "create"])
    context["fields"] = [(field.key, field.label) for field in portable_fields(actor)]
    return noun.page(request, "admin/contacts/import_file.html", context)


def refused_rows(noun: DomainAdmin, request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer the rows that were refused, each with the reason, as a file."""
    report = report_beside(_path_of(actor_of_request(request), token))
    if not report.exists():
        raise Http404
    return FileResponse(report.open("rb"), as_attachment=True, filename="refused.csv")


def import_links(path: str) -> dict[str, str]:
    """Return where the file of an import can be looked at again, and its refused rows."""
    token = Path(path).stem.rpartition("-")[2]
    addresses = {"file": "admin:contacts_contact_import_file"}
    if report_beside(Path(path)).exists():
        addresses["refused"] = "admin:contacts_contact_import_refused"
    return {name: reverse(address, args=[token]) for name, address in addresses.items()}


def _path_of(actor: Actor, token: str) -> Path:
    path = find_upload(actor, token)
    if path is None:
        raise NotFoundError("file", token)
    return path


def _parameters(actor: Actor, request: HttpRequest, path: Path) -> dict[str, object]:
    """Return what the job is started with."""
    allowed = {str(pk) for pk, _name in projects_of(actor, NEEDED["contact", "create"])}
    project = request.POST.get("project", "")
    file_format = path.suffix.removeprefix(".")
    rehearses = request.POST.get("go") != "import"
    return {
        "path": str(path),
        "file_format": file_format,
        "project": int(project) if project in allowed else None,
        "keys": _chosen_keys(actor, request, path) if file_format in TABLES else [],
        "rehearses": rehearses,
        "undo": "" if rehearses else actor.request_id,
    }


def _chosen_keys(actor: Actor, request: HttpRequest, path: Path) -> list[str]:
    """Return the field of each column; a field that is chosen twice counts the first time."""
    known = {field.key for field in portable_fields(actor)}
    keys: list[str] = []
    for number in range(len(_first_rows(path)[0])):
        key = request.POST.get(f"{COLUMN}{number}", "")
        keys.append(key if key in known and key not in keys else "")
    return keys


def _first_rows(path: Path) -> list[list[str]]:
    rows = beginning(path, path.suffix.removeprefix("."), SHOWN + 1)
    if rows and len(rows[0]) > MOST_COLUMNS:
        raise FormatError(f"the table has more than {MOST_COLUMNS} columns")
    # What stands beyond the headings belongs to no column.
    return [row[: len(rows[0])] for row in rows] or [[]]


def _preview(actor: Actor, path: Path) -> Preview:
    known = {field.key: field for field in portable_fields(actor)}
    if path.suffix.removeprefix(".") not in TABLES:
        return _preview_of_records(path, known)
    headings, *rows = _first_rows(path)
    keys = keys_of(headings, known)
    columns = [
        Column(f"{COLUMN}{number}", heading, key)
        for number, (heading, key) in enumerate(zip(headings, keys, strict=True))
    ]
    return Preview(columns, [[cell[:LONGEST_CELL] for cell in row] for row in rows])


def _preview_of_records(path: Path, known: dict[str, Field]) -> Preview:
    records = list(islice(read(path, path.suffix.removeprefix("."), known), SHOWN))
    keys = [key for key in known if any(key in each.record for each in records)]
    labels: list[Text] = [known[key].label for key in keys]
    columns = [Column("", str(label), key) for label, key in zip(labels, keys, strict=True)]
    rows = [[_text(each.record.get(key))[:LONGEST_CELL] for key in keys] for each in records]
    return Preview(columns, rows)


def _text(value: object) -> str:
    """Return a value of a record as a person reads it."""
    if isinstance(value, list):
        return "; ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(_text(each) for each in value.values() if each not in (None, "", False))
    return "" if value is None else str(value)
