"""Let PostgreSQL store what follows from a contact without looking whether that is there.

SQLite would have to write its tables anew, and checks them for next to nothing: there they stay.
"""

import django.db.models.deletion
from django.db import migrations, models

from contacts.models.shared_key import SharedKey


class AlterOnPostgreSQL(migrations.AlterField):
    """Change a column on PostgreSQL, elsewhere only what Django knows of it."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.database_forwards(app_label, schema_editor, from_state, to_state)


def one_to_one(name):
    return SharedKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.CASCADE,
        primary_key=True,
        related_name=name,
        serialize=False,
        to="contacts.contact",
    )


def one_of_many(name):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=name,
        to="contacts.contact",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0025_rows_found_at_once"),
    ]

    operations = [
        AlterOnPostgreSQL("contactaccess", "contact", one_of_many("access_rows")),
        AlterOnPostgreSQL("contactkey", "contact", one_of_many("keys")),
        AlterOnPostgreSQL("contactdocument", "contact", one_to_one("document")),
        AlterOnPostgreSQL("contacttext", "contact", one_to_one("search")),
    ]
