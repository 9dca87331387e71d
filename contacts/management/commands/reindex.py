"""Rebuild or verify everything that is derived from the contacts."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts import index
from contacts.fields import reference
from contacts.index import Drift

# A drift of everything need not be told line by line.
MOST_LINES = 20


class Command(BaseCommand):
    """`manage.py reindex [--verify] [--json]`; exits with 1 when `--verify` finds a drift."""

    help = (
        "Rebuild the read documents, access rows, comparison keys and search text of all contacts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--verify", action="store_true", help="change nothing, compare and report differences"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Run, with a line of progress per batch."""
        reference.forget()
        total = index.count()
        if options["verify"]:
            self._verify(total, as_json=options["json"])
            return
        done = 0
        for done in index.rebuild():
            self._progress(done, total, quiet=options["json"])
        self._say({"contacts": done, "rebuilt": True}, f"{done} contacts rebuilt.", options)

    def _verify(self, total: int, *, as_json: bool) -> None:
        drifts: list[Drift] = []
        for found in index.verify():
            if isinstance(found, Drift):
                drifts.append(found)
                if not as_json and len(drifts) <= MOST_LINES:
                    of = "all" if found.contact_id is None else f"contact {found.contact_id}"
                    self.stderr.write(f"{of}: {found.what}")
        result = {"contacts": total, "drifts": [[each.contact_id, each.what] for each in drifts]}
        text = f"{total} contacts verified, {len(drifts)} differences."
        self._say(result, text, {"json": as_json})
        if drifts:
            raise CommandError("Run `manage.py reindex` to rebuild.", returncode=1)

    def _progress(self, done: int, total: int, *, quiet: bool) -> None:
        if not quiet:
            self.stderr.write(f"\r{done} of {total}", ending="\n" if done >= total else "")

    def _say(self, result: dict[str, Any], text: str, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(result) if options["json"] else text)
