"""What needs somebody soon: keys that end, a disk that is full, tables of an older version."""

from datetime import timedelta
from pathlib import Path
from pkgutil import iter_modules
from shutil import disk_usage

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import migrations
from contacts.access import Actor
from contacts.access.visible_setup import visible_credentials
from contacts.admin.doors import doors

MOST_PROBLEMS = 5
# Less, and a few large files or a backup fill it.
LEAST_FREE = 500_000_000
EXPIRY_NOTICE = timedelta(days=7)


def problems_of(actor: Actor) -> list[tuple[str, str]]:
    """Return what needs somebody soon: a sentence, and the address where it is mended or ""."""
    now = timezone.now()
    keys = visible_credentials(actor).filter(revoked_at=None, last_used_at__isnull=False)
    # Sessions and tokens, which programs get for a key, end all the time.
    keys = keys.filter(
        kind__in=[door.key_kind for door in doors() if door.key_kind],
        expires_at__lte=now + EXPIRY_NOTICE,
        expires_at__gte=now - EXPIRY_NOTICE,
    )
    found = []
    for key in keys.order_by("expires_at")[:MOST_PROBLEMS]:
        text = _("The key “%(name)s” has expired.")
        if key.expires_at is not None and key.expires_at > now:
            text = _("The key “%(name)s” expires soon.")
        address = reverse("admin:contacts_credential_page", args=[key.pk])
        found.append((text % {"name": key.name or key.hint}, address))
    return found + disk_problem(actor) + table_problem(actor)


def disk_problem(actor: Actor) -> list[tuple[str, str]]:
    """Return a sentence where there is hardly any room for files left."""
    if not actor.is_administrator:
        return []
    folder = Path(settings.MEDIA_ROOT)
    # The folder itself is made with the first file.
    disk = disk_usage(next(each for each in (folder, *folder.parents) if each.exists()))
    if disk.free >= LEAST_FREE:
        return []
    text = _("Only %(free)s of the disk for files are free.")
    return [(text % {"free": filesizeformat(disk.free)}, "")]


def table_problem(actor: Actor) -> list[tuple[str, str]]:
    """Return a sentence where the database lacks tables or columns that this version needs."""
    if not actor.is_administrator:
        return []
    known = {each.name for each in iter_modules(migrations.__path__) if each.name[0].isdigit()}
    done = MigrationRecorder(connection).migration_qs.filter(app="contacts")
    missing = len(known - set(done.values_list("name", flat=True)))
    if not missing:
        return []
    text = ngettext(
        "The database lacks %(count)s step to this version. Run manage.py migrate.",
        "The database lacks %(count)s steps to this version. Run manage.py migrate.",
        missing,
    )
    return [(text % {"count": missing}, "")]
