"""Write everything that is kept about one person to a file."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.access import system_actor
from contacts.fields import reference
from contacts.management.people import refusals_told
from contacts.services.personal_data import require_personal
from contacts.transfer.personal_data import write_archive


class Command(BaseCommand):
    """`manage.py disclose CONTACT FILE [--json]`."""

    help = "Write everything that is kept about one person to a ZIP: rows, history, files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("contact", type=int, help="the number of the contact")
        parser.add_argument("file", type=Path, help="the ZIP to write")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Write the archive, readable by nobody else."""
        reference.forget()
        actor, target = system_actor("disclose"), Path(options["file"])
        with refusals_told():
            # Before the file is made, or there would be one of nobody.
            require_personal(actor, options["contact"])
        try:
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                counts = write_archive(actor, options["contact"], file)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(target), "rows": counts}))
            return
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"{target}: {told}")
