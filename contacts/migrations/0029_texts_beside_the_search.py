"""Keep all texts that filters look inside of and searches do not, and index them by trigrams.

The column of backgrounds takes the others in: sources, titles, rare facts, custom texts that are
not searched. Only contacts that have such a text are in the index, on either database.
"""

from django.db import migrations
from django.db.models import F, Max, Q

from contacts.fields.text import fold

BATCH = 20_000
# Writing so many anew is left to the indexes; more are written without them.
FEW = 20_000

ROW = ("source", "prefix", "suffix", "formal_title", "domain")
TEXT_TYPES = ("text", "long_text", "link")
# Facts that are texts, by their numbers.
FACTS = (1, *range(8, 27))
WRITE = "UPDATE contacts_contacttext SET beside = %s WHERE contact_id = %s"

SQLITE = (
    "CREATE VIRTUAL TABLE contacts_beside USING fts5(beside, content='contacts_contacttext',"
    " content_rowid='contact_id', tokenize='trigram', columnsize=0)",
    "INSERT INTO contacts_beside(rowid, beside)"
    " SELECT contact_id, beside FROM contacts_contacttext WHERE beside <> ''",
    "CREATE TRIGGER contacts_beside_added AFTER INSERT ON contacts_contacttext"
    " WHEN new.beside <> '' BEGIN"
    " INSERT INTO contacts_beside(rowid, beside) VALUES (new.contact_id, new.beside); END",
    "CREATE TRIGGER contacts_beside_removed AFTER DELETE ON contacts_contacttext"
    " WHEN old.beside <> '' BEGIN"
    " INSERT INTO contacts_beside(contacts_beside, rowid, beside)"
    " VALUES ('delete', old.contact_id, old.beside); END",
    "CREATE TRIGGER contacts_beside_changed AFTER UPDATE OF beside ON contacts_contacttext BEGIN"
    " INSERT INTO contacts_beside(contacts_beside, rowid, beside)"
    " SELECT 'delete', old.contact_id, old.beside WHERE old.beside <> '';"
    " INSERT INTO contacts_beside(rowid, beside)"
    " SELECT new.contact_id, new.beside WHERE new.beside <> ''; END",
)
SQLITE_BACK = (
    "DROP TRIGGER contacts_beside_added",
    "DROP TRIGGER contacts_beside_removed",
    "DROP TRIGGER contacts_beside_changed",
    "DROP TABLE contacts_beside",
)

POSTGRESQL = (
    "CREATE INDEX contact_text_beside ON contacts_contacttext USING gin"
    " (replace(replace(replace(replace(replace(beside, '@', 'q'), '.', 'x'), '-', 'z'), '_', 'j'),"
    " '+', 'w') gin_trgm_ops) WHERE beside <> ''"
)
# Built in little memory an index is twice as large, and takes several times as long.
ROOM = (
    "SELECT set_config('maintenance_work_mem', '256MB', true)"
    " WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('256MB')"
)


def gather(apps, schema_editor):
    """Take the other texts in, batch by batch, and make the index that the database can have."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        _fill(apps, connection)
        for statement in SQLITE:
            schema_editor.execute(statement)
        return
    others = _search_indexes(connection)
    dropped = others if _are_many(apps, connection) else []
    for name, _definition in dropped:
        schema_editor.execute(f"DROP INDEX {name}")
    _fill(apps, connection)
    if others:
        schema_editor.execute(ROOM)
        for _name, definition in dropped:
            schema_editor.execute(definition)
        schema_editor.execute(POSTGRESQL)
        # How rare a word is, the planner tells by what it knows of the spelling.
        schema_editor.execute("ANALYZE contacts_contacttext")


def part(apps, schema_editor):
    """Leave nothing but backgrounds in the column."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for statement in SQLITE_BACK:
            schema_editor.execute(statement)
    else:
        schema_editor.execute("DROP INDEX IF EXISTS contact_text_beside")
    texts = _rows(apps, connection, "ContactText").exclude(beside="")
    for limits in _ranges(apps, connection):
        found = texts.filter(**limits).values_list("contact__background", "contact_id")
        _write(connection, [(fold(text or ""), pk) for text, pk in found])


def _search_indexes(connection):
    """Return the trigram indexes there are: some databases may not have the extension."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND indexname IN ('contact_text_narrow', 'contact_text_wide')"
        )
        return cursor.fetchall()


def _fill(apps, connection):
    texts = _rows(apps, connection, "ContactText").exclude(beside="")
    sources = _sources(apps, connection)
    for limits in _ranges(apps, connection):
        held = dict(texts.filter(**limits).values_list("contact_id", "beside"))
        found = {}
        for rows in sources:
            for pk, *each in rows.filter(**limits):
                found.setdefault(pk, {held.get(pk, "")}).update(map(fold, filter(None, each)))
        whole = [("\n".join(sorted(each - {""})), pk) for pk, each in found.items()]
        _write(connection, [(text, pk) for text, pk in whole if text != held.get(pk, "")])


def _sources(apps, connection):
    """Return what finds the texts, each behind the id of its contact."""
    nothing = Q(**dict.fromkeys(ROW, ""))
    contacts = _rows(apps, connection, "Contact").annotate(contact_id=F("pk"))
    addresses = _rows(apps, connection, "PostalAddress").exclude(po_box="", country_text="")
    facts = _rows(apps, connection, "ContactFact").filter(code__in=FACTS)
    fields = _rows(apps, connection, "CustomField").filter(
        object_kind="contact", type__in=TEXT_TYPES, is_active=True, is_searchable=False
    )
    values = _rows(apps, connection, "CustomValue").filter(field__in=list(fields))
    return (
        contacts.exclude(nothing).values_list("contact_id", *ROW),
        addresses.values_list("contact_id", "po_box", "country_text"),
        facts.values_list("contact_id", "given"),
        values.values_list("contact_id", "given"),
    )


def _are_many(apps, connection):
    """Tell whether very many contacts have a text that is not in the column yet."""
    return any(rows[FEW : FEW + 1].exists() for rows in _sources(apps, connection))


def _rows(apps, connection, model):
    return apps.get_model("contacts", model).objects.using(connection.alias).order_by()


def _ranges(apps, connection):
    last = _rows(apps, connection, "ContactText").aggregate(last=Max("contact_id"))["last"] or 0
    for start in range(0, last, BATCH):
        yield {"contact_id__gt": start, "contact_id__lte": start + BATCH}


def _write(connection, rows):
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE, rows)


class Migration(migrations.Migration):
    """A column that holds more, under another name, and an index over it."""

    dependencies = [("contacts", "0028_rows_of_yes_and_orders_of_few")]

    operations = [
        # Both databases rename it where it stands.
        migrations.RenameField("contacttext", "background", "beside"),
        migrations.RunPython(gather, part),
    ]
