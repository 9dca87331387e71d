"""Keep how many contacts each circle has; give those that nobody sees an access row.

The numbers are written by migration 33, which keeps them by kinds and stages.
"""

from django.db import migrations, models
from django.db.models import Exists, OuterRef

from contacts.access.visibility import principals_seeing

BATCH = 1_000


def let_all_have_rows(apps, schema_editor):
    """Give an access row to contacts without one: only administrators see them."""
    alias = schema_editor.connection.alias
    access = apps.get_model("contacts", "ContactAccess").objects.using(alias)
    contacts = apps.get_model("contacts", "Contact").objects.using(alias).order_by()
    unseen = contacts.filter(~Exists(access.filter(contact_id=OuterRef("pk"))))
    rows = [
        access.model(principal=principal, contact_id=contact.pk, sort_name=contact.sort_name)
        for contact in unseen.iterator(BATCH)
        for principal in principals_seeing(contact, [])
    ]
    access.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0022_owner_and_balance_in_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="CircleCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("principal", models.BigIntegerField()),
                ("circle", models.BigIntegerField()),
                ("writer", models.BigIntegerField(default=0)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["principal", "circle", "writer"], name="circle_count_once"
                    )
                ],
            },
        ),
        migrations.RunPython(let_all_have_rows, migrations.RunPython.noop),
    ]
