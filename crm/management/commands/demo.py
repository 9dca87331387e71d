"""Add realistic synthetic contacts, the same for the same seed."""

import json
import random
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from contacts.access import system_actor
from contacts.fields import reference
from contacts.models import Contact, CustomField, CustomFieldOption, MembershipLevel, Project
from contacts.services.loading import load_contacts
from contacts.services.tags import tag_ids_of
from crm.demo.names import TAGS
from crm.demo.people import Stock, make_contact, stock
from crm.demo.work import load_work

BATCH = 2_000
# People are employed by companies of earlier batches, so the first one is small.
FIRST_BATCH = 60
REMEMBERED_COMPANIES = 2_000

# Label, type, options.
FIELDS = (
    ("License", "option", ("GPL", "MIT", "BSD", "Proprietary")),
    ("Purchase date", "date", ()),
    ("Customer number", "integer", ()),
    ("Newsletter", "boolean", ()),
    ("Favourite colour", "text", ()),
)

# Membership levels and their fees a year.
LEVELS = (("Supporter", "25.00"), ("Patron", "100.00"))


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000_000:
        raise ArgumentTypeError("give a number from 1 to 10000000")
    return number


def _places(text: str) -> int:
    number = int(text)
    if not 2 <= number <= 1_000:
        raise ArgumentTypeError("give a number from 2 to 1000")
    return number


class Command(BaseCommand):
    """`manage.py demo --contacts N [--projects P] [--seed S] [--json]`."""

    help = "Add synthetic contacts with tags, projects, custom fields, notes, deals and activities."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--contacts", type=_count, default=300, help="how many (300)")
        parser.add_argument(
            "--projects", type=_places, default=2, help="spread over how many projects (2)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, other people (1)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # as Django declares it
        """Load the contacts batch by batch, one transaction each."""
        started = time.monotonic()
        reference.forget()
        chance = random.Random(options["seed"])  # noqa: S311  # people to look at, not secrets
        around = self._surroundings(options["projects"])
        total, done = options["contacts"], 0
        while done < total:
            size = min(BATCH if done else FIRST_BATCH, total - done)
            self._load(chance, done, size, around)
            done += size
            self._progress(done, total, started, quiet=options["json"])
        seconds = round(time.monotonic() - started, 1)
        text = f"{total} contacts added in {seconds} s."
        result = {"contacts": total, "seconds": seconds}
        self.stdout.write(json.dumps(result) if options["json"] else text)

    def _load(self, chance: random.Random, done: int, size: int, around: Stock) -> None:
        batch = [make_contact(chance, done + number, around) for number in range(1, size + 1)]
        with transaction.atomic():
            ids = load_contacts(system_actor("demo"), batch)
            load_work(chance, ids, around)
        for parts in batch:
            contact = parts.contact
            if contact.kind == Contact.Kind.ORGANIZATION:
                around.companies.append((contact.pk, contact.display_name))
        del around.companies[:-REMEMBERED_COMPANIES]

    def _surroundings(self, projects: int) -> Stock:
        """Make the projects, tags and custom fields that demo contacts use, where missing."""
        with transaction.atomic():
            names = [("demo", "Demo project"), ("support", "Support")]
            names += [(f"area-{number}", f"Area {number}") for number in range(3, projects + 1)]
            project_ids = [
                Project.objects.get_or_create(identifier=identifier, defaults={"name": name})[0].pk
                for identifier, name in names
            ]
            for position, (label, field_type, choices) in enumerate(FIELDS):
                self._field(label, field_type, choices, position)
            for place, (name, fee) in enumerate(LEVELS, start=1):
                MembershipLevel.objects.get_or_create(
                    name=name, defaults={"fee": fee, "renewal_months": 12, "position": place}
                )
            reference.bump("people")
            reference.bump("catalogue")
            tag_ids = tag_ids_of(TAGS)
        return stock(tag_ids, project_ids)

    def _field(self, label: str, field_type: str, choices: tuple[str, ...], position: int) -> None:
        record, created = CustomField.objects.get_or_create(
            object_kind="contact",
            slug=label.lower().replace(" ", "_"),
            defaults={"label": label, "type": field_type, "position": position},
        )
        if created:
            CustomFieldOption.objects.bulk_create(
                CustomFieldOption(field=record, label=choice, position=number)
                for number, choice in enumerate(choices)
            )

    def _progress(self, done: int, total: int, started: float, *, quiet: bool) -> None:
        if quiet:
            return
        rate = done / max(time.monotonic() - started, 0.001)
        width = 30 * done // total
        bar = "#" * width + "." * (30 - width)
        text = f"\r[{bar}] {done} of {total}, {rate:.0f} a second"
        self.stderr.write(text, ending="\n" if done >= total else "")
