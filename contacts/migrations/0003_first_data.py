"""Fill the tables with what every new installation begins with."""

from django.db import migrations

from contacts.migrations.first_rows import options, places, work


def fill(apps, schema_editor):
    """Insert the first rows."""
    for subject in (options, places, work):
        subject.fill(apps)


class Migration(migrations.Migration):
    """First rows."""

    dependencies = [("contacts", "0002_search_index")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
