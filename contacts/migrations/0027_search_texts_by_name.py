"""Let the search text carry the name that contacts are sorted by, and lead by how it begins.

On PostgreSQL the trigram indexes get a second part: the first letters of the name, one and more of
them. So whoever has a word is found letter by letter, in the order of names. And signs that join
parts of addresses and numbers are spelt as letters there: trigrams end at signs. On SQLite the
trigger of changes is told what it is about: the name is not in the index of words.
"""

from django.db import migrations, models

BATCH = 20_000

LETTERS = (1, 2, 4, 8)
_KEYS = ", ".join(f"'{count}' || left(sort_name, {count})" for count in LETTERS)
BEGINNINGS = f"(ARRAY[{_KEYS}])"
SPELT = (
    "replace(replace(replace(replace(replace({column}, '@', 'q'), '.', 'x'), '-', 'z'), '_', 'j'),"
    " '+', 'w') gin_trgm_ops"
)
BEFORE = "{column} gin_trgm_ops"
# Built in little memory an index is twice as large, and takes several times as long.
ROOM = (
    "SELECT set_config('maintenance_work_mem', '256MB', true)"
    " WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('256MB')"
)

COLUMN = {
    "sqlite": "ALTER TABLE contacts_contacttext"
    " ADD COLUMN sort_name varchar(600) DEFAULT '' NOT NULL",
    "postgresql": "ALTER TABLE contacts_contacttext"
    " ADD COLUMN sort_name varchar(600) COLLATE \"C\" DEFAULT '' NOT NULL",
}

# One that was left by a contact that is gone has none.
FILL = (
    "UPDATE contacts_contacttext SET sort_name = COALESCE((SELECT c.sort_name"
    " FROM contacts_contact c WHERE c.id = contact_id), '')"
    " WHERE contact_id > %s AND contact_id <= %s"
)

CHANGED = (
    "CREATE TRIGGER contacts_search_changed AFTER UPDATE{of} ON contacts_contacttext BEGIN"
    " INSERT INTO contacts_search(contacts_search, rowid, narrow, wide)"
    " VALUES ('delete', old.contact_id, old.narrow, old.wide);"
    " INSERT INTO contacts_search(rowid, narrow, wide)"
    " VALUES (new.contact_id, new.narrow, new.wide); END"
)


def carry(apps, schema_editor):
    """Add the column, fill it batch by batch, and make the index that the database can have."""
    connection = schema_editor.connection
    schema_editor.execute(COLUMN[connection.vendor])
    if connection.vendor == "sqlite":
        _tell_trigger(schema_editor, " OF narrow, wide")
        _fill(connection)
        return
    schema_editor.execute("ALTER TABLE contacts_contacttext ALTER COLUMN sort_name DROP DEFAULT")
    has_trigrams = _has_trigrams(connection)
    # Each text that is written anew would be put into them anew.
    _drop_indexes(schema_editor)
    _fill(connection)
    if has_trigrams:
        _index(schema_editor, f"{BEGINNINGS}, {SPELT}")
        # How rare a word is, the planner tells by what it knows of the spelling.
        schema_editor.execute("ANALYZE contacts_contacttext")


def drop(apps, schema_editor):
    """Remove what `carry` made."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        _tell_trigger(schema_editor, "")
        schema_editor.execute("ALTER TABLE contacts_contacttext DROP COLUMN sort_name")
        return
    has_trigrams = _has_trigrams(connection)
    _drop_indexes(schema_editor)
    schema_editor.execute("ALTER TABLE contacts_contacttext DROP COLUMN sort_name")
    if has_trigrams:
        _index(schema_editor, BEFORE)


def _fill(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(contact_id) FROM contacts_contacttext")
        last = cursor.fetchone()[0] or 0
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


def _has_trigrams(connection):
    """Tell whether there are trigram indexes: some databases may not have the extension."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_class WHERE relname = 'contact_text_narrow'")
        return cursor.fetchone() is not None


def _drop_indexes(schema_editor):
    for column in ("narrow", "wide"):
        schema_editor.execute(f"DROP INDEX IF EXISTS contact_text_{column}")


def _index(schema_editor, parts):
    schema_editor.execute(ROOM)
    for column in ("narrow", "wide"):
        schema_editor.execute(
            f"CREATE INDEX contact_text_{column} ON contacts_contacttext"
            f" USING gin ({parts.format(column=column)})"
        )


def _tell_trigger(schema_editor, of):
    schema_editor.execute("DROP TRIGGER contacts_search_changed")
    schema_editor.execute(CHANGED.format(of=of))


class Migration(migrations.Migration):
    """A column of the search text, and the indexes over it."""

    dependencies = [("contacts", "0026_derived_rows_without_constraints")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(carry, drop)],
            state_operations=[
                migrations.AddField(
                    model_name="contacttext",
                    name="sort_name",
                    field=models.CharField(blank=True, default="", max_length=600),
                )
            ],
        )
    ]
