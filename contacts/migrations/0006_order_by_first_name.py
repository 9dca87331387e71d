"""Store by what contacts are ordered by first name: the comparison key that each has already."""

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

BATCH = 10_000
# The number of first names among the comparison keys.
FIRST_NAME = 1


def order_by_bytes(apps, schema_editor):
    """Let PostgreSQL order like SQLite: byte by byte."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            'ALTER TABLE contacts_contact ALTER COLUMN first_name_key TYPE varchar(255) COLLATE "C"'
        )


def fill(apps, schema_editor):
    """Copy the keys batch by batch; the index is made afterwards."""
    contacts = apps.get_model("contacts", "Contact").objects.using(schema_editor.connection.alias)
    keys = apps.get_model("contacts", "ContactKey").objects.filter(
        contact_id=OuterRef("pk"), code=FIRST_NAME
    )
    key = Coalesce(Subquery(keys.order_by("rank").values("text")[:1]), Value(""))
    last = contacts.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last, BATCH):
        batch = contacts.filter(pk__gt=start, pk__lte=start + BATCH)
        batch.exclude(first_name="").update(first_name_key=key)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0005_fields_of_webhooks")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="first_name_key",
            field=models.CharField(blank=True, default="", max_length=255),
        ),
        migrations.RunPython(order_by_bytes, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["first_name_key", "id"], name="contact_by_first_name"),
        ),
    ]
