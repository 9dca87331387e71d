"""Run the jobs that outlive requests."""

import os
import signal
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand

from contacts.fields import reference
from contacts.jobs import Worker, run_due


class Command(BaseCommand):
    """`manage.py worker [--threads N] [--once] [--beside-server]`; any number may run."""

    help = "Run jobs until told to stop: one of these runs beside every server by itself."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--threads", type=int, default=2, help="how many jobs run at once")
        parser.add_argument(
            "--once", action="store_true", help="run what is due now, then end; nothing waits"
        )
        parser.add_argument(
            "--beside-server", action="store_true", help="end when the process that started it does"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Work; the first signal ends it after the steps under way."""
        if options["once"]:
            self.stdout.write(f"{run_due(reference.forget)} jobs run.")
            return
        parent = os.getppid() if options["beside_server"] else None
        worker = Worker(max(options["threads"], 1), prepare=reference.forget, parent=parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            # By another thread: a signal may come while this one holds the lock of what is set.
            signal.signal(number, lambda *_signal: Thread(target=worker.stop).start())
        if parent is None:
            self.stdout.write("The worker runs. Ctrl+C ends it.")
            self.stdout.flush()
        worker.run()
