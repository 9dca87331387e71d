"""Make a user, a project, a credential per dialect and a web form, and print them."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.errors import InvalidError
from contacts.fields import reference
from crm.starting_point import ROLES, Wish, begin


class Command(BaseCommand):
    """Make a user, a project, credentials and a web form; `--help` lists the options."""

    help = "Create or update a user with a role in a project, and credentials for every dialect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--username", required=True)
        parser.add_argument("--password", default="", help="random for a new user when left out")
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--role",
            choices=["administrator", *ROLES, "none"],
            default="administrator",
            help="administrator: of everything; the others: in the project; none: no membership",
        )
        parser.add_argument("--project", default="demo", help="identifier (demo)")
        parser.add_argument("--json", action="store_true", help="print one JSON object, no more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print the result."""
        reference.forget()
        wish = Wish(
            options["username"],
            options["password"],
            options["email"],
            options["role"],
            options["project"],
        )
        try:
            made = begin(wish)
        except InvalidError as refused:
            faults = "; ".join(f"{fault.key}: {fault.code}" for fault in refused.faults)
            raise CommandError(faults) from None
        if options["json"]:
            self.stdout.write(json.dumps(made))
            return
        for name, value in made.items():
            self.stdout.write(f"{name:<12} {value if not isinstance(value, dict) else ''}")
            for key, each in value.items() if isinstance(value, dict) else ():
                self.stdout.write(f"  {key:<12} {each}")
