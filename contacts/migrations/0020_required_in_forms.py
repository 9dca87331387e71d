"""Let custom fields be required of people in forms, and not of programs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0019_contacts_that_stand_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="customfield",
            name="is_required_in_forms",
            field=models.BooleanField(default=False, verbose_name="required in forms"),
        ),
    ]
