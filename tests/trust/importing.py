"""`manage.py import` with short leases and steps, to be killed; see `forking`."""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # after the set-up

from contacts.jobs import store, worker  # noqa: E402  # after the set-up
from contacts.models import Contact, Job  # noqa: E402  # after the set-up
from contacts.transfer import importing  # noqa: E402  # after the set-up

LEASE_IN_SECONDS = 1
LAST_NAME = "Importproof"

store.LEASE = timedelta(seconds=LEASE_IN_SECONDS)
worker.RENEW_EVERY = LEASE_IN_SECONDS / 4
importing.BATCH = 10


def run(path: str) -> None:
    """Begin or go on with the import of a file."""
    call_command("import", path, "--json")


def is_done(path: str) -> bool:
    """Tell whether the import of a file has ended."""
    return Job.objects.filter(status="done", parameters__path=path).exists()


def names() -> list[str]:
    """Return the first names that have come in."""
    stored = Contact.objects.filter(last_name=LAST_NAME)
    return list(stored.values_list("first_name", flat=True))
