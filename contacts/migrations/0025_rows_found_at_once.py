"""Let a page be read along fewer trees: rows of contacts by their numbers, orders by their index.

On SQLite the documents and search texts become rows whose number is that of their contact. The
indexes of values tell which of them is a contact's first.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import contacts.models.shared_key

search_index = import_module("contacts.migrations.0002_search_index")


class AlterFieldOnSQLite(migrations.AlterField):
    """Rebuild the table on SQLite; PostgreSQL's columns are as they should be."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Change the type of the column."""
        if schema_editor.connection.vendor == "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


def keep_search_in_step(apps, schema_editor):
    """Make the triggers of the search text again, which went with its table."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in search_index.SQLITE:
            if statement.startswith("CREATE TRIGGER"):
                schema_editor.execute(statement)


def shared_key(related_name):
    """Return the primary key of a table of which each contact has one row."""
    return contacts.models.shared_key.SharedKey(
        on_delete=django.db.models.deletion.CASCADE,
        primary_key=True,
        related_name=related_name,
        serialize=False,
        to="contacts.contact",
    )


def index(model_name, name, fields, **more):
    """Return the operations that put an index of these fields in the place of one of that name."""
    found = models.Index(fields=fields, name=name, **more)
    return [
        migrations.RemoveIndex(model_name=model_name, name=name),
        migrations.AddIndex(model_name=model_name, index=found),
    ]


def value_index(column, **more):
    """Return the operations for the index of one column of custom values."""
    fields = ["field", column, "contact", "position"]
    return index("customvalue", f"custom_value_by_{column}", fields, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0024_users_contacts_in_the_trash"),
    ]

    operations = [
        AlterFieldOnSQLite("contactdocument", "contact", shared_key("document")),
        migrations.RunPython(migrations.RunPython.noop, keep_search_in_step),
        AlterFieldOnSQLite("contacttext", "contact", shared_key("search")),
        migrations.RunPython(keep_search_in_step, migrations.RunPython.noop),
        *index("contactkey", "contact_key_by_text", ["code", "text", "contact", "rank"]),
        *value_index("text"),
        *value_index("number", condition=Q(number__isnull=False)),
        *value_index("date", condition=Q(date__isnull=False)),
    ]
