"""Erase everything that is kept about people."""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from contacts.access import system_actor
from contacts.fields import reference
from contacts.management.people import refusals_told
from contacts.services.personal_data import erase, require_personal
from contacts.services.personal_data.scrubbing import scrub


class Command(BaseCommand):
    """`manage.py erase CONTACT ... [--yes] [--json]`."""

    help = (
        "Erase people with history, files, submissions and all else; without --yes it only tells"
        " what would go."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("contact", type=int, nargs="+", help="the numbers of the contacts")
        parser.add_argument("--yes", action="store_true", help="do it; it cannot be taken back")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Erase, and clean the files of the database at once."""
        reference.forget()
        actor, counts = system_actor("erase"), Counter[str]()
        with refusals_told():
            # All of them, before the first one goes; who was merged is one with the other.
            named = (require_personal(actor, contact_id) for contact_id in options["contact"])
            people = {personal.contact_ids[0]: personal for personal in named}
            for contact_id, personal in people.items():
                is_sure = options["yes"]
                counts += Counter(erase(actor, contact_id) if is_sure else personal.counts())
        if options["yes"]:
            scrub()
        if options["json"]:
            self.stdout.write(json.dumps({"erased": options["yes"], "rows": counts}))
            return
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"Erased: {told}" if options["yes"] else f"Would go with --yes: {told}")
