"""Contacts from a file: sent, looked at, checked as a whole, taken in by a job."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.access import NEEDED, Actor
from contacts.admin.address_book import import_choices as choices
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.nouns import DomainAdmin
from contacts.admin.visitors import actor_of_request
from contacts.admin.wording import sentence_of
from contacts.errors import InvalidError, NotFoundError
from contacts.services.background import start_job
from contacts.services.custom_fields import create_custom_field
from contacts.services.new_contacts import require_may_add
from contacts.services.records import together
from contacts.services.remembering import remember_import
from contacts.transfer.columns import NEW_FIELD
from contacts.transfer.findings import findings_beside, report_beside
from contacts.transfer.jobs import IMPORT
from contacts.transfer.reading import format_of
from contacts.transfer.saying import Said
from contacts.transfer.tables import TABLES, FormatError
from contacts.transfer.uploads import find_upload, keep_upload, name_of_upload

UNPROCESSABLE = 422


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
    return keep_upload(actor, upload.chunks(), file_format, path.name), ""


def import_file_screen(noun: DomainAdmin, request: HttpRequest, token: str) -> HttpResponse:
    """Show how a file begins and what is said of it; check it or take it in by a job."""
    actor = actor_of_request(request)
    require_may_add(actor)
    path = path_of(actor, token)
    reading = choices.reading_of(
        path.suffix.removeprefix("."), request.POST if request.method == "POST" else request.GET
    )
    context: dict[str, object] = {
        "title": _("Import contacts"),
        "file": name_of_upload(path),
        "reading": reading,
        "is_table": reading.file_format in TABLES,
        "has_delimiter": reading.file_format == "csv",
        **choices.choices(),
    }
    said = reading
    try:
        if request.method == "POST":
            said = choices.chosen(actor, request, path, reading)
            number = _start(actor, request, path, said)
            return HttpResponseRedirect(reverse("admin:contacts_job_page", args=[number]))
        said = choices.proposed(actor, path, reading)
    except FormatError as error:
        context["unreadable"] = _("The file cannot be read: %(reason)s") % {"reason": error}
        return noun.page(request, "admin/contacts/import_file.html", context, status=UNPROCESSABLE)
    except InvalidError as error:
        context["problems"] = [sentence_of(each, "custom_field") for each in error.faults]
    return _look(noun, request, path, said, context)


def _look(
    noun: DomainAdmin, request: HttpRequest, path: Path, said: Said, context: dict[str, object]
) -> HttpResponse:
    actor = actor_of_request(request)
    projects = projects_of(actor, NEEDED["contact", "create"])
    status = UNPROCESSABLE if "problems" in context else 200
    try:
        context["preview"] = choices.preview(actor, path, said)
    except FormatError as error:
        context["unreadable"] = _("The file cannot be read: %(reason)s") % {"reason": error}
        status = UNPROCESSABLE
    context |= {
        "said": said,
        "projects": projects,
        "project": request.POST.get("project", str(projects[0][0]) if len(projects) == 1 else ""),
        "meanings": choices.meanings(actor),
    }
    return noun.page(request, "admin/contacts/import_file.html", context, status=status)


def _start(actor: Actor, request: HttpRequest, path: Path, said: Said) -> int:
    """Remember what was said, make the custom fields, and start the job; returns its number.

    Raises InvalidError where a field cannot be made, FormatError.
    """
    rehearses = request.POST.get("go") != "import"
    allowed = {str(pk) for pk, _name in projects_of(actor, NEEDED["contact", "create"])}
    project = request.POST.get("project", "")
    headings = choices.first_rows(path, said)[0] if said.file_format in TABLES else []
    with together():
        if not rehearses and said.keys is not None:
            said = replace(said, keys=_with_fields(actor, headings, said.keys))
        if said.has_headings:
            remember_import(actor, *choices.lasting_of(headings, said))
        parameters = {
            "path": str(path),
            "said": said.to_json(),
            "name": name_of_upload(path),
            "project": int(project) if project in allowed else None,
            "rehearses": rehearses,
            "undo": "" if rehearses else actor.request_id,
        }
        # Of one file one job at a time: a button that is pressed twice starts nothing twice.
        return start_job(actor, IMPORT, parameters, key=f"import {path.stem}")


def _with_fields(actor: Actor, headings: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Make the custom fields that columns ask for; returns the columns with their keys."""
    made: list[str] = []
    for number, (heading, key) in enumerate(zip(headings, keys, strict=True)):
        if key.startswith(NEW_FIELD):
            values = {
                "object_kind": "contact",
                "label": heading.strip() or choices.column_name(number),
                "type": key.removeprefix(NEW_FIELD),
            }
            made.append(f"custom_{create_custom_field(actor, values)['id']}")
        else:
            made.append(key)
    return made


def import_links(path: str) -> dict[str, str]:
    """Return where the file of an import can be looked at again, and what was said of its rows."""
    token = Path(path).stem.rpartition("-")[2]
    addresses = {"file": "admin:contacts_contact_import_file"}
    if report_beside(Path(path)).exists():
        addresses["refused"] = "admin:contacts_contact_import_refused"
    if findings_beside(Path(path)).exists():
        addresses["rows"] = "admin:contacts_contact_import_rows"
    return {name: reverse(address, args=[token]) for name, address in addresses.items()}


def path_of(actor: Actor, token: str) -> Path:
    """Return where a file is that this very user has sent; raises NotFoundError."""
    path = find_upload(actor, token)
    if path is None:
        raise NotFoundError("file", token)
    return path
