"""Let the contacts that users had of their own lie on a shelf of their own in the trash."""

from django.db import migrations
from django.db.models import F

APART = 2**60


def move_access_rows(apps, schema_editor):
    """Move the rows by which they are seen; migration 33 counts them."""
    alias = schema_editor.connection.alias
    contacts = apps.get_model("contacts", "Contact").objects.using(alias)
    users = contacts.filter(is_user=True, archived_at__isnull=False).order_by()
    access = apps.get_model("contacts", "ContactAccess").objects.using(alias)
    together = access.filter(principal__lt=0, principal__gt=-APART)
    moved = together.filter(contact_id__in=users.values("pk"))
    moved.update(principal=F("principal") - APART)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0023_numbers_of_contacts"),
    ]

    operations = [
        migrations.RunPython(move_access_rows, migrations.RunPython.noop),
    ]
