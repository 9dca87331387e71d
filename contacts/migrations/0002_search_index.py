"""Make the search text fast to search, each database in its own way.

SQLite: an FTS5 table with trigrams over the search text, kept in step by triggers. PostgreSQL: a
trigram index where the extension is to be had, and byte order for the keys that are sorted.
A later migration that rebuilds `contacts_contacttext` on SQLite must make the triggers again.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE contacts_search USING fts5(narrow, wide,"
    " content='contacts_contacttext', content_rowid='contact_id', tokenize='trigram')",
    "CREATE TRIGGER contacts_search_added AFTER INSERT ON contacts_contacttext BEGIN"
    " INSERT INTO contacts_search(rowid, narrow, wide)"
    " VALUES (new.contact_id, new.narrow, new.wide); END",
    "CREATE TRIGGER contacts_search_removed AFTER DELETE ON contacts_contacttext BEGIN"
    " INSERT INTO contacts_search(contacts_search, rowid, narrow, wide)"
    " VALUES ('delete', old.contact_id, old.narrow, old.wide); END",
    "CREATE TRIGGER contacts_search_changed AFTER UPDATE ON contacts_contacttext BEGIN"
    " INSERT INTO contacts_search(contacts_search, rowid, narrow, wide)"
    " VALUES ('delete', old.contact_id, old.narrow, old.wide);"
    " INSERT INTO contacts_search(rowid, narrow, wide)"
    " VALUES (new.contact_id, new.narrow, new.wide); END",
)

SQLITE_BACK = (
    "DROP TRIGGER contacts_search_added",
    "DROP TRIGGER contacts_search_removed",
    "DROP TRIGGER contacts_search_changed",
    "DROP TABLE contacts_search",
)

# Both databases must order these alike: byte by byte.
BYTE_ORDER = (
    ("contacts_contact", "sort_name", 600),
    ("contacts_contact", "name_key", 600),
    ("contacts_contact", "company_key", 255),
    ("contacts_contacttag", "sort_name", 600),
    ("contacts_contactproject", "sort_name", 600),
    ("contacts_contactaccess", "sort_name", 600),
    ("contacts_contactkey", "text", 255),
    ("contacts_customvalue", "text", 255),
    ("contacts_dealvalue", "text", 255),
    ("contacts_deal", "name_key", 255),
)

TRIGRAMS = (
    "CREATE INDEX contact_text_narrow ON contacts_contacttext USING gin (narrow gin_trgm_ops)",
    "CREATE INDEX contact_text_wide ON contacts_contacttext USING gin (wide gin_trgm_ops)",
)


def build(apps, schema_editor):
    """Make the index that the present database can have."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)
        return
    for table, column, length in BYTE_ORDER:
        schema_editor.execute(
            f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"'
        )
    if may_have_trigrams(schema_editor.connection):
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for statement in TRIGRAMS:
            schema_editor.execute(statement)


def may_have_trigrams(connection):
    """Tell whether pg_trgm is installed, or may be installed by this user."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.installed_version IS NOT NULL OR (v.trusted AND"
            " has_database_privilege(current_database(), 'CREATE')) OR"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
            " FROM pg_available_extensions e JOIN pg_available_extension_versions v"
            " ON v.name = e.name AND v.version = e.default_version WHERE e.name = 'pg_trgm'"
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def remove(apps, schema_editor):
    """Remove what `build` made."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE_BACK:
            schema_editor.execute(statement)
        return
    for name in ("contact_text_narrow", "contact_text_wide"):
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    """Search indexes."""

    dependencies = [("contacts", "0001_tables")]

    operations = [migrations.RunPython(build, remove)]
