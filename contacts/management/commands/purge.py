"""Empty the trash of what has been in it for long enough."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from contacts.access import system_actor
from contacts.fields import reference
from contacts.services.purging import purge


class Command(BaseCommand):
    """`manage.py purge [--days N] [--json]`; meant to run once a day."""

    help = (
        "Delete for good what was archived longer ago than ARCHIVE_RETENTION_DAYS, and uploads of"
        " yesterday that nobody used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--days",
            type=int,
            help="days to keep the trash, if not ARCHIVE_RETENTION_DAYS; 0 deletes nothing of it",
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Purge and say how much went."""
        reference.forget()
        days = settings.ARCHIVE_RETENTION_DAYS if options["days"] is None else options["days"]
        counts = asdict(purge(system_actor("purge"), days=max(days, 0)))
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()))
