"""Take the contacts of a file in."""

import codecs
import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.access import find_user
from contacts.fields import reference
from contacts.jobs import Origin, enqueue, run_held
from contacts.models import Job
from contacts.services.recognizing import RULES
from contacts.services.taking_in import FILL, WAYS, Rule
from contacts.transfer.findings import report_beside
from contacts.transfer.importing import digest_of
from contacts.transfer.jobs import IMPORT
from contacts.transfer.reading import FORMATS, format_of
from contacts.transfer.saying import Said
from contacts.transfer.tables import FormatError

LOOK_EVERY = 1.0

# What is said of the numbers of a result.
TOLD = {
    "imported": "{} contacts taken in",
    "accepted": "{} contacts would be taken in",
    "changed": "{} changed",
    "would_change": "{} would be changed",
    "unchanged": "{} unchanged",
    "passed_over": "{} known and passed over",
    "to_decide": "{} known and left to decide",
    "repeated": "{} repeated in the file",
    "rejected": "{} refused",
}


class Command(BaseCommand):
    """`manage.py import FILE [--match RULE] [--on-match WAY] [--check] [--as USER] [--json]`."""

    help = (
        "Take contacts in from CSV, XLSX, vCard or JSON. Cut off, it goes on where it was: by"
        " itself where a worker runs, else when started again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the file to read")
        parser.add_argument(
            "--format", choices=list(FORMATS), help="the format, if not by the ending of the file"
        )
        parser.add_argument("--as", dest="user", metavar="USER", help="on behalf of this user")
        parser.add_argument("--project", help="identifier of the project for those that name none")
        parser.add_argument(
            "--match", choices=list(RULES), default="", help="how known contacts are recognised"
        )
        parser.add_argument(
            "--on-match", choices=list(WAYS), default=FILL, help="what happens with known ones"
        )
        parser.add_argument("--check", action="store_true", help="store nothing, only tell")
        parser.add_argument("--country", default="", help="two letters, where rows name none")
        parser.add_argument("--encoding", default="", help="where it is not UTF-8 or UTF-16")
        parser.add_argument("--delimiter", default="", help="what parts the cells of a CSV file")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Run the job, or follow it where somebody else runs it."""
        reference.forget()
        job = self._job(options)
        while not job.is_finished:
            # False where another process has it; should that die, it is ours after a while.
            if not run_held(job):
                time.sleep(LOOK_EVERY)
            job.refresh_from_db()
        if job.status != Job.Status.DONE:
            raise CommandError(f"The import is {job.status}: {job.error}", returncode=1)
        self._tell(job, options)

    def _job(self, options: dict[str, Any]) -> Job:
        """Return the unfinished import of this very file, or a new one."""
        try:
            path = options["file"].resolve(strict=True)
            file_format = format_of(path, options["format"] or "")
            key = f"import:{digest_of(path)}"
        except (FormatError, OSError) as error:
            raise CommandError(str(error)) from error
        parameters = {
            "path": str(path),
            "said": _said(options, file_format).to_json(),
            "project": _project(options),
            "rehearses": options["check"],
        }
        return enqueue(IMPORT, parameters, origin=_origin(options), key=key)

    def _tell(self, job: Job, options: dict[str, Any]) -> None:
        report = report_beside(Path(job.parameters["path"]))
        is_reported = report.exists() and any(
            job.result.get(name) for name in ("rejected", "to_decide")
        )
        result = {**job.result, "report": str(report) if is_reported else None}
        told = [text.format(job.result[name]) for name, text in TOLD.items() if name in job.result]
        text = ", ".join(told) + "."
        if is_reported:
            text += f" See {report}."
        self.stdout.write(json.dumps(result) if options["json"] else text)


def _said(options: dict[str, Any], file_format: str) -> Said:
    encoding, delimiter = options["encoding"], options["delimiter"]
    country = options["country"].upper()
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError as error:
        raise CommandError(f"There is no encoding {encoding!r}.") from error
    if delimiter and len(delimiter) != 1:
        raise CommandError("A delimiter is one character.")
    if country and reference.countries().id_of(country) is None:
        raise CommandError(f"There is no country {country!r}.")
    return Said(
        file_format,
        encoding=encoding,
        delimiter=delimiter,
        country=country,
        rule=Rule(options["match"], options["on_match"]),
    )


def _origin(options: dict[str, Any]) -> Origin:
    if not options["user"]:
        return Origin(dialect="import")
    user = find_user(options["user"])
    if user is None:
        raise CommandError(f"There is no user {options['user']!r}.")
    return Origin(user_id=user.pk, dialect="import")


def _project(options: dict[str, Any]) -> int | None:
    if not options["project"]:
        return None
    project_id = reference.projects().id_of(options["project"])
    if project_id is None:
        raise CommandError(f"There is no project {options['project']!r}.")
    return project_id
