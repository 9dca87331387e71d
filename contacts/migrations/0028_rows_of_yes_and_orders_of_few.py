"""Lead to the few contacts that say yes to something, have a title, a language, or a rare number.

Who has such a value gets the rows that the room `index` writes from now on: nearly nobody has one.
"""

from django.db import migrations, models
from django.db.models import Q

from contacts.fields.text import key_of

TEXTS = {"formal_title": 29, "preferred_language": 30}
FLAGS = {
    "is_deceased": 31,
    "do_not_phone": 32,
    "do_not_email": 33,
    "do_not_mail": 34,
    "do_not_sms": 35,
    "do_not_trade": 36,
    "is_opt_out": 37,
    "no_event_news": 38,
    "no_newsletters": 39,
}
INTO = 'INSERT INTO contacts_contactkey (contact_id, code, rank, "text")'
FOLDED_OF = "SELECT c.id, %s, 0, f.folded FROM contacts_contact c"
# What is written by several with the same words is folded once.
FOLDED = {
    "sqlite": "CREATE TEMPORARY TABLE rosetta_folded (given text PRIMARY KEY, folded text)",
    "postgresql": "CREATE TEMPORARY TABLE rosetta_folded"
    ' (given text COLLATE "C" PRIMARY KEY, folded text)',
}
EXACTLY = {"sqlite": "", "postgresql": ' COLLATE "C"'}
BATCH = 1_000


def write_keys(apps, schema_editor):
    """Write the keys of contacts with such values."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        forget_keys(apps, schema_editor)
        for column, code in FLAGS.items():
            found = f"SELECT id, %s, 0, '1' FROM contacts_contact WHERE {column}"  # noqa: S608 -- ours
            cursor.execute(f"{INTO} {found}", [code])
        for column, code in TEXTS.items():
            written = f"SELECT DISTINCT {column} FROM contacts_contact WHERE {column} <> ''"  # noqa: S608 -- ours
            cursor.execute(written)
            texts = [text for (text,) in cursor.fetchall()]
            cursor.execute(FOLDED[connection.vendor])
            for start in range(0, len(texts), BATCH):
                pairs = [(text, key_of(text)) for text in texts[start : start + BATCH]]
                cursor.executemany("INSERT INTO rosetta_folded VALUES (%s, %s)", pairs)
            same = f"f.given = c.{column}{EXACTLY[connection.vendor]}"
            found = f"{FOLDED_OF} JOIN rosetta_folded f ON {same} WHERE f.folded <> ''"
            cursor.execute(f"{INTO} {found}", [code])
            cursor.execute("DROP TABLE rosetta_folded")


def forget_keys(apps, schema_editor):
    """Remove the keys of these values."""
    codes = [*TEXTS.values(), *FLAGS.values()]
    keys = apps.get_model("contacts", "ContactKey").objects.using(schema_editor.connection.alias)
    keys.filter(code__in=codes).delete()


def of_few(column, word):
    """Return the operation for an index of a column that most have nothing in."""
    return migrations.AddIndex(
        model_name="contact",
        index=models.Index(
            fields=[column, "id"],
            condition=Q(**{f"{column}__isnull": False}),
            name=f"contact_by_{word}",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0027_search_texts_by_name"),
    ]

    operations = [
        migrations.RunPython(write_keys, forget_keys),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["total_donated", "id"], name="contact_by_donated"),
        ),
        of_few("deceased_on", "deceased"),
        of_few("owner_assigned_at", "assigned"),
        of_few("employee_count", "employees"),
        of_few("annual_revenue", "revenue"),
    ]
