"""Serve the CRM with the production server."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from crm import preparation, server
from crm.announcement import announcement
from crm.heap import share_one_heap


class Command(BaseCommand):
    """Start the production server on HOST and PORT."""

    help = "Serve the CRM with the production server, on the address in HOST and PORT."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the command line."""
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="bring the database up to date before, and on the first run create an "
            "administrator with demo data",
        )

    def handle(self, *, prepare: bool, **_: object) -> None:
        """Prepare where asked, say where the server is, and serve."""
        # Before there are threads: those that pack style sheets, and those of the worker processes.
        share_one_heap()
        try:
            server.require_free_port(settings.HOST, settings.PORT)
        except server.PortTakenError as error:
            raise CommandError(f"Cannot listen on {error}. PORT chooses another one.") from None
        if prepare:
            self.say(announcement(preparation.prepare(self.say)))
        else:
            preparation.collect_static(self.say)
            self.warn_of_old_tables()
            self.say(f"Rosetta CRM is at {settings.BASE_URL}/")
        server.serve()

    def say(self, line: str) -> None:
        """Print a line at once, even into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()

    def warn_of_old_tables(self) -> None:
        """Say so when migrations are missing; a database that is away may still come."""
        try:
            missing = preparation.pending_migrations()
        except DatabaseError as error:
            self.stderr.write(f"The database does not answer yet: {error}")
            return
        if missing:
            self.stderr.write(
                f"The database lacks {missing} migrations. Run: .venv/bin/python manage.py migrate"
            )
