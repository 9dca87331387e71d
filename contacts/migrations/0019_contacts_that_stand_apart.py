from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0018_ties_at_different_times"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                fields=["id"],
                condition=Q(is_user=True) | ~Q(stage="contact") | Q(archived_at__isnull=False),
                name="contact_apart",
            ),
        ),
    ]
