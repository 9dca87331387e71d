"""Run a call from the command line: ``manage.py civi api Contact.get first_name=Alice``."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from api.civicrm.command import lines
from api.civicrm.command.running import run_line
from api.civicrm.command.words import LineError
from contacts.fields import reference

NOT_UNDERSTOOD = 2
USAGE = """usage: manage.py civi [options] api Entity.action [key=value ...]
       manage.py civi [options] api4 Entity.action [key=value ...] [+s names] [+w condition] ...

Runs a call of the CiviCRM dialect and prints its answer. The words are those of cv (api, api3,
api4), drush and wp (civicrm-api, cvapi, civicrm api).

options:
  --user NAME        run as that user; without it permissions are not asked for
  --in args|json     json: read parameters from standard input
  --out FORMAT       {formats}
                     (also --format; -T table, -C csv, -I list, -J json; CV_OUTPUT is the default)
  -l, --uri SITE     accepted: there is one site
  -v, -vv            say what is called; with -vv ask for details of failures

examples:
  manage.py civi api Contact.get first_name=Alice options.limit=5
  manage.py civi api Contact.create contact_type=Individual first_name=Alice
  manage.py civi api4 Contact.get +s id,display_name +w 'last_name = Roberts' +l 10
"""


class Command(BaseCommand):
    """`manage.py civi`; exits with 1 when the call fails, 2 when the line is not understood."""

    help = "Run a call of the CiviCRM dialect as cv, drush and wp do."

    def print_help(self, prog_name: str, subcommand: str) -> None:
        """Print how lines are written."""
        self.stdout.write(USAGE.format(formats=", ".join(lines.FORMATS)))

    def run_from_argv(self, argv: list[str]) -> None:
        """Read the words ourselves: they are those of other tools, not of Django's commands."""
        sys.exit(self.run(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run when called by other code with the words as arguments."""
        self.run([str(word) for word in args])

    def run(self, words: list[str]) -> int:
        """Return the exit code of a line."""
        reference.forget()
        try:
            line = lines.read_line(words, out=os.environ.get("CV_OUTPUT", ""))
            if line.wants_help:
                self.print_help("manage.py", "civi")
                return 0
            piped = sys.stdin.read() if line.input == "json" else ""
            return run_line(line, piped=piped, out=sys.stdout, errors=sys.stderr)
        except LineError as error:
            sys.stderr.write(f"{error}\n")
            return NOT_UNDERSTOOD
