"""Make an instance of an archive that `backup` wrote."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.transfer.backup import BackupError, opens_with_this_key, restore_backup

OTHER_KEY = (
    "The archive was made with another SECRET_KEY: sessions end, and keys that a protocol needs "
    "in clear work again only with that one."
)


class Command(BaseCommand):
    """`manage.py restore FILE [--replace] [--json]`."""

    help = "Fill a migrated, empty instance with what an archive holds; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="an archive that `backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="delete everything that is here already"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Restore, and say what there is now."""
        try:
            manifest = restore_backup(options["file"], replaces=options["replace"])
        except BackupError as error:
            raise CommandError(f"Nothing was restored: {error}.", returncode=1) from error
        if not opens_with_this_key(manifest):
            self.stderr.write(OTHER_KEY)
        rows = sum(manifest.rows.values())
        told = {"made_at": manifest.made_at, "rows": rows, "files": manifest.files}
        text = f"{rows} rows and {manifest.files} files of {manifest.made_at[:19]} restored."
        self.stdout.write(json.dumps(told) if options["json"] else text)
