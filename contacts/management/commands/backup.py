"""Copy database and files into one archive while the server runs."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.transfer.backup import write_backup


class Command(BaseCommand):
    """`manage.py backup FILE [--json]`."""

    help = "Copy database and files, as they are at one moment, into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the archive; one of that name is replaced")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Write the archive and say what is in it."""
        target: Path = options["file"]
        try:
            manifest = write_backup(target)
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}", returncode=1) from error
        rows = sum(manifest.rows.values())
        size = target.stat().st_size
        told = {"file": str(target), "bytes": size, "rows": rows, "files": manifest.files}
        text = f"{target}: {rows} rows and {manifest.files} files in {size:,} bytes."
        self.stdout.write(json.dumps(told) if options["json"] else text)
