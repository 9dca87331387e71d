"""Lead to the few e-mails that are on hold."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0032_numbers_of_natures"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="emailaddress",
            index=models.Index(
                fields=["contact"], condition=Q(is_on_hold=True), name="email_on_hold"
            ),
        ),
    ]
