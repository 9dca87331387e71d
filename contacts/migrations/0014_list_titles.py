"""Give every list that has options a title of its own."""

from django.db import migrations


def fill(apps, schema_editor):
    """Insert a list for each name that options have and no list."""
    lists = apps.get_model("contacts", "OptionList").objects
    known = set(lists.values_list("name", flat=True))
    options = apps.get_model("contacts", "Option").objects
    names = set(options.values_list("list_name", flat=True)) - known
    for name in sorted(names):
        lists.create(name=name, title=name.replace("_", " ").title(), is_reserved=True)


class Migration(migrations.Migration):
    """Reference data."""

    dependencies = [("contacts", "0013_documents_and_belonging")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
