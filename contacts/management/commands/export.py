"""Write contacts to a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.access import Actor, actor_of, find_user, system_actor
from contacts.fields import reference
from contacts.jobs import PAGE_CACHE_OF_READERS, settle_in
from contacts.transfer.exporting import export_contacts
from contacts.transfer.reading import FORMATS, format_of
from contacts.transfer.tables import FormatError


class Command(BaseCommand):
    """`manage.py export FILE [--format F] [--as USER] [--json]`."""

    help = "Write all contacts to a file: CSV, XLSX, vCard or JSON. Run again, it goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the file to write")
        parser.add_argument(
            "--format", choices=list(FORMATS), help="the format, if not by the ending of the file"
        )
        parser.add_argument("--as", dest="user", metavar="USER", help="only what this user sees")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Write batch by batch."""
        reference.forget()
        settle_in(PAGE_CACHE_OF_READERS)
        count = 0
        try:
            file_format = format_of(options["file"], options["format"] or "")
            for count in export_contacts(_actor(options["user"]), options["file"], file_format):
                if not options["json"]:
                    self.stderr.write(f"\r{count}", ending="")
        except (FormatError, OSError) as error:
            raise CommandError(str(error)) from error
        text = f"{count} contacts written to {options['file']}."
        result = {"contacts": count, "file": str(options["file"])}
        self.stdout.write(json.dumps(result) if options["json"] else text)


def _actor(username: str | None) -> Actor:
    if not username:
        return system_actor("export")
    user = find_user(username)
    if user is None:
        raise CommandError(f"There is no user {username!r}.")
    return actor_of(user, dialect="export")
