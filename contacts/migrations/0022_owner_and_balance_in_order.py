from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0021_values_of_addresses_and_ties"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["owner", "id"], name="contact_by_owner_id"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["balance", "id"], name="contact_by_balance"),
        ),
    ]
