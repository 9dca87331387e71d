"""`manage.py import` in a process of its own, with short leases and steps, to be killed."""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # after the set-up

from contacts.jobs import store, worker  # noqa: E402  # after the set-up
from contacts.transfer import importing  # noqa: E402  # after the set-up

LEASE_IN_SECONDS = 1

if __name__ == "__main__":
    store.LEASE = timedelta(seconds=LEASE_IN_SECONDS)
    worker.RENEW_EVERY = LEASE_IN_SECONDS / 4
    importing.BATCH = 10
    print("ready", flush=True)  # noqa: T201  # the test waits for it
    call_command("import", sys.argv[1], "--json")
