"""Let the same two contacts be tied by one type at several times."""

import datetime

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

_NO_DAY = datetime.date(1, 1, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0017_changes_by_request"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="relationship", name="relationship_once"),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.UniqueConstraint(
                F("type"),
                F("contact_a"),
                F("contact_b"),
                Coalesce("starts_on", _NO_DAY),
                Coalesce("ends_on", _NO_DAY),
                condition=Q(is_active=True),
                name="relationship_once_at_a_time",
            ),
        ),
    ]
